"""The few units that answer: the best one, and what goes on with it or adds to it, within a word budget."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.kinds import Kind
from assistant.question import Query
from assistant.rank import Candidate
from assistant.shapes import DATE, NUMBER, figures
from assistant.units import Unit, UnitKind

CERTAIN = 3.4  # score from which the best unit is taken for the answer; below, more is shown for the person to judge
ANTECEDENT = 30  # words of a sentence that is added only to say who «they» are
NEXT, PREVIOUS = 0.2, 0.1  # added to the score of a sentence right behind, or right before, a chosen one
MEANING, INSIDE = 0.35, 0.35  # cosine, or share of the question, that a further unit must hold by itself
LIST_WITHIN = 2  # blocks below its announcement: the lead-in and the list
SAME = 88.0  # per cent alike: a pull quote and the sentence it repeats
_ANAPHOR = re.compile(
    r"^(?:[“\"‘']?)(?:they|it|this|these|those|that|he|she|his|her|their|its|such|here|both|as a result|in addition|"
    r"however|but|also|similarly|then|all these|alongside this)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Budget:
    """How much an answer that is not a list may say; `near` is the share of the best score that a further unit needs.

    `near_sharp` is the same where one date, figure, person or name is asked for.
    """

    words: int
    statements: int
    near: float
    near_sharp: float


SHORT = Budget(words=70, statements=5, near=0.75, near_sharp=0.85)
LONG = Budget(words=110, statements=5, near=0.6, near_sharp=0.7)


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit that goes into the answer, with the sentence before it when it can't stand alone."""

    candidate: Candidate
    before: Unit | None = None


def compose(
    query: Query, ranked: Sequence[Candidate], known: Sequence[Candidate] = (), words: int | None = None
) -> list[Choice]:
    """The chosen units in the order they are shown: best first, those of one passage together.

    `words` limits an answer that shares its room with others.
    """
    if not ranked:
        return []
    certain = ranked[0].score >= CERTAIN or ranked[0].features["defines"] > 0
    budget = SHORT if certain else LONG
    room = min(words or budget.words, budget.words)
    sharp = bool(query.kinds & {Kind.WHEN, Kind.NUMBER, Kind.WHO, Kind.NAME})
    enough = (budget.near_sharp if sharp else budget.near) * ranked[0].score
    chosen: list[Candidate] = [ranked[0]]
    rest = [c for c in ranked[1:] if c.unit.kind is not UnitKind.BYLINE]
    while rest and len(chosen) < budget.statements and not _is_enough(query, chosen):
        value, best = max(((_worth(c, chosen), c) for c in rest), key=lambda pair: pair[0])
        if value < enough:
            break
        rest.remove(best)
        if sum(c.unit.words for c in chosen) + best.unit.words <= room and _adds(query, best, chosen):
            chosen.append(best)
    return _with_antecedents(_in_order(chosen), known or ranked)


def _adds(query: Query, candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Whether it speaks of what is asked, in meaning or in words, and of something that is not shown yet."""
    features = candidate.features
    if features["label"] or (features["meaning"] < MEANING and features["inside"] < INSIDE):
        return False
    repeats = any(_repeats(candidate, other) for other in chosen)
    return not repeats and not _says_nothing_new(query, candidate, chosen)


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
    """The next sentence of the paragraph, or the list that it announces, with or without a lead-in between them."""
    one, two = first.unit, second.unit
    if two.kind is not UnitKind.LIST:
        return bool(one.after) and one.after == two.text
    near = first.stored.document_id == second.stored.document_id and one.page == two.page
    below = 0 < two.block - one.block <= LIST_WITHIN
    return near and below and one.after in ("", two.before)


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
