"""Answers as they were kept, also by earlier versions, told with what has become of their documents."""

from dataclasses import replace
from typing import Any

from assistant.conversations import Message, with_present_states
from ingest.records import DocumentRecord

RECORD = DocumentRecord(
    "a", "sha", "a.pdf", "A", (), None, "document", None, 9, (), {"read": 9}, 1, "2026-01-01", False
)
# As issue 1 kept it: no place, no state
CITATION: dict[str, Any] = {
    "number": 1,
    "document_id": "a",
    "document_title": "A",
    "file_name": "a.pdf",
    "page": 5,
    "page_label": "3",
    "health": "read by OCR",
    "quote": "Words.",
    "start": 0,
    "end": 6,
    "boxes": [],
}


def told(citation: dict[str, Any], *records: DocumentRecord) -> dict[str, Any]:
    message = Message("m", "assistant", "Words. [1]", {"citations": [citation], "passages": [citation]}, "2026-01-02")
    (kept,) = with_present_states([message], records)
    assert kept.answer is not None
    assert kept.answer["citations"] == kept.answer["passages"]
    (one,) = kept.answer["citations"]
    assert {name: one[name] for name in citation if name != "state"} == {
        name: value for name, value in citation.items() if name != "state"
    }
    return dict(one)


def test_an_answer_of_an_earlier_version_gets_its_place_in_words() -> None:
    one = told(CITATION, RECORD)
    assert (one["place"], one["caution"], one["state"]) == ("page 5 (printed 3)", "text from OCR", "current")


def test_a_superseded_document_names_the_version_of_today() -> None:
    old = replace(RECORD, state="superseded", state_at="2026-03-03T10:00:00+00:00", superseded_by="b")
    middle = replace(old, id="b", superseded_by="c")
    one = told(CITATION, old, middle, replace(RECORD, id="c"))
    assert (one["state"], one["state_at"], one["superseded_by"]) == ("superseded", old.state_at, "c")


def test_a_document_that_nobody_knows_is_removed() -> None:
    assert told(CITATION)["state"] == "removed"
    assert told(CITATION, replace(RECORD, state="removed", state_at="2026-03-03"))["state_at"] == "2026-03-03"


def test_an_emptied_quote_stays_removed_though_its_document_came_back() -> None:
    assert told(CITATION | {"quote": "", "state": "removed"}, RECORD)["state"] == "removed"


def test_a_question_has_nothing_to_mark() -> None:
    asked = Message("m", "user", "Why?", None, "2026-01-02")
    assert with_present_states([asked], [RECORD]) == (asked,)
