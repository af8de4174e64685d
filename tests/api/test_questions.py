"""POST /ask, POST /chat, GET /search, GET /conversations/{id} as a program meets them."""

import json
import time
from typing import Any

import httpx
import pytest

from tests.api.conftest import problem

QUESTION = "What are the four provocations of No Wrong Door?"
UNANSWERABLE = "Who won the 1998 football World Cup?"
CITATION = {
    *("number", "document_id", "document_title", "file_name", "published", "article", "authors", "page"),
    *("page_label", "quote", "start", "end", "boxes", "url"),
}


def ask(site: httpx.Client, question: str, **rest: Any) -> dict[str, Any]:
    response = site.post("/api/v1/ask", json={"question": question, **rest})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def read_events(text: str) -> list[tuple[str, Any]]:
    events = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if lines:
            events.append((lines["event"], json.loads(lines["data"])))
    return events


def test_an_answer_has_the_shape_of_the_contract(site: httpx.Client) -> None:
    answer = ask(site, QUESTION)
    assert set(answer) == {
        *("status", "answer", "statements", "citations", "passages", "standalone_question", "answerer", "model"),
        *("conversation_id", "message_id", "timings_ms", "notes", "confidence"),
        *("fallback", "withdrawn", "safety"),
    }
    assert answer["status"] == "answered"
    assert answer["answerer"] == "quotes"
    assert set(answer["timings_ms"]) == {"question", "retrieve", "answer", "total"}
    assert all(set(citation) >= CITATION for citation in answer["citations"])
    assert all(set(passage) >= CITATION | {"text", "score"} for passage in answer["passages"])
    numbers = {citation["number"] for citation in answer["citations"]}
    assert {number for statement in answer["statements"] for number in statement["citations"]} == numbers


def test_every_quote_is_the_text_of_its_page(site: httpx.Client) -> None:
    answer = ask(site, QUESTION)
    assert answer["citations"]
    for cited in answer["citations"] + answer["passages"]:
        page = site.get(f"/api/v1/documents/{cited['document_id']}/pages/{cited['page']}").json()
        assert page["text"][cited["start"] : cited["end"]] == cited["quote"]
        assert page["page_label"] == cited["page_label"]


def test_every_citation_opens(site: httpx.Client) -> None:
    for cited in ask(site, QUESTION)["citations"]:
        page = site.get(cited["url"])
        assert page.status_code == 200
        assert page.headers["content-type"].startswith("text/html")


def test_no_evidence_cites_nothing_and_shows_what_is_nearest(site: httpx.Client) -> None:
    answer = ask(site, UNANSWERABLE)
    assert answer["status"] == "no_evidence"
    assert answer["citations"] == []
    assert answer["passages"]


@pytest.mark.parametrize("question", ["", "  \n ", "why " * 750])
@pytest.mark.parametrize("path", ["ask", "chat"])
def test_questions_must_have_a_length(site: httpx.Client, path: str, question: str) -> None:
    said = problem(site.post(f"/api/v1/{path}", json={"question": question}), 422)
    assert "1 to 2,000 characters" in said


def test_a_long_history_is_refused(site: httpx.Client) -> None:
    turns = [{"role": "user", "content": "Why?"}] * 41
    assert "40" in problem(site.post("/api/v1/ask", json={"question": QUESTION, "history": turns}), 422)


@pytest.mark.parametrize("body", ["", "{", "[]", '{"question": 7}', '{"question": "Why?", "answerer": "magic"}'])
def test_bodies_that_are_no_request_are_problems(site: httpx.Client, body: str) -> None:
    problem(site.post("/api/v1/ask", content=body, headers={"content-type": "application/json"}), 422)


def test_a_body_of_megabytes_is_refused(site: httpx.Client) -> None:
    body = json.dumps({"question": "x" * 2_100_000})
    problem(site.post("/api/v1/ask", content=body, headers={"content-type": "application/json"}), 413)


def test_a_follow_up_knows_the_stored_turns(site: httpx.Client) -> None:
    first = ask(site, "When did New Roads in Norfolk go live?")
    second = ask(site, "What do they call No Wrong Door there?", conversation_id=first["conversation_id"])
    assert second["conversation_id"] == first["conversation_id"]
    assert "Norfolk" in second["standalone_question"]


def test_a_conversation_keeps_whole_answers(site: httpx.Client) -> None:
    answer = ask(site, QUESTION)
    kept = site.get(f"/api/v1/conversations/{answer['conversation_id']}").json()["messages"]
    assert [message["role"] for message in kept] == ["user", "assistant"]
    assert kept[0]["content"] == QUESTION
    assert kept[1]["answer"] == answer
    assert kept[1]["id"] == answer["message_id"]


def test_unknown_conversations_are_problems(site: httpx.Client) -> None:
    problem(site.get("/api/v1/conversations/nothing"), 404)
    problem(site.post("/api/v1/ask", json={"question": QUESTION, "conversation_id": "nothing"}), 404)


def test_a_chat_tells_question_evidence_statements_and_ends_with_the_answer(site: httpx.Client) -> None:
    response = site.post("/api/v1/chat", json={"question": QUESTION})
    assert response.headers["content-type"].startswith("text/event-stream")
    events = read_events(response.text)
    names = [name for name, _ in events]
    assert names[:2] == ["question", "evidence"]
    assert names[-1] == "done"
    assert set(names[2:-1]) == {"delta"}
    done = events[-1][1]
    assert [data["statement"] for name, data in events if name == "delta"] == done["statements"]
    assert "".join(data["text"] for name, data in events if name == "delta") == done["answer"]
    assert events[0][1] == {
        "standalone_question": done["standalone_question"],
        "conversation_id": done["conversation_id"],
        "safety": None,
    }
    assert events[1][1]["passages"]


def test_a_chat_that_fails_ends_with_an_error(site: httpx.Client) -> None:
    response = site.post("/api/v1/chat", json={"question": QUESTION, "conversation_id": "nothing"})
    ((name, data),) = read_events(response.text)
    assert name == "error"
    assert data["status"] == 404


def test_a_reader_who_leaves_finds_the_answer_later(site: httpx.Client) -> None:
    with site.stream("POST", "/api/v1/chat", json={"question": QUESTION}) as response:
        lines = response.iter_lines()
        assert next(lines) == "event: question"
        conversation = json.loads(next(lines).removeprefix("data: "))["conversation_id"]
    for _ in range(100):
        messages = site.get(f"/api/v1/conversations/{conversation}").json()["messages"]
        if messages[-1]["answer"]:
            break
        time.sleep(0.1)
    assert messages[-1]["answer"]["status"] == "answered"


def test_search_finds_passages(site: httpx.Client, handbook: str) -> None:
    found = site.get("/api/v1/search", params={"q": "family group conferences", "limit": 4}).json()["passages"]
    assert 1 <= len(found) <= 4
    assert all(0 <= passage["score"] <= 1 for passage in found)
    only = site.get("/api/v1/search", params={"q": "family group conferences", "document": handbook}).json()
    assert {passage["document_id"] for passage in only["passages"]} == {handbook}


@pytest.mark.parametrize("query", ["", "?q=", "?q=x&limit=0", "?q=x&limit=99", "?q=" + "x" * 2001])
def test_searches_that_cannot_be_made_are_problems(site: httpx.Client, query: str) -> None:
    problem(site.get(f"/api/v1/search{query}"), 422)


@pytest.mark.parametrize("text", ['" OR 1=1 --', "NEAR(a b", "*", "( ( (", "\x00", "<script>alert(1)</script>", "🙂"])
def test_odd_words_are_searched_for_like_any(site: httpx.Client, text: str) -> None:
    assert site.get("/api/v1/search", params={"q": text}).status_code == 200
    assert site.post("/api/v1/ask", json={"question": text}).status_code == 200
