"""What people keep is theirs: others find nothing of it, anywhere, by its id neither."""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from ingest.programme import Programme
from tests.access.conftest import Office, office_of
from tests.api.conftest import problem

QUESTION = "When did the purple lantern team begin?"


@dataclass(frozen=True, slots=True)
class Kept:
    """Two readers and a steward; Ada asked, said something of the answer, and has a board with its quote."""

    office: Office
    ada: httpx.Client
    ben: httpx.Client
    steward: httpx.Client
    conversation: str
    message: str
    document: str
    board: str
    item: str


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, programme: Programme) -> Iterator[Kept]:
    """One for all tests here: the last two delete what is Ada's."""
    keys = "ada:reader:ada-key,ben:reader:ben-key,sid:steward:sid-key"
    with office_of(tmp_path_factory.mktemp("kept") / "library", programme, api_keys=keys) as office:
        yield from _kept(office)


def _kept(office: Office) -> Iterator[Kept]:
    with office.as_("ada-key") as ada, office.as_("ben-key") as ben, office.as_("sid-key") as steward:
        answer = ada.post("/api/v1/ask", json={"question": QUESTION}).json()
        assert answer["status"] == "answered", answer
        where = f"/api/v1/conversations/{answer['conversation_id']}/messages/{answer['message_id']}/feedback"
        assert ada.put(where, json={"rating": "down", "words": "Too short"}).status_code == 200
        board = ada.post("/api/v1/boards", json={"name": "Lanterns"}).json()["id"]
        cited = answer["citations"][0]
        place = {name: cited[name] for name in ("document_id", "page", "start", "end")}
        quote = {**place, "quote": cited["quote"], "note": "mine"}
        item = ada.post(f"/api/v1/boards/{board}/items", json=quote).json()["id"]
        ids = (answer["conversation_id"], answer["message_id"], cited["document_id"], board, item)
        yield Kept(office, ada, ben, steward, *ids)


def test_nobody_finds_what_is_anothers(kept: Kept) -> None:
    for other in (kept.ben, kept.steward):
        assert other.get("/api/v1/conversations").json()["conversations"] == []
        assert other.get("/api/v1/conversations", params={"q": "lantern"}).json()["conversations"] == []
        told = other.get(f"/api/v1/documents/{kept.document}/answers").json()
        assert (told["answers"], told["count"]) == ([], 0)
        assert "purple lantern team begin" not in other.get(f"/library/{kept.document}/answers").text
        assert kept.board not in other.get("/api/v1/boards").text
        assert "Lanterns" not in other.get("/api/v1/me/export").text
        # How often a document is cited is a number, and no more than that
        assert "Cited in 1 answer" in other.get("/library").text
    assert kept.ada.get("/api/v1/conversations", params={"q": "lantern"}).json()["conversations"]
    assert kept.ada.get(f"/api/v1/documents/{kept.document}/answers").json()["count"] == 1


def test_an_id_opens_nothing_for_others(kept: Kept) -> None:
    talk, board = f"/api/v1/conversations/{kept.conversation}", f"/api/v1/boards/{kept.board}"
    said = f"{talk}/messages/{kept.message}/feedback"
    attempts = [
        ("GET", talk, None),
        ("PATCH", talk, {"title": "Mine now"}),
        ("DELETE", talk, None),
        ("PUT", said, {"rating": "up"}),
        ("DELETE", said, None),
        ("POST", "/api/v1/ask", {"question": "And then?", "conversation_id": kept.conversation}),
        ("GET", board, None),
        ("PATCH", board, {"name": "Mine now"}),
        ("DELETE", board, None),
        ("POST", f"{board}/items", {"heading": "Mine now"}),
        ("PATCH", f"{board}/items/{kept.item}", {"note": "Mine now"}),
        ("PUT", f"{board}/order", {"items": [kept.item]}),
        ("GET", f"{board}/export", None),
    ]
    before = kept.ada.get(talk).json(), kept.ada.get(board).json()
    for other in (kept.ben, kept.steward):
        for method, path, body in attempts:
            mine = problem(other.request(method, path, json=body), 404)
            # As if it were not there: not even the words differ
            assert mine == problem(other.request(method, path.replace(kept.conversation, "0" * 32), json=body), 404)
    events = kept.ben.post("/api/v1/chat", json={"question": "And?", "conversation_id": kept.conversation}).text
    assert "event: error" in events
    assert "lantern" not in events
    assert (kept.ada.get(talk).json(), kept.ada.get(board).json()) == before


def test_an_item_is_not_reached_through_a_board_of_ones_own(kept: Kept) -> None:
    own = kept.ben.get("/api/v1/boards").json()["boards"][0]["id"]
    problem(kept.ben.patch(f"/api/v1/boards/{own}/items/{kept.item}", json={"note": "Mine now"}), 404)
    kept.ben.put(f"/api/v1/boards/{own}/order", json={"items": [kept.item]})
    assert kept.ada.get(f"/api/v1/boards/{kept.board}").json()["items"][0]["note"] == "mine"


def test_stewards_read_feedback_with_its_answer_and_people_are_told(kept: Kept) -> None:
    review = kept.steward.get("/api/v1/feedback").json()["reviews"][0]
    assert review["question"] == QUESTION
    page = kept.steward.get("/feedback").text
    assert "Too short" in page
    assert "Open it in its conversation" not in page, "the conversation is not theirs to open"
    assert "Whoever runs the assistant reads this" in kept.ada.get("/").text


def test_ones_own_data_taken_along_and_deleted(kept: Kept) -> None:
    taken = kept.ada.get("/api/v1/me/export")
    assert taken.headers["content-disposition"] == 'attachment; filename="my-data.json"'
    data = taken.json()
    assert data["conversations"][0]["messages"][0]["content"] == QUESTION
    assert data["conversations"][0]["messages"][1]["feedback"]["words"] == "Too short"
    assert data["boards"][0]["items"][0]["note"] == "mine" or data["boards"][1]["items"][0]["note"] == "mine"
    kept.ben.post("/api/v1/ask", json={"question": "What is a lantern?"})
    gone = kept.ada.delete("/api/v1/me/data").json()["gone"]
    assert (gone["conversations"], gone["feedback"]) == (1, 1)
    assert kept.ada.get("/api/v1/me").json()["kept"] == dict.fromkeys(gone, 0)
    assert kept.steward.get("/api/v1/feedback").json()["reviews"] == []
    assert kept.ben.get("/api/v1/me").json()["kept"]["conversations"] == 1, "of others nothing went"
    folder = kept.office.settings.data_dir
    found = [path.name for path in folder.glob("library.db*") if b"lantern team begin" in path.read_bytes()]
    assert found == [], "not on the disk either"


def test_a_key_s_person_is_deleted_by_a_steward(kept: Kept) -> None:
    talk = kept.ada.post("/api/v1/ask", json={"question": QUESTION}).json()["conversation_id"]
    problem(kept.ben.delete("/api/v1/people/key:env-ada"), 403)
    assert kept.steward.delete("/api/v1/people/key:env-ada").json()["gone"]["conversations"] == 1
    problem(kept.ada.get(f"/api/v1/conversations/{talk}"), 404)
    problem(kept.steward.delete("/api/v1/people/key:env-ada"), 404)
