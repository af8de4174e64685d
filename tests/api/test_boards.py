"""Boards over HTTP: what is kept on them, and what becomes of it."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from tests.api.conftest import problem
from tests.ingest.pdfs import make_pdf
from tests.serving import serving

BOARDS = "/api/v1/boards"
SAID = "In the first year {} children of Seahaven went home to their parents."


@pytest.fixture
def client(library: Library) -> Iterator[httpx.Client]:
    settings = Settings(data_dir=library.settings.data_dir)
    with serving(create_app(settings, library)) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


def harbour(library: Library, count: str = "32") -> str:
    pages = [[SAID.format(count), "The team meets on Mondays."]]
    document = library.add_bytes("harbour.pdf", make_pdf(pages, "Harbour report")).document_id
    assert document is not None
    return document


def place(library: Library, document: str, words: str) -> dict[str, Any]:
    start = library.page(document, 1).text.index(words)
    return {"document_id": document, "page": 1, "start": start, "end": start + len(words), "quote": words}


def add(client: httpx.Client, body: dict[str, Any], board: str = "default") -> httpx.Response:
    return client.post(f"{BOARDS}/{board}/items", json=body)


def items(client: httpx.Client, board: str = "default") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"{BOARDS}/{board}").json()["items"]
    return found


def test_there_is_always_a_board(client: httpx.Client) -> None:
    (first,) = client.get(BOARDS).json()["boards"]
    assert first["name"] == "My briefing"
    second = client.post(BOARDS, json={"name": " For governors "}).json()
    assert [one["name"] for one in client.get(BOARDS).json()["boards"]] == ["My briefing", "For governors"]
    assert client.patch(f"{BOARDS}/{second['id']}", json={"name": "Governors"}).json()["name"] == "Governors"
    for board in (first, second):
        assert client.delete(f"{BOARDS}/{board['id']}").status_code == 204
    assert [one["name"] for one in client.get(BOARDS).json()["boards"]] == ["My briefing"]


def test_a_quote_is_read_again_from_its_page(client: httpx.Client, library: Library) -> None:
    body = place(library, harbour(library), "32 children")
    added = add(client, body | {"note": "Ask them how"})
    assert added.status_code == 201
    item = added.json()
    assert item["citation"]["quote"] == "32 children"
    assert item["citation"]["boxes"]
    assert item["reference"] == "Harbour report (no date), PDF page 1."
    assert item["note"] == "Ask them how"
    again = add(client, body)
    assert again.status_code == 200
    assert again.json()["id"] == item["id"]
    assert len(items(client)) == 1


def test_what_is_not_there_letter_for_letter_is_refused(client: httpx.Client, library: Library) -> None:
    body = place(library, harbour(library), "32 children")
    for wrong in ({"quote": "33 children"}, {"end": 9_999_999}, {"start": 9_999, "end": 9_999_999}, {"start": 90}):
        assert "letter for letter" in problem(add(client, body | wrong), 409)
    problem(add(client, body | {"page": 7}), 404)
    problem(add(client, body | {"document_id": "nothing"}), 404)
    problem(add(client, {"page": 1}), 422)
    problem(add(client, {"heading": "  "}), 422)
    problem(add(client, body | {"note": "x" * 4001}), 422)
    problem(add(client, body, "no-such-board"), 404)
    assert items(client) == []


def test_order_notes_and_undo_survive_a_restart(client: httpx.Client, library: Library) -> None:
    document = harbour(library)
    first, second = (
        add(client, body).json()["id"]
        for body in (place(library, document, "32 children"), {"heading": "What changed"})
    )
    third = add(client, place(library, document, "went home")).json()["id"]
    board = f"{BOARDS}/default"
    client.put(f"{board}/order", json={"items": [second, third, "unknown"]})
    client.patch(f"{board}/items/{third}", json={"note": "My own\nwords"})
    client.patch(f"{board}/items/{second}", json={"heading": "Results"})
    assert client.patch(f"{board}/items/{first}", json={"removed": True}).json() == {"item": None}
    assert [one["id"] for one in items(client)] == [second, third]
    settings = Settings(data_dir=library.settings.data_dir)
    with serving(create_app(settings, library)) as url, httpx.Client(base_url=url) as other:
        assert [one["heading"] or one["note"] for one in items(other)] == ["Results", "My own\nwords"]
        assert other.patch(f"{board}/items/{first}", json={"removed": False}).json()["item"]["id"] == first
    assert [one["id"] for one in items(client)] == [second, third, first]
    problem(client.patch(f"{board}/items/nothing", json={"note": ""}), 404)


def test_a_quote_goes_with_its_document_and_the_note_stays(client: httpx.Client, library: Library) -> None:
    document = harbour(library)
    body = place(library, document, "32 children")
    add(client, body | {"note": "Mine", "speaker": {"start": 0, "end": 5}})
    harbour(library, "44")
    (item,) = items(client)
    assert item["citation"]["state"] == "superseded"
    assert item["citation"]["superseded_by"]
    assert item["citation"]["quote"] == "32 children"
    assert add(client, place(library, document, "went home")).status_code == 201, "of an earlier version"
    library.remove(document)
    for item in items(client):
        assert (item["citation"]["state"], item["citation"]["quote"]) == ("removed", "")
        assert item["citation"]["speaker"] is None
    assert items(client)[0]["note"] == "Mine"
    problem(add(client, body), 410)
    if library.settings.database is None:  # a server keeps what is gone until it needs the room
        assert b"32 children" not in (library.settings.data_dir / "library.db").read_bytes()
    assert "32 children" not in client.get(f"{BOARDS}/default/export", params={"format": "md"}).text


def test_other_sites_change_nothing(client: httpx.Client) -> None:
    answer = client.post(BOARDS, json={"name": "Mine"}, headers={"origin": "https://elsewhere.example"})
    problem(answer, 403)
