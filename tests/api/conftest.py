from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from tests.serving import serving


@pytest.fixture(scope="session")
def site(corpus_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The application over the starter documents; for tests that leave the library as it is."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("unused"))
    with serving(create_app(settings, corpus_library)) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The application over an empty library of its own, with small limits."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("own") / "library", max_file_mb=1, max_upload_mb=4)
    with serving(create_app(settings)) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


@pytest.fixture
def handbook(corpus_library: Library) -> str:
    """The id of the largest starter document."""
    return max(corpus_library.documents(), key=lambda record: record.pages).id


def problem(response: httpx.Response, status: int) -> str:
    """Checks that the answer is a problem a person can act on, and returns its words."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["title"][0].isupper()
    assert body["title"].endswith(".")
    assert "Traceback" not in response.text
    assert str(Path.cwd()) not in response.text
    return f"{body['title']} {body.get('detail', '')}"
