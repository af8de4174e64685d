"""What the answers of the last month cited of each document: counted, listed, and gone with what they belong to."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.store.people import MessageRow
from tests.api.conftest import problem
from tests.ingest.pdfs import make_pdf
from tests.serving import serving

HELD = "A family group conference was held within {} working days."
QUESTION = "Within how many working days was a family group conference held? <b>bold</b>"


@pytest.fixture
def site(library: Library) -> Iterator[httpx.Client]:
    app = create_app(Settings(data_dir=library.settings.data_dir), library)
    with serving(app) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


def add(library: Library, days: str) -> str:
    data = make_pdf([["The Harbour project began in Seahaven.", HELD.format(days)]], "The <i>Harbour</i> project")
    added = library.add_bytes("harbour.pdf", data).document_id
    assert added is not None
    return added


def ask(site: httpx.Client, library: Library, days_ago: int = 0) -> dict[str, Any]:
    """A kept answer, which was given so many days ago."""
    answer: dict[str, Any] = site.post("/api/v1/ask", json={"question": QUESTION}).json()
    assert answer["status"] == "answered", answer
    if days_ago:
        at = (datetime.now(UTC) - timedelta(days=days_ago)).isoformat(timespec="microseconds")
        row = MessageRow
        with library.engine.begin() as connection:
            connection.execute(update(row).where(row.id == answer["message_id"]).values(created_at=at))
    return answer


def citing(site: httpx.Client, document: str, **query: Any) -> dict[str, Any]:
    response = site.get(f"/api/v1/documents/{document}/answers", params=query)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def test_answers_are_listed_newest_first_in_parts_and_go_with_their_conversation(
    site: httpx.Client, library: Library
) -> None:
    document = add(library, "10")
    assert citing(site, document) == {"answers": [], "count": 0, "next": None}
    assert "Cited in" not in site.get("/library").text
    old, *new = (ask(site, library, days) for days in (40, 3, 0))
    found = citing(site, document)
    assert [one["message_id"] for one in found["answers"]] == [one["message_id"] for one in reversed(new)]
    (first, _) = found["answers"]
    assert (first["conversation_id"], first["question"]) == (new[1]["conversation_id"], QUESTION)
    assert first["citations"][0]["quote"] == new[1]["citations"][0]["quote"]
    assert {one["document_id"] for one in first["citations"]} == {document}
    part = citing(site, document, limit=1)
    rest = citing(site, document, limit=1, before=part["next"])
    assert (part["count"], rest["count"], rest["next"]) == (2, 2, None)
    assert part["answers"] + rest["answers"] == found["answers"]
    assert old["message_id"] in {one["message_id"] for one in citing(site, document, days=60)["answers"]}
    assert "Cited in 2 answers of the last 30 days" in site.get("/library").text
    shown = site.get(f"/library/{document}/answers").text
    assert f"/c/{new[1]['conversation_id']}/{new[1]['message_id']}" in shown
    assert "&lt;b&gt;bold" in shown
    assert "<b>" not in shown
    assert "<i>" not in shown
    site.delete(f"/api/v1/conversations/{new[1]['conversation_id']}")
    assert [one["message_id"] for one in citing(site, document)["answers"]] == [new[0]["message_id"]]
    assert "Cited in 1 answer of the last 30 days" in site.get("/library").text


def test_earlier_versions_count_and_a_removed_document_is_gone(site: httpx.Client, library: Library) -> None:
    first = add(library, "10")
    ask(site, library)
    second = add(library, "12")
    ask(site, library)
    states = [one["citations"][0]["state"] for one in citing(site, second)["answers"]]
    assert states == ["current", "superseded"]
    assert citing(site, first) == citing(site, second)
    assert "Cited in 2 answers" in site.get("/library").text
    assert "earlier version" in site.get(f"/library/{second}/answers").text
    site.delete(f"/api/v1/documents/{second}")
    problem(site.get(f"/api/v1/documents/{second}/answers"), 410)
    page = site.get(f"/library/{second}/answers")
    assert page.status_code == 410
    assert "no longer in the library" in page.text
    assert "Cited in" not in site.get("/library").text
    again = add(library, "12")
    assert again == second
    assert citing(site, again) == {"answers": [], "count": 0, "next": None}


def test_what_cannot_be_listed_is_a_problem(site: httpx.Client, library: Library) -> None:
    problem(site.get("/api/v1/documents/nothing/answers"), 404)
    problem(site.get("/library/nothing/answers"), 404)
    document = add(library, "10")
    for bad in ({"days": 0}, {"limit": 51}, {"before": "x" * 200}):
        problem(site.get(f"/api/v1/documents/{document}/answers", params=bad), 422)
    assert citing(site, document, before="no moment at all")["answers"] == []
