"""Every error becomes a problem, and nothing of the inside leaks."""

from pathlib import Path
from types import ModuleType

import httpx
import pytest

from api import errors
from api.access import errors as access
from api.app import create_app
from api.settings import Settings
from assistant import conversations
from assistant import errors as assistant
from ingest import errors as ingest
from ingest.library import Library
from tests.api.conftest import problem
from tests.serving import serving


def classes(*modules: ModuleType) -> set[type[Exception]]:
    found = {value for module in modules for value in vars(module).values() if isinstance(value, type)}
    names = {module.__name__ for module in modules}
    return {kind for kind in found if issubclass(kind, Exception) and kind.__module__ in names}


def test_every_error_has_its_own_problem() -> None:
    assert set(errors.PROBLEMS) == classes(errors, access, assistant, conversations, ingest)


@pytest.mark.parametrize("kind", errors.PROBLEMS, ids=lambda kind: kind.__name__)
def test_every_problem_is_a_sentence(kind: type[Exception]) -> None:
    body = errors.problem(kind("The detail of it."))
    assert 400 <= body["status"] < 600
    assert body["title"].endswith(".")
    assert body["detail"] == "The detail of it."
    assert body["type"].startswith("urn:problem:")


def test_unknown_addresses_and_methods_are_problems(site: httpx.Client) -> None:
    problem(site.get("/nothing"), 404)
    problem(site.get("/api/v1/nothing"), 404)
    problem(site.get("/static/../app.py"), 404)
    problem(site.get("/static/nothing.js"), 404)
    problem(site.put("/api/v1/ask"), 405)


def test_a_failure_inside_says_nothing_of_the_inside(corpus_library: Library, tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path), corpus_library)

    @app.get("/fails")
    def fails() -> None:
        raise RuntimeError("the secret inside")

    with serving(app) as url, httpx.Client(base_url=url) as client:
        response = client.get("/fails")
        problem(response, 500)
        assert "secret" not in response.text
        assert response.headers["x-content-type-options"] == "nosniff"
        assert client.get("/health").status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/documents/%3Cb%3Enone", 404, "There is no document of this id"),
        ("/nowhere", 404, "There is nothing at this address."),
        ("/documents/x?page=none", 422, "page"),
    ],
)
def test_a_person_gets_a_page_and_a_program_gets_json(site: httpx.Client, path: str, status: int, said: str) -> None:
    shown = site.get(path, headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (shown.status_code, shown.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert said in shown.text
    assert "<b>none" not in shown.text
    assert "content-security-policy" in shown.headers
    told = site.get(path)
    assert told.headers["content-type"] == "application/problem+json"
    assert said in told.text
