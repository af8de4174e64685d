"""A dozen real answers: every word of them stands where its citation says."""

import re

import pytest

from assistant.types import Citation
from ingest.library import Library
from tests.assistant.conftest import Converse
from tests.assistant.pages import added, letters

CONVERSATIONS = [
    ("Who manages Futures for Families?",),
    ("Who is Sue Williams?",),
    ("Who is Chloe?",),
    ("When did Norfolk go live?",),
    ("When did the Lighthouse in Warrington open?",),
    ("How many multidisciplinary teams has Herts got?",),
    ("How many kids were in care in Coventry in March 2024?",),
    ("What share of social work posts in Leeds are agency?",),
    ("Which councils took on No Wrong Door?",),
    ("list all the FS adopters",),
    ("What four questions does No Wrong Door ask of every decision?",),
    ("What is a stepped-wedge trial?",),
    ("wat is Family Safegaurding?",),
    ("When did Norfolk go live?", "And what do they call it there?"),
]
every = pytest.mark.parametrize("turns", CONVERSATIONS, ids=lambda turns: turns[-1])


def check(citation: Citation, library: Library) -> None:
    """The quote stands on its page, and its boxes lie on it."""
    page = library.page(citation.document_id, citation.page)
    assert page.text[citation.start : citation.end] == citation.quote
    assert citation.quote.strip()
    assert citation.page_label == page.label
    assert citation.boxes
    for x0, y0, x1, y1 in citation.boxes:
        assert 0 <= x0 < x1 <= page.width
        assert 0 <= y0 < y1 <= page.height


@every
def test_every_quote_and_passage_stands_on_its_page(
    converse: Converse, corpus_library: Library, turns: tuple[str, ...]
) -> None:
    answer = converse(*turns)
    assert answer.status == "answered"
    assert answer.citations
    for citation in answer.citations:
        check(citation, corpus_library)
    for number, passage in enumerate(answer.passages, 1):
        check(passage.citation, corpus_library)
        assert passage.citation.number == number
        assert letters(passage.text) == letters(passage.citation.quote)


@every
def test_the_markers_are_those_of_the_statements_and_of_the_citations(
    converse: Converse, turns: tuple[str, ...]
) -> None:
    answer = converse(*turns)
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    told = [n for statement in answer.statements for n in (*statement.citations, *statement.agreeing)]
    assert [int(marker) for marker in re.findall(r"\[(\d+)\]", answer.answer)] == told
    assert set(told) == set(numbers), "a citation that no statement uses, or a marker without a citation"
    for statement in answer.statements:
        assert statement.citations
        assert statement.support == "verbatim"
        assert f"{statement.text} {''.join(f'[{n}]' for n in statement.citations)}" in answer.answer


@every
def test_a_statement_holds_nothing_that_its_quotes_do_not(converse: Converse, turns: tuple[str, ...]) -> None:
    answer = converse(*turns)
    quotes = {citation.number: citation.quote for citation in answer.citations}
    for statement in answer.statements:
        own = [quotes[number] for number in statement.citations]
        assert added(statement.text, own) == "", statement
        for piece in re.split(r"[:(),\n]| — ", statement.text):
            assert letters(piece) in letters("".join(own)), statement
        assert "|" not in statement.text


@every
def test_an_answer_is_short_unless_a_list_is_asked_for(converse: Converse, turns: tuple[str, ...]) -> None:
    answer = converse(*turns)
    assert len(answer.statements) <= 5
    assert len({statement.text for statement in answer.statements}) == len(answer.statements)
    assert len(re.sub(r"\[\d+\]", "", answer.answer).split()) <= 130


@every
def test_passages_are_the_best_first(converse: Converse, turns: tuple[str, ...]) -> None:
    passages = converse(*turns).passages
    scores = [passage.score for passage in passages]
    assert 2 <= len(passages) <= 8
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1 > scores[1] >= scores[-1] >= 0, "scores are shares of the best"
    places = {(p.citation.document_id, p.citation.page, p.citation.start) for p in passages}
    assert len(places) == len(passages)
