"""Documents of different years: which statement leads, and what is said of when it was made."""

from dataclasses import replace

import pytest

from assistant.compose import Choice
from assistant.editions import date_of, editions, in_words, issue_of
from assistant.question import understand
from assistant.rank import Candidate
from assistant.shelf import Shelf
from assistant.times import EARLIER, PLANNED, Calendar, Told, in_time
from assistant.units import Unit, UnitKind
from ingest.programme import Programme
from ingest.types import Span
from tests.assistant.conftest import Converse

OLD, NEW, GATHERED = "digest-issue-2.pdf", "digest-issue-6.pdf", "handbook.pdf"


@pytest.fixture(scope="module")
def calendar(shelf: Shelf) -> Calendar:
    return Calendar(shelf)


def said(shelf: Shelf, file_name: str, text: str, score: float = 1.0) -> Candidate:
    """A sentence as if a document of this name said it."""
    document = next(record.id for record in shelf.documents.values() if record.file_name == file_name)
    stored = next(shelf.chunks[i] for i in shelf.chunks if shelf.chunks[i].document_id == document)
    unit = Unit(UnitKind.SENTENCE, text, (Span(1, 0, len(text)),), 0)
    return Candidate(unit, stored, {}, score)


def told(shelf: Shelf, question: str, *candidates: Candidate, found: tuple[Candidate, ...] = ()) -> tuple[Told, ...]:
    query = understand(question, shelf.knowledge)
    return in_time(query, [Choice(one) for one in candidates], found or candidates, Calendar(shelf))


@pytest.mark.parametrize(
    ("date", "words"), [("2024-03", "March 2024"), ("2024-03-01", "March 2024"), ("2024", "2024"), ("2024-13", "2024")]
)
def test_dates_in_words(date: str, words: str) -> None:
    assert in_words(date) == words


def test_a_digest_speaks_as_of_its_original_and_a_handbook_as_of_no_day(shelf: Shelf, programme: Programme) -> None:
    records = {record.file_name: record for record in shelf.documents.values()}
    assert {name: date_of(record, programme) for name, record in records.items()} == {
        OLD: "2021-06",
        NEW: "2024-03",
        GATHERED: None,
    }
    assert {name: issue_of(record) for name, record in records.items()} == {OLD: "2", NEW: "6", GATHERED: None}
    assert [one.name for one in editions(records.values(), programme)] == [
        "issue 2 (June 2021)",
        "issue 6 (March 2024)",
    ]


def test_a_document_of_its_own_speaks_as_of_its_date(shelf: Shelf, programme: Programme) -> None:
    record = next(iter(shelf.documents.values()))
    plain = replace(record, kind="document", digest_of=None, published="2023-05-02")
    assert date_of(plain, programme) == "2023-05"
    assert date_of(replace(plain, published=None), programme) is None


def test_a_gathered_statement_is_of_the_one_issue_it_names(shelf: Shelf, calendar: Calendar) -> None:
    assert calendar.date(said(shelf, GATHERED, "All 17 are live (journal issue 6, p. 8).")) == "2024-03"
    assert calendar.date(said(shelf, GATHERED, "Issue 2 says five, issue 6 says six.")) is None


FIVE = "The service in Norfolk has five key workers and two portfolio leads."
NINE = "The service in Norfolk has nine key workers and three portfolio leads."


def test_the_newest_leads_and_the_older_is_called_earlier(shelf: Shelf) -> None:
    newer, older = told(shelf, "Who works there?", said(shelf, OLD, FIVE), said(shelf, NEW, NINE))
    assert (newer.choice.candidate.unit.text, newer.as_of, newer.heading) == (NINE, "March 2024", None)
    assert (older.choice.candidate.unit.text, older.as_of, older.heading) == (FIVE, "June 2021", EARLIER)


def test_a_newer_statement_that_was_not_chosen_is_put_first(shelf: Shelf) -> None:
    old, new = said(shelf, OLD, FIVE), said(shelf, NEW, NINE, 0.9)
    assert [one.as_of for one in told(shelf, "Who works there?", old, found=(old, new))] == ["March 2024", "June 2021"]


def test_what_agrees_or_is_of_another_council_needs_no_date(shelf: Shelf) -> None:
    for other in (FIVE, "The canteen in Norfolk has nine tables."):
        assert {
            one.as_of for one in told(shelf, "Who works there?", said(shelf, OLD, FIVE), said(shelf, NEW, other))
        } == {None}


def test_a_question_that_names_a_time_keeps_its_order(shelf: Shelf) -> None:
    kept = told(shelf, "Who worked there in 2021?", said(shelf, OLD, FIVE), said(shelf, NEW, NINE))
    assert [(one.choice.candidate.unit.text, one.heading) for one in kept] == [(FIVE, None), (NINE, None)]


def test_what_was_to_come_says_as_of_when(shelf: Shelf) -> None:
    plan = "Sefton will be the sixth council to adopt it."
    assert [one.as_of for one in told(shelf, "Is Sefton live?", said(shelf, OLD, plan))] == ["June 2021"]
    assert [one.as_of for one in told(shelf, "Is Sefton live?", said(shelf, NEW, plan))] == [None]


@pytest.mark.parametrize(
    "text", ["It was to be the sixth.", "Two reports were expected later in the year.", "It plans to open."]
)
def test_plans(text: str) -> None:
    assert PLANNED.search(text)


def test_a_plan_of_2021_is_shown_as_one(converse: Converse) -> None:
    answer = converse("What changed in Sefton since 2021?")
    plans = [one for one in answer.statements if PLANNED.search(one.text)]
    assert plans
    assert {one.as_of for one in plans} == {"June 2021"}
    assert "(June 2021) [" in answer.answer


def test_five_years_and_a_five_year_term_agree(shelf: Shelf) -> None:
    one = said(shelf, OLD, "The programme with Norfolk and its key workers lasts five years.")
    other = said(shelf, NEW, "The five-year programme lasts, with Norfolk and its key workers.")
    assert {shown.as_of for shown in told(shelf, "Who works there?", one, other)} == {None}


def test_what_a_thing_is_for_is_no_plan() -> None:
    assert not PLANNED.search("Their purpose is to promote welfare and to keep children safe.")
