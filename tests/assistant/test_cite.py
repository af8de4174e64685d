"""A quote is re-found on its stored page, or what it belongs to is not shown."""

from dataclasses import replace

import pytest

from assistant.cite import Citations, boxes_of, cite
from assistant.compose import Choice
from assistant.present import state
from assistant.question import understand
from assistant.rank import Candidate, rank_units
from assistant.retrieve import retrieve
from assistant.shelf import Shelf
from assistant.types import Filters
from assistant.units import UnitKind
from ingest.types import BlockKind, Span
from tests.assistant.pages import make_page


@pytest.fixture(scope="module")
def candidates(shelf: Shelf) -> list[Candidate]:
    """What might answer a question that prose, tables and lists speak of."""
    query = understand("When did No Wrong Door Warrington launch at The Lighthouse?", shelf.knowledge)
    vector = shelf.library.embed([query.text])[0]
    return rank_units(query, vector, retrieve(query, vector, shelf, Filters(), limit=30), shelf)


def choice_of(candidates: list[Candidate], kind: UnitKind, *spans: Span) -> Choice:
    """The best candidate of a kind, with other spans where some are given."""
    found = next(c for c in candidates if c.unit.kind is kind)
    return Choice(replace(found, unit=replace(found.unit, spans=spans)) if spans else found)


def test_a_statement_has_a_citation_for_each_of_its_spans(shelf: Shelf, candidates: list[Candidate]) -> None:
    citations = Citations(shelf)
    sentence = state(choice_of(candidates, UnitKind.SENTENCE), citations)
    row = state(choice_of(candidates, UnitKind.ROW), citations)
    assert sentence is not None
    assert row is not None
    assert sentence.citations == (1,)
    assert sentence.text == citations.made[0].quote
    assert row.citations == (2, 3)
    assert [citation.number for citation in citations.made] == [1, 2, 3]


def test_the_same_span_is_one_citation(shelf: Shelf, candidates: list[Candidate]) -> None:
    citations = Citations(shelf)
    choice = choice_of(candidates, UnitKind.SENTENCE)
    first, again = state(choice, citations), state(choice, citations)
    assert first == again
    assert len(citations.made) == 1


@pytest.mark.parametrize(
    "span",
    [
        pytest.param(Span(9999, 0, 10), id="no such page"),
        pytest.param(Span(0, 0, 10), id="page 0"),
        pytest.param(Span(1, 0, 10**6), id="beyond the text"),
        pytest.param(Span(1, 10**6, 10**6 + 5), id="behind the text"),
        pytest.param(Span(1, -5, 10), id="before the text"),
        pytest.param(Span(1, 5, 5), id="nothing"),
        pytest.param(Span(1, 9, 5), id="backwards"),
    ],
)
def test_a_span_that_is_not_on_its_page_is_not_shown(shelf: Shelf, candidates: list[Candidate], span: Span) -> None:
    citations = Citations(shelf)
    good = choice_of(candidates, UnitKind.SENTENCE)
    assert cite(1, good.candidate.stored, span, shelf) is None
    assert state(choice_of(candidates, UnitKind.SENTENCE, span), citations) is None
    assert state(choice_of(candidates, UnitKind.ROW, *good.candidate.unit.spans, span), citations) is None
    assert citations.made == [], "half a statement was cited"
    shown = state(good, citations)
    assert shown is not None
    assert shown.citations == (1,), "what was dropped used up a number"


def test_white_space_is_no_quote(shelf: Shelf, candidates: list[Candidate]) -> None:
    stored = choice_of(candidates, UnitKind.SENTENCE).candidate.stored
    page = shelf.page(stored.document_id, stored.chunk.page)
    assert page is not None
    at = next(i for i, character in enumerate(page.text) if character.isspace())
    assert cite(1, stored, Span(page.number, at, at + 1), shelf) is None


def test_a_quote_whose_speaker_is_not_found_is_not_shown(shelf: Shelf, candidates: list[Candidate]) -> None:
    found = choice_of(candidates, UnitKind.SENTENCE).candidate
    unit = replace(found.unit, speaker=Span(9999, 0, 5), speaker_text="Ann Other")
    assert state(Choice(replace(found, unit=unit)), Citations(shelf)) is None


def test_a_span_that_holds_other_words_is_not_shown(shelf: Shelf, candidates: list[Candidate]) -> None:
    [span] = choice_of(candidates, UnitKind.SENTENCE).candidate.unit.spans
    shifted = Span(span.page, span.start + 7, span.end + 7)
    assert state(choice_of(candidates, UnitKind.SENTENCE, shifted), Citations(shelf)) is None


def test_a_citation_names_its_document_article_and_printed_page(shelf: Shelf, candidates: list[Candidate]) -> None:
    citations = Citations(shelf)
    found = choice_of(candidates, UnitKind.SENTENCE)
    assert state(found, citations) is not None
    [citation] = citations.made
    record = shelf.documents[found.candidate.stored.document_id]
    page = shelf.page(record.id, citation.page)
    assert page is not None
    assert (citation.document_title, citation.file_name) == (record.title, record.file_name)
    assert citation.page_label == page.label
    assert citation.health == "read"
    assert citation.article
    assert citation.url == f"/documents/{record.id}?page={citation.page}#page={citation.page}"


def test_boxes_are_one_a_line() -> None:
    page = make_page((BlockKind.PARAGRAPH, "The hub has six beds"), (BlockKind.PARAGRAPH, "and two staff."))
    start, end = page.text.index("hub"), page.text.index("two") + 3
    boxes = boxes_of(page, Span(1, start, end))
    assert len(boxes) == 2
    (hub, two) = ((page.words[1], page.words[4]), (page.words[5], page.words[6]))
    for (x0, y0, x1, y1), (first, last) in zip(boxes, (hub, two), strict=True):
        assert (x0, y0, x1, y1) == (first.x0, first.y0, last.x1, last.y1)


def test_a_word_that_only_touches_the_quote_is_not_marked() -> None:
    page = make_page((BlockKind.PARAGRAPH, "The hub has six beds"))
    start = page.text.index("hub")
    assert len(boxes_of(page, Span(1, start, start + 3))) == 1
    assert boxes_of(page, Span(1, start, start + 3))[0][0] == page.words[1].x0
    assert boxes_of(page, Span(1, start + 3, start + 4)) == ()
