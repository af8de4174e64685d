"""Kept conversations over HTTP: listed, searched, opened in parts, renamed, deleted; and what is said of answers."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from api.settings import Settings
from ingest.library import Library
from tests.api.conftest import problem
from tests.api.test_questions import QUESTION, UNANSWERABLE, ask
from tests.serving import serving

LIST = "/api/v1/conversations"
HOSTILE = "<script>alert(1)</script> \u202eabc " + "x" * 150


@pytest.fixture(scope="module", params=["folder", "servers"])
def kept_in(request: pytest.FixtureRequest, corpus_library: Library) -> Library:
    """The starter documents, and what people keep beside them, in a folder and on servers."""
    on_servers: Library = request.getfixturevalue("corpus_on_servers") if request.param == "servers" else corpus_library
    return on_servers


@pytest.fixture(scope="module")
def site(kept_in: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("unused"))
    with serving(create_app(settings, kept_in)) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


def listed(site: httpx.Client, **query: Any) -> list[dict[str, Any]]:
    response = site.get(LIST, params=query)
    assert response.status_code == 200, response.text
    rows: list[dict[str, Any]] = response.json()["conversations"]
    return rows


def test_conversations_are_listed_newest_first_under_their_first_question(site: httpx.Client) -> None:
    first = ask(site, "What is Family Valued?")["conversation_id"]
    second = ask(site, f"{'Please tell me at length ' * 6}what is No Wrong Door?")["conversation_id"]
    rows = listed(site)
    assert [row["conversation_id"] for row in rows][:2] == [second, first]
    assert rows[0]["title"].endswith("…")
    assert len(rows[0]["title"]) <= 82
    assert (rows[1]["title"], rows[1]["named"], rows[1]["questions"]) == ("What is Family Valued?", False, 1)
    ask(site, "Who works there?", conversation_id=first)
    top = listed(site, limit=1)[0]
    assert (top["conversation_id"], top["questions"]) == (first, 2)


def test_the_list_is_read_in_parts(site: httpx.Client) -> None:
    made = [ask(site, f"What is Family Valued, part {n}?")["conversation_id"] for n in range(3)]
    first = site.get(LIST, params={"limit": 2}).json()
    rest = site.get(LIST, params={"limit": 2, "before": first["next"]}).json()
    ids = [row["conversation_id"] for row in first["conversations"] + rest["conversations"]]
    assert ids[:3] == made[::-1]
    assert len(set(ids)) == 4


def test_questions_and_answers_are_searched_for_every_word(site: httpx.Client) -> None:
    mine = ask(site, "Tell me of 100% zebras and No Wrong Door")
    (row,) = listed(site, q="ZEBRAS door")
    assert row["conversation_id"] == mine["conversation_id"]
    assert "zebras" in row["found"]["excerpt"]
    assert listed(site, q="zebras giraffes") == []
    assert [one["conversation_id"] for one in listed(site, q="100%")] == [mine["conversation_id"]]
    assert listed(site, q="z_bras") == []
    said = ask(site, QUESTION)
    found = listed(site, q="shared approach parenting")
    assert said["conversation_id"] in {one["conversation_id"] for one in found}
    assert all("[" not in one["found"]["excerpt"] for one in found)


def test_a_conversation_is_opened_in_parts(site: httpx.Client) -> None:
    answers = [ask(site, QUESTION)]
    for _ in range(2):
        answers.append(ask(site, QUESTION, conversation_id=answers[0]["conversation_id"]))
    path = f"{LIST}/{answers[0]['conversation_id']}"
    whole = site.get(path).json()
    ids = [message["id"] for message in whole["messages"]]
    assert (len(ids), whole["earlier"]) == (6, False)
    last = site.get(path, params={"last": 2}).json()
    assert ([message["id"] for message in last["messages"]], last["earlier"]) == (ids[4:], True)
    before = site.get(path, params={"last": 2, "before": ids[4]}).json()
    assert [message["id"] for message in before["messages"]] == ids[2:4]
    since = site.get(path, params={"since": answers[1]["message_id"]}).json()
    assert [message["id"] for message in since["messages"]] == ids[2:]
    problem(site.get(path, params={"since": "nothing"}), 404)
    assert "400" in problem(site.get(path, params={"last": 401}), 422)


def test_filters_are_kept_with_the_question(site: httpx.Client) -> None:
    wanted = {"models": ["no-wrong-door"], "adopters": [], "documents": [], "years": []}
    answer = ask(site, "Who works in the hub?", filters=wanted)
    asked, _ = site.get(f"{LIST}/{answer['conversation_id']}").json()["messages"]
    assert asked["filters"] == wanted | {"collections": []}


def test_a_title_is_given_and_taken_back(site: httpx.Client) -> None:
    path = f"{LIST}/{ask(site, QUESTION)['conversation_id']}"
    assert site.patch(path, json={"title": f"  {HOSTILE}  "}).json()["title"] == " ".join(HOSTILE.split())
    assert site.get(path).json()["named"] is True
    assert site.patch(path, json={"title": " "}).json()["title"] == QUESTION
    assert "200" in problem(site.patch(path, json={"title": "x" * 201}), 422)
    problem(site.patch(f"{LIST}/nothing", json={"title": "x"}), 404)


def test_deleting_leaves_nothing(site: httpx.Client) -> None:
    answer = ask(site, "What do ocelots have to do with No Wrong Door?")
    path = f"{LIST}/{answer['conversation_id']}"
    said = f"{path}/messages/{answer['message_id']}/feedback"
    assert site.put(said, json={"rating": "down", "words": "an ocelot's words"}).status_code == 200
    assert site.delete(path).status_code == 204
    problem(site.get(path), 404)
    problem(site.delete(path), 404)
    problem(site.put(said, json={"rating": "up"}), 404)
    problem(site.post("/api/v1/ask", json={"question": QUESTION, "conversation_id": answer["conversation_id"]}), 404)
    assert listed(site, q="ocelots") == []
    assert "ocelot" not in site.get("/api/v1/feedback.csv").text


def test_feedback_is_kept_changed_taken_back_and_read(site: httpx.Client) -> None:
    answer = ask(site, QUESTION)
    path = f"{LIST}/{answer['conversation_id']}"
    said = f"{path}/messages/{answer['message_id']}/feedback"
    assert site.put(said, json={"rating": "up"}).json()["reasons"] == []
    sent = {"rating": "down", "reasons": ["old", "incomplete"], "words": f"=1+1 {HOSTILE}"}
    kept = site.put(said, json=sent).json()
    assert (kept["rating"], kept["reasons"]) == ("down", ["incomplete", "old"])
    assert site.get(path).json()["messages"][1]["feedback"] == kept
    review = site.get("/api/v1/feedback", params={"rating": "down"}).json()["reviews"][0]
    assert (review["question"], review["message"]["answer"]["citations"]) == (QUESTION, answer["citations"])
    assert all(row["message"]["feedback"]["rating"] == "up" for row in _reviews(site, rating="up"))
    page = site.get("/feedback", params={"rating": "down"})
    assert "&lt;script&gt;" in page.text
    assert "<script>alert" not in page.text
    assert answer["citations"][0]["url"].split("#")[0] in page.text
    table = site.get("/api/v1/feedback.csv")
    assert table.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert rows[0]["In their words"].startswith("'=1+1")
    assert rows[0]["Reasons"] == "Something is missing; Out of date"
    assert site.delete(said).status_code == 204
    assert site.get(path).json()["messages"][1]["feedback"] is None


def test_feedback_is_read_in_the_terminal(site: httpx.Client, kept_in: Library) -> None:
    answer = ask(site, QUESTION)
    said = f"{LIST}/{answer['conversation_id']}/messages/{answer['message_id']}/feedback"
    site.put(said, json={"rating": "down", "reasons": ["old"], "words": "Read in the terminal."})
    given = kept_in.settings
    environment = {"ASSISTANT_DATA_DIR": str(given.data_dir), "TERM": "dumb"}
    if given.database is not None:
        environment |= {"ASSISTANT_DATABASE_URL": given.database, "ASSISTANT_CHROMA_URL": str(given.chroma_url)}
    shown = CliRunner().invoke(app, ["feedback", "--rating", "down"], env=environment)
    assert shown.exit_code == 0, shown.output
    assert f"/c/{answer['conversation_id']}/{answer['message_id']}" in shown.output
    assert "“Read in the terminal.”" in shown.output
    table = CliRunner().invoke(app, ["feedback", "--csv"], env=environment)
    assert "Read in the terminal." in table.output
    assert "Out of date" in table.output


def _reviews(site: httpx.Client, **query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = site.get("/api/v1/feedback", params=query).json()["reviews"]
    return rows


@pytest.mark.parametrize(
    "body", [{}, {"rating": "sideways"}, {"rating": "up", "reasons": ["<b>"]}, {"rating": "up", "words": "x" * 2001}]
)
def test_feedback_that_cannot_be_kept_is_a_problem(site: httpx.Client, body: dict[str, Any]) -> None:
    answer = ask(site, QUESTION)
    problem(site.put(f"{LIST}/{answer['conversation_id']}/messages/{answer['message_id']}/feedback", json=body), 422)


def test_filters_offer_what_the_library_has(site: httpx.Client, handbook: str) -> None:
    all_of_it = site.get("/api/v1/filters").json()
    assert handbook in {one["id"] for one in all_of_it["documents"]}
    assert all(one["passages"] > 0 for of in all_of_it.values() for one in of)
    model = all_of_it["models"][0]["id"]
    within = site.get("/api/v1/filters", params={"model": model}).json()
    assert within["models"] == all_of_it["models"]
    assert sum(one["passages"] for one in within["documents"]) == all_of_it["models"][0]["passages"]
    nowhere = site.get("/api/v1/filters", params={"year": "1900"}).json()
    assert {one["passages"] for one in nowhere["models"]} == {0}


def test_no_suggestion_leads_to_a_refusal(site: httpx.Client) -> None:
    everything = site.get("/api/v1/suggestions").json()["questions"]
    assert len(everything) > 6
    council = site.get("/api/v1/filters").json()["adopters"][0]
    for wanted in ({}, {"adopters": [council["id"]]}, {"models": ["no-wrong-door"]}):
        query = {"adopter": wanted.get("adopters", []), "model": wanted.get("models", [])}
        questions = site.get("/api/v1/suggestions", params=query).json()["questions"]
        assert questions
        for question in questions[:4]:
            assert ask(site, question, filters=wanted)["status"] == "answered", question
    assert site.get("/api/v1/suggestions", params={"year": "1900"}).json()["questions"] == []
    assert ask(site, UNANSWERABLE)["status"] == "no_evidence"
