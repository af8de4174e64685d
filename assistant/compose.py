"""The few units that answer: the best one, and what goes on with it or adds to it, within a word budget."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.features import DATE, NUMBER, figures
from assistant.kinds import Kind
from assistant.question import Query
from assistant.rank import Candidate
from assistant.units import Unit, UnitKind

WORDS = 96  # of an answer that is not a list
STATEMENTS = 5
NEAR = 0.75  # share of the best score that a further statement must reach
NEAR_SHARP = 0.85  # the same where one date, figure, person or name is asked for
ANTECEDENT = 30  # words of a sentence that is added only to say who «they» are
NEXT, PREVIOUS = 0.8, 0.2  # added to the score of a sentence right behind, or right before, a chosen one
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


def compose(
    query: Query, ranked: Sequence[Candidate], known: Sequence[Candidate] = (), words: int = WORDS
) -> list[Choice]:
    """The chosen units in the order they are shown: best first, those of one passage together."""
    if not ranked:
        return []
    sharp = bool(query.kinds & {Kind.WHEN, Kind.NUMBER, Kind.WHO, Kind.NAME})
    chosen: list[Candidate] = [ranked[0]]
    rest = [c for c in ranked[1:] if c.unit.kind is not UnitKind.BYLINE]
    while rest and len(chosen) < STATEMENTS and not _is_enough(query, chosen):
        told = sum(c.unit.words for c in chosen)
        worth = [(_worth(c, chosen), c) for c in rest]
        value, best = max(worth, key=lambda pair: pair[0])
        if value < (NEAR_SHARP if sharp else NEAR) * ranked[0].score:
            break
        rest.remove(best)
        if (
            told + best.unit.words <= words
            and not any(_repeats(best, other) for other in chosen)
            and not _says_nothing_new(query, best, chosen)
        ):
            chosen.append(best)
    return _with_antecedents(_in_order(chosen), known or ranked)


def _with_antecedents(chosen: list[Candidate], ranked: Sequence[Candidate]) -> list[Choice]:
    """Puts the sentence before in front of one that begins with «They …», unless it is shown already or too long."""
    shown = {candidate.unit.text for candidate in chosen}
    known = {(c.stored.document_id, c.unit.text): c.unit for c in ranked}
    choices: list[Choice] = []
    for candidate in chosen:
        unit = candidate.unit
        before = known.get((candidate.stored.document_id, unit.before)) if _ANAPHOR.match(unit.text) else None
        fits = before is not None and before.text not in shown and before.words <= ANTECEDENT
        choices.append(Choice(candidate, before if fits else None))
        shown.add(unit.before if fits else unit.text)
    return choices


def _worth(candidate: Candidate, chosen: Sequence[Candidate]) -> float:
    """A sentence beside a chosen one goes on with its thought; one that says the same again adds little."""
    value = candidate.score
    for other in chosen:
        if _follows(other, candidate):
            told = 1.0 if _ANAPHOR.match(candidate.unit.text) else min(1.0, candidate.features["inside"] / 0.2)
            value += NEXT * told
        elif _follows(candidate, other):
            value += PREVIOUS
    return value


def _follows(first: Candidate, second: Candidate) -> bool:
    return bool(first.unit.after) and first.unit.after == second.unit.text


def _in_order(chosen: list[Candidate]) -> list[Candidate]:
    """Sentences of one paragraph stand in their order, where the best of them stands."""
    ordered: list[Candidate] = []
    for candidate in chosen:
        at = len(ordered)
        for place, other in enumerate(ordered):
            if candidate.stored.document_id == other.stored.document_id and candidate.unit.page == other.unit.page:
                near = abs(candidate.unit.block - other.unit.block) <= 1
                if near and candidate.unit.spans[0].start < other.unit.spans[0].start:
                    at = min(at, place)
                elif near:
                    at = place + 1
        ordered.insert(at, candidate)
    return ordered


def _repeats(candidate: Candidate, other: Candidate) -> bool:
    first, second = candidate.unit.text, other.unit.text
    if len(first) > len(second):
        first, second = second, first
    alike = fuzz.partial_ratio(first.lower(), second.lower()) >= SAME
    return alike or fuzz.token_set_ratio(first.lower(), second.lower()) >= SAME


def _says_nothing_new(query: Query, candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Where a date or a figure is asked for: whether all of this unit's are told already."""
    pattern = DATE if Kind.WHEN in query.kinds else NUMBER if Kind.NUMBER in query.kinds else None
    if pattern is None:
        return False
    told = {m.lower() for other in chosen for m in _facts(pattern, other)}
    new = {m.lower() for m in _facts(pattern, candidate)}
    return bool(new) and new <= told


def _facts(pattern: re.Pattern[str], candidate: Candidate) -> list[str]:
    text = candidate.unit.text if pattern is DATE else figures(candidate.unit.text)
    return [word for match in pattern.finditer(text) for word in match.group().split() if pattern is DATE] or [
        word.strip(".,;:()") for word in text.split() if pattern is NUMBER and NUMBER.search(word)
    ]


def _is_enough(query: Query, chosen: Sequence[Candidate]) -> bool:
    """A whole list answers a question for a list."""
    return chosen[0].unit.kind is UnitKind.LIST and Kind.LIST in query.kinds and chosen[0].features["inside"] > 0.5
