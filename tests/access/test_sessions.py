"""Sessions: cookies, how they end, forms and their tokens, proxies."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from sqlalchemy import update

from api.access.secrets import digest, moment
from api.access.sessions import SessionBook
from api.settings import Settings
from ingest.store.access import SessionRow
from tests.access.conftest import KEYS, Office, OpenOffice
from tests.api.conftest import problem

FORM = {"sec-fetch-site": "same-origin"}


@contextmanager
def signed_in(office: Office, role: str = "reader") -> Iterator[httpx.Client]:
    with office.as_() as client:
        assert client.post("/sign-in", data={"key": KEYS[role]}).status_code == 303
        yield client


def token_of(client: httpx.Client) -> str:
    return client.get("/account").text.split('name="csrf" value="')[1].split('"')[0]


def test_the_cookie_is_no_secret_that_the_library_keeps(office: Office) -> None:
    with signed_in(office) as client:
        token = client.cookies["assistant_session"]
    assert len(token) >= 43
    assert not [path for path in office.settings.data_dir.glob("library.db*") if token.encode() in path.read_bytes()]


@pytest.mark.parametrize(
    "past",
    [{"expires_at": moment(minutes=-1)}, {"seen_at": moment(minutes=-121)}],
    ids=["absolute", "idle"],
)
def test_a_session_ends(office: Office, past: dict[str, str]) -> None:
    book = SessionBook(office.library.engine, Settings())
    token = book.open(key_id=None, owner="x")
    assert book.find(token) is not None
    with office.library.engine.begin() as connection:
        connection.execute(update(SessionRow).where(SessionRow.id == digest(token)).values(past))
    other = SessionBook(office.library.engine, Settings())  # one that has not seen it in use
    assert other.find(token) is None
    assert book.find(token) is None, "and its row is gone"


def test_a_session_in_use_goes_on(office: Office) -> None:
    book = SessionBook(office.library.engine, Settings())
    token = book.open(owner="x")
    with office.library.engine.begin() as connection:
        connection.execute(
            update(SessionRow).where(SessionRow.id == digest(token)).values(seen_at=moment(minutes=-119))
        )
    assert book.find(token) is not None
    book.write_seen()
    found = SessionBook(office.library.engine, Settings()).find(token)
    assert found is not None
    assert found.seen_at > moment(minutes=-1)


def test_out_here_and_out_everywhere(office: Office) -> None:
    with signed_in(office) as here, signed_in(office) as there:
        assert here.post("/sign-out", data={"csrf": token_of(here)}, headers=FORM).status_code == 200
        problem(here.get("/api/v1/me"), 401)
        assert there.get("/api/v1/me").status_code == 200
        with signed_in(office) as third, signed_in(office, "editor") as somebody_else:
            assert third.delete("/api/v1/me/sessions", headers=FORM).json()["gone"]["sessions"] >= 2
            problem(third.get("/api/v1/me"), 401)
            problem(there.get("/api/v1/me"), 401)
            assert somebody_else.get("/api/v1/me").status_code == 200


def test_forms_bring_the_token_of_their_session(office: Office) -> None:
    with signed_in(office, "steward") as one, signed_in(office, "steward") as other:
        for token in ("", "x", token_of(other)):
            problem(one.post("/people/keys", data={"name": "Forged", "csrf": token}, headers=FORM), 403)
        assert "Forged" not in one.get("/people").text
        assert one.post("/people/keys", data={"name": "Ours", "csrf": token_of(one)}, headers=FORM).status_code == 201


def test_a_cookie_alone_changes_nothing(office: Office) -> None:
    """A browser says where a request comes from; one that does not must bring the token."""
    with signed_in(office) as client:
        problem(client.post("/api/v1/boards", json={"name": "Forged"}), 403)
        foreign = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
        problem(client.post("/api/v1/boards", json={"name": "Forged"}, headers=foreign), 403)
        assert client.post("/api/v1/boards", json={"name": "B"}, headers=FORM).status_code == 201
        own = {"x-csrf-token": token_of(client)}
        assert client.post("/api/v1/boards", json={"name": "B"}, headers=own).status_code == 201


def test_over_tls_cookies_are_secure_and_bound_to_the_host(open_office: OpenOffice) -> None:
    office = open_office(api_keys="k", public_url="https://assistant.example", trusted_proxies="127.0.0.1")
    with office.as_() as client:
        cookie = client.post("/sign-in", data={"key": "k"}).headers["set-cookie"]
        assert cookie.startswith("__Host-assistant_session=")
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie
        token = cookie.partition("=")[2].partition(";")[0]
        named = {"cookie": f"__Host-assistant_session={token}"}
        assert client.get("/api/v1/me", headers=named).status_code == 200
        problem(client.get("/api/v1/me", headers={"cookie": f"assistant_session={token}"}), 401)
        proxied = {"host": "assistant.example", "origin": "https://assistant.example", **named}
        assert client.post("/api/v1/boards", json={"name": "B"}, headers=proxied).status_code == 201


@pytest.mark.parametrize(("trusted", "believed"), [((), False), (("127.0.0.1",), True), (("10.0.0.0/8",), False)])
def test_forwarded_headers_are_believed_from_known_proxies_only(
    open_office: OpenOffice, trusted: tuple[str, ...], believed: bool
) -> None:
    office = open_office(api_keys="k", trusted_proxies=trusted, limit_sign_in="2/minute")
    with office.as_() as client:
        said = {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9"}
        cookie = client.post("/sign-in", data={"key": "k"}, headers=said).headers["set-cookie"]
        assert ("Secure" in cookie) is believed
        assert cookie.startswith("__Host-") is believed
        for number in range(3):  # three addresses, if they are believed
            answer = client.post("/sign-in", data={"key": "wrong"}, headers={"x-forwarded-for": f"203.0.113.{number}"})
        assert answer.status_code == (401 if believed else 429)
