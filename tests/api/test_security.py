"""Who may ask, from where, and what every answer carries."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.access.access import Access
from api.access.errors import OpenDoorError
from api.access.keys import KeyBook
from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.store.opening import open_store
from tests.api.conftest import problem
from tests.serving import serving

KEY = "a-key-for-the-tests"


@pytest.fixture(scope="module")
def locked(corpus_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    settings = Settings.model_validate({"data_dir": tmp_path_factory.mktemp("locked"), "api_keys": f"other, {KEY}"})
    settings = settings.model_copy(update={"limit_sign_in": "1000/minute"})
    with serving(create_app(settings, corpus_library)) as url, httpx.Client(base_url=url) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/health", "/static/js/main.js", "/api/v1/documents", "/nothing"])
def test_every_answer_carries_the_headers(site: httpx.Client, path: str) -> None:
    headers = site.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", "", "[::2]"])
def test_foreign_host_names_are_refused(site: httpx.Client, host: str) -> None:
    problem(site.get("/api/v1/documents", headers={"host": host}), 421)


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:1", "[::1]:8000"])
def test_names_of_this_machine_are_let_in(site: httpx.Client, host: str) -> None:
    assert site.get("/api/v1/documents", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_other_sites_cannot_change_anything(site: httpx.Client, headers: dict[str, str]) -> None:
    problem(site.post("/api/v1/ask", json={"question": "Why?"}, headers=headers), 403)
    problem(site.post("/api/v1/documents", files={"files": ("a.pdf", b"x")}, headers=headers), 403)
    problem(site.delete("/api/v1/documents/x", headers=headers), 403)


def test_the_own_page_can(site: httpx.Client) -> None:
    own = {"origin": str(site.base_url).rstrip("/"), "sec-fetch-site": "same-origin"}
    problem(site.delete("/api/v1/documents/x", headers=own), 404)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "assistant.example"])
def test_other_machines_are_let_in_with_keys_only(host: str, tmp_path: Path) -> None:
    given = {"host": host, "data_dir": tmp_path}
    with open_store(tmp_path).connect() as connection:
        engine = connection.engine
        with pytest.raises(OpenDoorError, match=r"assistant keys make.*ASSISTANT_API_KEYS.*ASSISTANT_OIDC_ISSUER"):
            Access.of(Settings.model_validate(given), engine).refuse_open_door(host)
        Access.of(Settings.model_validate(given | {"api_keys": KEY}), engine).refuse_open_door(host)
        KeyBook(engine).make("A program", "reader", [], 1, "test")
        Access.of(Settings.model_validate(given), engine).refuse_open_door(host)
    engine.dispose()


@pytest.mark.parametrize(
    "headers", [{}, {"authorization": "Bearer wrong"}, {"x-api-key": ""}, {"cookie": "assistant_session=x"}]
)
def test_without_a_key_nothing_is_told(locked: httpx.Client, headers: dict[str, str]) -> None:
    problem(locked.get("/api/v1/documents", headers=headers), 401)
    problem(locked.post("/api/v1/ask", json={"question": "Why?"}, headers=headers), 401)
    page = locked.get("/", headers=headers)
    assert page.status_code == 303
    assert page.headers["location"] == "/sign-in"
    assert locked.get("/documents/x", headers=headers).status_code == 303


def test_health_needs_no_key(locked: httpx.Client) -> None:
    assert locked.get("/health").status_code == 200
    assert locked.get("/sign-in").status_code == 200


@pytest.mark.parametrize("headers", [{"authorization": f"Bearer {KEY}"}, {"x-api-key": KEY}, {"x-api-key": "other"}])
def test_a_key_opens(locked: httpx.Client, headers: dict[str, str]) -> None:
    assert locked.get("/api/v1/documents", headers=headers).status_code == 200


def test_signing_in_opens_the_page(locked: httpx.Client) -> None:
    assert locked.post("/sign-in", data={"key": "wrong"}).status_code == 401
    answer = locked.post("/sign-in", data={"key": KEY})
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert KEY not in cookie
    with httpx.Client(base_url=locked.base_url, cookies=answer.cookies) as signed_in:
        assert signed_in.get("/").status_code == 200
        assert signed_in.get("/api/v1/documents").status_code == 200


def test_signing_in_leads_to_the_page_that_was_asked_for(locked: httpx.Client) -> None:
    locked.cookies.clear()
    shut = locked.get("/documents/x?page=2&boxes=1,2,3,4", headers={"accept": "text/html"})
    where = shut.headers["location"]
    assert where == "/sign-in?to=%2Fdocuments%2Fx%3Fpage%3D2%26boxes%3D1%2C2%2C3%2C4"
    assert 'value="/documents/x?page=2&amp;boxes=1,2,3,4"' in locked.get(where).text
    wrong = locked.post("/sign-in", data={"key": "wrong", "to": "/start"})
    assert 'value="/start"' in wrong.text
    assert locked.post("/sign-in", data={"key": KEY, "to": "/start"}).headers["location"] == "/start"


@pytest.mark.parametrize("to", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "x", ""])
def test_signing_in_leads_nowhere_else(locked: httpx.Client, to: str) -> None:
    assert locked.post("/sign-in", data={"key": KEY, "to": to}).headers["location"] == "/"


def test_keys_are_not_shown(tmp_path: Path) -> None:
    assert KEY not in repr(Settings.model_validate({"data_dir": tmp_path, "api_keys": KEY}))
