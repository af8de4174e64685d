"""Access keys: shown once, kept as hashes, scoped, ending, revoked."""

import json
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from api.access.access import Access
from api.access.keys import KeyBook
from api.cli import app
from api.settings import Settings
from tests.access.conftest import KEYS, Office, OpenOffice
from tests.api.conftest import problem


def test_a_key_is_shown_once_and_kept_as_a_hash(office: Office) -> None:
    with office.as_(KEYS["steward"]) as steward:
        made = steward.post("/api/v1/keys", json={"name": "Board pack", "days": 1})
        assert made.status_code == 201
        assert made.headers["cache-control"] == "no-store"
        key = made.json()["key"]
        assert key not in steward.get("/api/v1/keys").text
        assert key not in steward.get("/people").text
        assert key not in steward.get("/api/v1/audit").text
        problem(steward.post("/api/v1/keys", json={"name": "Board pack"}), 409)
        problem(steward.post("/api/v1/keys", json={"name": "X", "collections": ["not-there"]}), 422)
    secret = key.rpartition("_")[2].encode()
    assert not [path for path in office.settings.data_dir.glob("library.db*") if secret in path.read_bytes()]


def test_a_revoked_key_and_its_sessions_are_out_at_once(office: Office) -> None:
    with office.as_(KEYS["steward"]) as steward, office.as_() as browser:
        made = steward.post("/api/v1/keys", json={"name": "Short-lived", "role": "editor"}).json()
        assert browser.post("/sign-in", data={"key": made["key"]}).status_code == 303
        assert browser.get("/api/v1/me").json()["name"] == "Short-lived"
        held = {"authorization": f"Bearer {made['key']}"}
        assert httpx.get(f"{office.url}/api/v1/jobs", headers=held).status_code == 200
        assert steward.delete(f"/api/v1/keys/{made['id']}").status_code == 204
        problem(httpx.get(f"{office.url}/api/v1/jobs", headers=held), 401)
        problem(browser.get("/api/v1/me"), 401)


def test_a_key_ends_with_its_days(office: Office) -> None:
    book = KeyBook(office.library.engine)
    made, secret = book.make("Almost over", "reader", [], -0.001, "test")
    assert made.state == "expired"
    assert book.find(secret) is None
    with office.as_(secret) as late:
        problem(late.get("/api/v1/me"), 401)


@pytest.mark.parametrize("wrong", ["asst_", "asst__", "asst_{id}_", "asst_{id}_x", "{key}x", "{id}", "ASST_{id}_{key}"])
def test_no_other_text_is_a_key(office: Office, wrong: str) -> None:
    book = KeyBook(office.library.engine)
    made, secret = book.make(f"Key {len(book.all())}", "reader", [], 1, "test")
    assert book.find(secret) == book.get(made.id)
    assert book.find(wrong.format(id=made.id, key=secret)) is None


def test_what_a_key_sees(office: Office) -> None:
    with office.as_(KEYS["steward"]) as steward:
        seen = {
            role: steward.post("/api/v1/keys", json={"name": f"Sees {role}", "role": role}).json()["collections"]
            for role in ("reader", "editor", "steward")
        }
        every = steward.post("/api/v1/keys", json={"name": "Sees every", "sees_all": True}).json()
    assert seen == {"reader": [], "editor": [], "steward": None}
    assert every["collections"] is None


def test_keys_of_the_settings_have_names_and_roles_or_are_stewards(open_office: OpenOffice) -> None:
    office = open_office(api_keys="plain:with:colons,ann@office:editor:k:1,old")
    told = {}
    for key in ("plain:with:colons", "k:1", "old"):
        with office.as_(key) as client:
            me = client.get("/api/v1/me").json()
            told[key] = (me["id"], me["role"])
    assert told == {
        "plain:with:colons": ("local", "steward"),
        "k:1": ("key:env-ann@office", "editor"),
        "old": ("local", "steward"),
    }


def test_a_session_ends_when_its_key_leaves_the_settings(office: Office) -> None:
    engine = office.library.engine
    was, later = (Access.of(Settings(api_keys=tuple(map(SecretStr, keys))), engine) for keys in ("ab", "bc"))
    for key, state in (("a", False), ("b", True)):
        token = was.door.open_for(key)
        cookie = {"cookie": f"assistant_session={token}"}
        assert was.door.visitor(cookie, is_tls=False).is_known
        assert later.door.visitor(cookie, is_tls=False).is_known is state
    assert was.door.open_for("c") is None


def command(folder: Path, *words: str) -> Result:
    """In this process: another one would load everything again."""
    return CliRunner().invoke(app, words, env={"ASSISTANT_DATA_DIR": str(folder)})


def test_keys_are_made_beside_a_running_service_and_before_the_first_start(open_office: OpenOffice) -> None:
    office = open_office(api_keys="old")
    folder = office.settings.data_dir
    made = command(folder, "keys", "make", "Mary", "--role", "editor", "--days", "90", "--json")
    key = json.loads(made.stdout)["key"]
    with office.as_(key) as mary:
        assert mary.get("/api/v1/me").json()["role"] == "editor"
        listed = command(folder, "keys", "list")
        assert "Mary" in listed.stdout
        assert key not in listed.stdout
        assert command(folder, "keys", "revoke", "Mary").stdout.startswith("revoked")
        problem(mary.get("/api/v1/me"), 401)
    trail = command(folder, "audit").stdout
    assert "keys.revoke" in trail
    assert "Terminal" in trail
    nobody = command(folder, "keys", "revoke", "Nobody")
    assert (nobody.exit_code, nobody.stdout) == (1, "")
    assert "No access key is called “Nobody”" in nobody.stderr
