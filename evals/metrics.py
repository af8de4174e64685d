"""The figures, as pure functions: no file, clock, library or model in here."""

import re
import statistics
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from evals.questions import GoldenQuestion, GoldPage

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
    text = plain(answer)
    return all(any(re.search(option.strip(), text, re.I) for option in fact.split("||")) for fact in facts)


def gold_rank(pages: Sequence[GoldPage], gold: Collection[GoldPage]) -> int | None:
    """The place, from 1, of the first gold page among the distinct pages retrieved; None when there is none."""
    distinct = dict.fromkeys(pages)
    return next((rank for rank, page in enumerate(distinct, 1) if page in gold), None)


def quote_stands(quote: str, page_letters: str) -> bool:
    """Whether the quote stands in the letters of a page that another program has read."""
    wanted = letters(quote)
    return bool(wanted) and wanted in page_letters


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one golden question. `rank` is the gold page's among the retrieved pages."""

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

    @property
    def right(self) -> bool:
        if self.question.answerable:
            return self.holds_facts and not self.refused
        return self.refused


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
    answerable = [one for one in outcomes if one.question.answerable]
    unanswerable = [one for one in outcomes if not one.question.answerable]
    refused = [one for one in outcomes if one.refused]
    quotes = sum(one.quotes for one in outcomes)
    times = [one.milliseconds for one in outcomes]
    words = [len(one.answer.split()) for one in answerable if not one.refused]
    return Figures(
        questions=len(outcomes),
        right=share([one.right for one in outcomes]),
        facts=share([one.right for one in answerable]),
        cited=share([one.cited_gold for one in answerable]),
        hit_at_1=share([within(one.rank, 1) for one in answerable]),
        hit_at_5=share([within(one.rank, 5) for one in answerable]),
        quotes=ratio(sum(one.quotes_standing for one in outcomes), quotes),
        offsets=ratio(sum(one.offsets_right for one in outcomes), quotes),
        marked=ratio(sum(one.marked for one in outcomes), sum(one.statements for one in outcomes)),
        refusal_precision=share([not one.question.answerable for one in refused]),
        refusal_recall=share([one.refused for one in unanswerable]),
        words=statistics.median(words) if words else None,
        milliseconds_median=percentile(times, 0.5),
        milliseconds_p95=percentile(times, 0.95),
    )


def within(rank: int | None, limit: int) -> bool:
    return rank is not None and rank <= limit


def share(flags: Sequence[bool]) -> float | None:
    return ratio(sum(flags), len(flags))


def ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def percentile(values: Sequence[float], fraction: float) -> float | None:
    """Linear between the two nearest ranks, as numpy's default."""
    if not values:
        return None
    ordered = sorted(values)
    place = fraction * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
