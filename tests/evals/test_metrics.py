"""The figures, on answers small enough to reckon by hand."""

from dataclasses import replace

import pytest

from evals.metrics import (
    Outcome,
    facts_held,
    figures,
    gold_rank,
    holds_facts,
    letters,
    overlaps,
    percentile,
    plain,
    quote_stands,
    within,
)
from evals.questions import GoldenQuestion, GoldPage

GOLD = GoldPage("a.pdf", 3)
ASKED = GoldenQuestion("Q1", "figure", "tune", ("How many?",), frozenset({GOLD}), (r"\b32\b",), True)
UNKNOWN = GoldenQuestion("Q2", "noanswer", "tune", ("Why?",), frozenset(), (), False)
GOOD = Outcome(
    question=ASKED,
    answer="32 children went home.",
    refused=False,
    holds_facts=True,
    cited_gold=True,
    rank=1,
    quotes=2,
    quotes_standing=2,
    offsets_right=2,
    statements=1,
    marked=1,
    milliseconds=100.0,
    statements_supported=1,
    facts_cited=1,
)
REFUSAL = replace(
    GOOD,
    question=UNKNOWN,
    answer="The documents do not say.",
    refused=True,
    cited_gold=False,
    rank=None,
    facts_cited=0,
)


def test_plain_straightens_quotes_dashes_and_spaces() -> None:
    assert plain("“it’s\u00a0a‐b – c\nd\u00ade”") == '"it\'s a-b - c de"'


def test_letters_keep_only_what_a_quote_is_made_of() -> None:
    assert letters("The ﬁrst £22,700 – “less than 1 %”\nof re‐\nferrals") == "thefirst£22700lessthan1%ofreferrals"


def test_a_fact_holds_in_any_of_its_alternatives_and_all_facts_are_needed() -> None:
    assert holds_facts(["two years||24 months", r"\b500\b"], "Over TWO\nyears 500 people were asked.")
    assert not holds_facts(["two years", r"\b500\b"], "Over two years 1,5000 people were asked.")
    assert holds_facts(["it's"], "It’s so")


def test_the_rank_counts_distinct_pages() -> None:
    other = GoldPage("a.pdf", 1)
    assert gold_rank([other, other, GOLD], {GOLD}) == 2
    assert gold_rank([other], {GOLD}) is None
    assert gold_rank([], {GOLD}) is None


def test_a_rank_is_within_its_limit() -> None:
    assert within(5, 5)
    assert not within(6, 5)
    assert not within(None, 5)


def test_a_quote_stands_whatever_its_spaces_and_hyphens() -> None:
    page = letters("some words ‘multi-\nagency’ working, and more")
    assert quote_stands("“multi agency” working", page)
    assert not quote_stands("multi-agency teams", page)
    assert not quote_stands("…", page), "a quote without a letter proves nothing"


@pytest.mark.parametrize(("fraction", "expected"), [(0.0, 1.0), (0.5, 2.5), (0.95, 3.85), (1.0, 4.0)])
def test_percentiles_lie_between_the_ranks(fraction: float, expected: float) -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], fraction) == pytest.approx(expected)


def test_facts_are_counted_one_by_one() -> None:
    assert facts_held(["two years||24 months", r"\b500\b", "never"], "Within 24 months, 500 people") == 2


def test_quotes_of_one_sentence_overlap_and_others_do_not() -> None:
    sentence = "Norfolk’s service, which opened in 2021, is called New Roads and has two hubs."
    assert overlaps(sentence, "New Roads"), "a short quote stands in the other whole"
    assert overlaps("which opened in 2021, is called New Roads.", sentence)
    assert not overlaps("New ways, old roads", "New Roads")
    assert not overlaps(sentence, "It is called New Roads and nobody in Norfolk knows why")
    assert not overlaps("…", sentence)


def test_statements_are_supported_and_facts_cited_in_shares_of_all() -> None:
    half = replace(GOOD, statements=3, statements_supported=1, facts_cited=0, rank=4)
    found = figures([GOOD, half, REFUSAL])
    assert found.statement_precision == 2 / 4
    assert found.fact_recall == 1 / 2
    assert found.mrr == (1 + 1 / 4) / 2


def test_a_refusal_has_no_statement_to_support_and_cites_no_fact() -> None:
    wrong = replace(GOOD, refused=True, statements=0, statements_supported=0, facts_cited=0)
    found = figures([wrong])
    assert found.statement_precision is None
    assert found.fact_recall == 0.0


def test_a_right_answer_and_a_right_refusal() -> None:
    found = figures([GOOD, REFUSAL])
    assert found.questions == 2
    assert (found.right, found.facts, found.cited) == (1.0, 1.0, 1.0)
    assert (found.hit_at_1, found.hit_at_5, found.quotes, found.offsets, found.marked) == (1.0,) * 5
    assert (found.refusal_precision, found.refusal_recall) == (1.0, 1.0)
    assert found.words == 4


def test_a_refusal_of_an_answerable_question_counts_against_facts_and_precision() -> None:
    wrong = replace(GOOD, refused=True, quotes=0, quotes_standing=0, offsets_right=0, statements=0, marked=0)
    found = figures([GOOD, wrong, REFUSAL])
    assert found.facts == 0.5
    assert found.refusal_precision == 0.5
    assert found.refusal_recall == 1.0
    assert found.words == 4, "a refusal is not an answer whose words count"


def test_an_answer_to_an_unanswerable_question_counts_against_recall() -> None:
    found = figures([replace(GOOD, question=UNKNOWN, holds_facts=True)])
    assert found.right == 0.0
    assert found.refusal_recall == 0.0
    assert found.refusal_precision is None
    assert found.facts is None, "nothing was answerable"


def test_quotes_and_marks_are_shares_of_all_citations_and_statements() -> None:
    found = figures([GOOD, replace(GOOD, quotes=6, quotes_standing=4, offsets_right=5, statements=3, marked=2)])
    assert found.quotes == 6 / 8
    assert found.offsets == 7 / 8
    assert found.marked == 3 / 4


def test_nothing_asked_gives_no_figure() -> None:
    found = figures([])
    assert found.questions == 0
    assert found.facts is found.quotes is found.words is found.milliseconds_p95 is None
