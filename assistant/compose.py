"""The few units that answer: the best one, what it needs to be understood, and what adds to it, within a word budget."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from assistant.question import Kind, Query
from assistant.rank import Candidate, holds
from assistant.units import Unit, UnitKind

WORDS = 80  # of an answer that is not a list
STATEMENTS = 4
LIST_WORDS = 220
NEAR = 0.72  # share of the best score that a further statement must reach
SAME = 88.0  # per cent alike: a pull quote and the sentence it repeats
_ANAPHOR = re.compile(
    r"^(?:[“\"‘']?)(?:they|it|this|these|those|that|he|she|his|her|their|its|such|here|both|as a result|in addition|"
    r"however|but|also|similarly|then|all these|alongside this)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit that goes into the answer, with the sentence before it when it can't stand alone."""

    candidate: Candidate
    before: Unit | None = None


def compose(query: Query, ranked: Sequence[Candidate]) -> list[Choice]:
    """The chosen units in the order they are shown: best first, those of one passage together."""
    if not ranked:
        return []
    chosen: list[Candidate] = []
    words = 0
    for candidate in ranked:
        if len(chosen) >= STATEMENTS or (chosen and candidate.score < NEAR * chosen[0].score):
            break
        budget = LIST_WORDS if candidate.unit.kind is UnitKind.LIST and not chosen else WORDS - words
        if candidate.unit.words > budget and chosen:
            continue
        if any(_repeats(candidate, other) for other in chosen):
            continue
        chosen.append(candidate)
        words += candidate.unit.words
        if _is_enough(query, chosen):
            break
    return [Choice(candidate) for candidate in chosen]


def _repeats(candidate: Candidate, other: Candidate) -> bool:
    first, second = candidate.unit.text, other.unit.text
    if len(first) > len(second):
        first, second = second, first
    return fuzz.partial_ratio(first.lower(), second.lower()) >= SAME


def _is_enough(query: Query, chosen: Sequence[Candidate]) -> bool:
    """A whole list answers a question for a list."""
    return chosen[0].unit.kind is UnitKind.LIST and Kind.LIST in query.kinds and chosen[0].words > 0.6


def needs_before(unit: Unit) -> bool:
    return bool(_ANAPHOR.match(unit.text)) and bool(unit.before)


def covers(query: Query, chosen: Sequence[Candidate]) -> float:
    """Weighted share of the question's telling terms that the chosen units and their surroundings hold together."""
    telling = [t for t in query.terms if not t.generic] or list(query.terms)
    total = sum(t.weight for t in telling) or 1.0
    return sum(t.weight for t in telling if any(holds(t, tuple(c.stems)) for c in chosen)) / total
