"""Who reads /metrics, and that nothing a stranger sends makes it grow."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from api.app import create_app
from api.settings import Settings
from api.telemetry.reading import may_read_unasked
from ingest.library import Library
from tests.api.conftest import problem
from tests.serving import serving

KEY = "a key of this test"


@contextmanager
def site_with(library: Library, folder: Path, **settings: Any) -> Iterator[httpx.Client]:
    app = create_app(Settings(data_dir=folder, api_keys=(SecretStr(KEY),), **settings), library)
    with serving(app) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


def names(client: httpx.Client) -> set[tuple[str, frozenset[tuple[str, str]]]]:
    text = client.get("/metrics").raise_for_status().text
    families = list(text_string_to_metric_families(text))
    assert all(family.documentation for family in families)
    return {(one.name, frozenset(one.labels.items())) for family in families for one in family.samples}


def test_on_this_machine_alone_nobody_is_asked(site: httpx.Client) -> None:
    answer = site.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert ("assistant_ready", frozenset()) in names(site)


@pytest.mark.parametrize(
    ("metrics", "without", "with_key"), [("steward", 401, 200), ("loopback", 200, 200), ("off", 401, 404)]
)
def test_whoever_may_read_them(
    corpus_library: Library, tmp_path: Path, metrics: str, without: int, with_key: int
) -> None:
    with site_with(corpus_library, tmp_path, metrics=metrics) as client:
        asked = client.get("/metrics", headers={"Accept": "text/plain"}, follow_redirects=False)
        assert asked.status_code in ({401, 303} if without == 401 else {without})
        assert client.get("/metrics", headers={"X-API-Key": KEY}).status_code == with_key


@pytest.mark.parametrize(
    ("path", "client", "expected"),
    [
        ("/metrics", ("127.0.0.1", 9), True),
        ("/metrics", ("::1", 9), True),
        ("/metrics", ("192.0.2.7", 9), False),
        ("/metrics", None, False),
        ("/metrics/", ("127.0.0.1", 9), False),
        ("/api/v1/documents", ("127.0.0.1", 9), False),
    ],
)
def test_only_this_path_and_this_machine_are_let_in_unasked(path: str, client: Any, expected: bool) -> None:
    scope = {"path": path, "client": client, "method": "GET", "headers": [(b"host", b"localhost:8000")]}
    assert may_read_unasked(Settings(metrics="loopback"), scope) is expected
    assert not may_read_unasked(Settings(), scope)
    assert not may_read_unasked(Settings(metrics="loopback"), scope | {"headers": [(b"host", b"rebound.example")]})
    assert not may_read_unasked(Settings(metrics="loopback"), scope | {"method": "POST"})


def test_strange_requests_add_no_series(site: httpx.Client) -> None:
    def ask(word: str) -> None:
        site.get(f"/api/v1/documents/{word}")
        site.get(f"/api/v1/jobs/{word}")
        site.get(f"/{word}/{word}")
        site.get(f"/static/{word}.js")
        site.request("GET", "/api/v1/search", params={"q": word, word: word})
        site.request(f"X{word.upper()}", "/health")

    ask("first")
    before = names(site)
    for number in range(10):
        ask(f"word{number}")
    assert names(site) == before


def test_each_answer_and_each_problem_names_its_request(site: httpx.Client) -> None:
    mine = site.get("/health", headers={"X-Request-ID": "Proxy-1.a_b"})
    assert mine.headers["x-request-id"] == "Proxy-1.a_b"
    for bad in ("", "-starts-badly", "a b", "a" * 65, "ü", 'x"', "<b>"):
        given = site.get("/api/v1/documents/nowhere", headers=[(b"X-Request-ID", bad.encode())])
        told = given.headers["x-request-id"]
        assert len(told) == 32
        assert given.json()["request_id"] == told
    assert problem(site.get("/api/v1/nowhere"), 404)
    invalid = site.post("/api/v1/ask", json={})
    assert invalid.json()["request_id"] == invalid.headers["x-request-id"]
