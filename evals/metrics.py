"""The figures, as pure functions: no file, clock, library or model in here."""

import re
import statistics
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from evals.questions import GoldenQuestion, GoldPage
from evals.statistics import Part, figure

RUN = 6  # words in a row that two quotes share when they are of the same sentence

_STRAIGHT = {
    **dict.fromkeys(map(ord, "‘’"), "'"),
    **dict.fromkeys(map(ord, "“”"), '"'),
    **dict.fromkeys(range(0x2010, 0x2015), "-"),
    0xA0: " ",
    0xAD: None,
    **{ord(ligature): letters for ligature, letters in zip("ﬀﬁﬂﬃﬄ", ("ff", "fi", "fl", "ffi", "ffl"), strict=True)},
}


def plain(text: str) -> str:
    """Straight quotes and dashes and single spaces: what the fact patterns are written for."""
    return re.sub(r"\s+", " ", text.translate(_STRAIGHT))


def letters(text: str) -> str:
    """Letters and figures alone, so that spaces, hyphens and quote marks do not decide whether a quote stands."""
    return re.sub(r"[^0-9a-z£%]+", "", plain(text).lower())


def holds_facts(facts: Sequence[str], answer: str) -> bool:
    """Whether the answer holds every fact, in one of its alternatives."""
    return facts_held(facts, answer) == len(facts)


def facts_held(facts: Sequence[str], text: str) -> int:
    """How many of the facts a text holds."""
    text = plain(text)
    return sum(any(re.search(option.strip(), text, re.I) for option in fact.split("||")) for fact in facts)


def gold_rank(pages: Sequence[GoldPage], gold: Collection[GoldPage]) -> int | None:
    """The place, from 1, of the first gold page among the distinct pages retrieved; None when there is none."""
    distinct = dict.fromkeys(pages)
    return next((rank for rank, page in enumerate(distinct, 1) if page in gold), None)


def quote_stands(quote: str, page_letters: str) -> bool:
    """Whether the quote stands in the letters of a page that another program has read."""
    wanted = letters(quote)
    return bool(wanted) and wanted in page_letters


def overlaps(quote: str, other: str) -> bool:
    """Whether two quotes of one page have a run of words in common; a short one has to stand in the other whole."""
    one, two = (re.findall(r"[\w£%]+", plain(text).lower()) for text in (quote, other))
    needed = min(RUN, len(one), len(two))
    return needed > 0 and SequenceMatcher(None, one, two, autojunk=False).find_longest_match().size >= needed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one golden question. `rank` is the gold page's among the retrieved pages.

    quotes_standing: another reader finds them on the cited page; offsets_right: the stored page gives them back letter
    for letter. statements_supported: those with a quote from a gold page that holds a fact or overlaps a gold quote;
    facts_cited: facts that stand in the quotes from gold pages. `stages` are milliseconds by name.
    """

    question: GoldenQuestion
    answer: str
    refused: bool
    holds_facts: bool
    cited_gold: bool
    rank: int | None
    quotes: int
    quotes_standing: int
    offsets_right: int
    statements: int
    marked: int
    milliseconds: float
    statements_supported: int = 0
    facts_cited: int = 0
    confidence: float | None = None
    stages: Mapping[str, float] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        if self.question.answerable:
            return self.holds_facts and not self.refused
        return self.refused


# What a question adds to each figure; an unanswerable one, for instance, adds nothing to the facts
MEASURES: Mapping[str, Callable[[Outcome], Part]] = {
    "right": lambda one: (one.right, 1),
    "facts": lambda one: (one.right, 1) if one.question.answerable else (0, 0),
    "cited": lambda one: (one.cited_gold, 1) if one.question.answerable else (0, 0),
    "hit_at_1": lambda one: (within(one.rank, 1), 1) if one.question.answerable else (0, 0),
    "hit_at_5": lambda one: (within(one.rank, 5), 1) if one.question.answerable else (0, 0),
    "mrr": lambda one: (1 / one.rank if one.rank else 0, 1) if one.question.answerable else (0, 0),
    "statement_precision": lambda one: (
        (one.statements_supported, one.statements) if one.question.answerable and not one.refused else (0, 0)
    ),
    "fact_recall": lambda one: (one.facts_cited, len(one.question.facts)),
    "quotes": lambda one: (one.quotes_standing, one.quotes),
    "offsets": lambda one: (one.offsets_right, one.quotes),
    "marked": lambda one: (one.marked, one.statements),
    "refusal_precision": lambda one: (one.refused and not one.question.answerable, one.refused),
    "refusal_recall": lambda one: (one.refused and not one.question.answerable, not one.question.answerable),
}


def parts(name: str, outcomes: Sequence[Outcome]) -> list[Part]:
    return [(float(part), float(whole)) for part, whole in map(MEASURES[name], outcomes)]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares between 0 and 1, None where nothing was counted; words and milliseconds are of one answer.

    offsets: citations whose start and end give the quote back; quotes: those another reader finds on the page.
    """

    questions: int
    right: float | None
    facts: float | None
    cited: float | None
    hit_at_1: float | None
    hit_at_5: float | None
    mrr: float | None
    statement_precision: float | None
    fact_recall: float | None
    quotes: float | None
    offsets: float | None
    marked: float | None
    refusal_precision: float | None
    refusal_recall: float | None
    words: float | None
    milliseconds_median: float | None
    milliseconds_p95: float | None


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """All figures over these outcomes."""
    found = {name: figure(parts(name, outcomes)) for name in MEASURES}
    times = [one.milliseconds for one in outcomes]
    words = [len(one.answer.split()) for one in outcomes if one.question.answerable and not one.refused]
    return Figures(
        questions=len(outcomes),
        **found,
        words=statistics.median(words) if words else None,
        milliseconds_median=percentile(times, 0.5),
        milliseconds_p95=percentile(times, 0.95),
    )


def within(rank: int | None, limit: int) -> bool:
    return rank is not None and rank <= limit


def percentile(values: Sequence[float], fraction: float) -> float | None:
    """Linear between the two nearest ranks, as numpy's default."""
    if not values:
        return None
    ordered = sorted(values)
    place = fraction * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
