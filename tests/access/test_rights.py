"""What each role may do, over every address there is."""

import re
from collections.abc import Iterator

import httpx
import pytest

from api.access.person import ROLES
from api.access.rights import AUDITED, RIGHTS
from api.app import create_app
from api.settings import Settings
from tests.access.conftest import KEYS, Office, OpenOffice
from tests.access.routes import routes_of

ALL = sorted(RIGHTS)


def test_every_address_is_in_the_table() -> None:
    """A new route: say in api/access/rights.py who may use it. Until then it is for stewards alone."""
    there = set(routes_of(create_app(Settings())))
    assert len(there) > 70
    assert there - set(RIGHTS) == set()
    assert set(RIGHTS) - there == set()
    assert set(AUDITED) <= there


def test_the_description_of_the_interface_names_no_other() -> None:
    described = create_app(Settings()).openapi()["paths"]
    assert {f"{method.upper()} {path}" for path, methods in described.items() for method in methods} <= set(RIGHTS)


@pytest.fixture(scope="module")
def holders(office: Office) -> Iterator[dict[str, httpx.Client]]:
    clients = {role: office.as_(KEYS[role]) for role in ROLES} | {"nobody": office.as_()}
    yield clients
    for client in clients.values():
        client.close()


@pytest.mark.parametrize("address", ALL)
def test_each_role_may_do_what_the_table_says(holders: dict[str, httpx.Client], address: str) -> None:
    method, path = address.split()
    path = re.sub(r"\{n\}", "1", re.sub(r"\{(?!n\})\w+\}", "made-up", path))
    needed = RIGHTS[address]
    for role in ROLES:
        answer = holders[role].request(method, path, content=b"")
        may = needed == "anyone" or ROLES.index(role) >= ROLES.index(needed)
        assert (answer.status_code == 403) != may, f"{role}: {answer.status_code} {answer.text[:200]}"
        assert answer.status_code not in (401, 500), answer.text[:200]
        if not may:
            assert "Ask whoever runs the assistant" in answer.json()["title"]
    answer = holders["nobody"].request(method, path, content=b"")
    if needed == "anyone":
        assert answer.status_code != 303 or "/sign-in" not in answer.headers["location"]
    elif method == "GET" and not path.startswith(("/api/", "/v1/", "/embed")):
        assert answer.headers["location"].startswith("/sign-in")
    else:
        assert answer.status_code == 401


def test_the_door_for_programs_asks_too(holders: dict[str, httpx.Client]) -> None:
    """/mcp is no route of the table: whoever is in may use it, and sees through it what they see elsewhere."""
    assert holders["nobody"].post("/mcp", json={}).status_code == 401
    assert holders["reader"].post("/mcp", json={}).status_code not in (401, 403, 500)


def test_whoever_sees_a_part_gives_nobody_the_rest(holders: dict[str, httpx.Client]) -> None:
    steward = holders["steward"]
    made = steward.post("/api/v1/collections", json={"title": "Kinship care papers"}).json()["name"]
    limited = {"name": "Part", "role": "steward", "collections": [made]}
    part = {"x-api-key": steward.post("/api/v1/keys", json=limited).json()["key"]}
    for asked in ({"name": "All", "sees_all": True}, {"name": "Reader", "role": "reader"}):
        answer = steward.post("/api/v1/keys", json=asked, headers=part)
        assert answer.status_code == 403
        assert "sees all collections" in answer.json()["detail"]
    assert steward.patch("/api/v1/people/x", json={"role": "steward"}, headers=part).status_code == 403
    assert "Kinship care papers" in steward.get("/people").text
    steward.delete(f"/api/v1/collections/{made}")


def test_what_is_not_in_the_table_is_for_stewards(open_office: OpenOffice) -> None:
    """Forgetting a line must not open a door."""
    from api.access.person import Person
    from api.access.rights import check_right
    from api.errors import RoleError

    editor = Person("x", "X", "editor", None, "key")
    with pytest.raises(RoleError):
        check_right("GET", "/new", editor)
    check_right("GET", "/new", Person("x", "X", "steward", None, "key"))


@pytest.mark.parametrize("path", ["/library", "/", "/start"])
def test_pages_leave_out_what_a_role_may_not_do(holders: dict[str, httpx.Client], path: str) -> None:
    shown = {role: holders[role].get(path).text for role in ROLES}
    for words, role in (('id="drop"', "editor"), ('class="upload"', "editor"), ("quiet danger delete", "editor")):
        if words in shown["steward"]:
            for one in ROLES:
                assert (words in shown[one]) == (ROLES.index(one) >= ROLES.index(role)), (one, words)
    for words in ('href="/feedback"', 'href="/people"', 'href="/audit"'):
        assert [words in shown[role] for role in ROLES] == [False, False, True]


def test_without_keys_on_this_computer_nothing_is_asked_and_nothing_shown(open_office: OpenOffice) -> None:
    alone = open_office()
    with alone.as_() as client:
        page = client.get("/").text
        assert 'id="account"' not in page
        assert 'id="drop"' in page
        me = client.get("/api/v1/me").json()
        assert (me["id"], me["role"], me["via"]) == ("local", "steward", "local")
        made = client.post("/api/v1/keys", json={"name": "First", "role": "steward"}).json()
        assert client.get("/api/v1/me").status_code == 401, "the first key locks the door"
        assert client.get("/api/v1/me", headers={"x-api-key": made["key"]}).json()["role"] == "steward"
