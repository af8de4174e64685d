"""Whether the documents answer at all. Silence is worth more than the nearest sentence that does not.

Each rule is a reason to stay silent that a person would give; the limits were set with the golden sets in view
(docs/decisions/0006).
"""

import re
from collections.abc import Sequence

from assistant.features import DATE, NUMBER, PERSON, figures, holds
from assistant.kinds import Kind
from assistant.lexicon import stems_of
from assistant.question import Query, Term
from assistant.rank import Candidate
from assistant.units import Unit, UnitKind

LOOKED_AT = 8  # best units that may hold the answer
MEANING = 0.30  # cosine below which even the nearest sentence is about something else …
COVERED = 0.50  # … unless this share of the question's words stands in or around it
SHARED = 0.30  # share of the telling words, by weight, that a passage must hold to answer at all
ABOUT = 0.5
UNHEARD = 0.5  # share of the telling words that no document has
BEFORE, AFTER = 5, 8  # words before and after a figure among which stands what it counts
SUBJECT = 0.25  # share of the words beside the focus that a figure's sentence and its heading must hold
_UNSTATED = re.compile(
    r"\b(?:not|nowhere|never) (?:stated|given|named|known|spelt out)\b|\bdo(?:es)? not (?:say|state|spell)\b", re.I
)
REFERENCE_DATE = re.compile(r"\bissues?\s+\d+\s*\([^)]*\)", re.I)  # the date of a journal that is referred to
_MONEY = re.compile(r"£|\b(?:million|pounds?|pence)\b", re.I)
_COST = frozenset({"cost", "budget", "price", "fund", "money"})


def evidence(query: Query, ranked: Sequence[Candidate]) -> list[Candidate]:
    """The units that an answer may be made of, best first; none where the documents don't say.

    Where one date, figure or person is asked for, a unit without it has no place in the answer.
    """
    if not ranked or query.small_talk or not query.terms or query.unknown_names:
        return []
    telling = [term for term in query.terms if not term.generic]
    if query.unknown >= 2 and query.unknown >= UNHEARD * len(telling):
        return []
    best = ranked[:LOOKED_AT]
    near = max(c.features["meaning"] for c in best)
    covered = max(sum(c.features[name] for name in ("inside", "beside", "around")) for c in best)
    if near < MEANING and covered < COVERED:
        return []
    answering = [candidate for candidate in best if _may_answer(query, candidate)]
    if answering and not query.kinds & {Kind.WHEN, Kind.NUMBER, Kind.WHO}:
        return list(ranked)
    return answering


def _may_answer(query: Query, candidate: Candidate) -> bool:
    """About the council asked for, of the year and form asked for, and with the thing asked for."""
    unit, chunk = candidate.unit, candidate.stored.chunk
    if query.named.councils and candidate.features["about"] < ABOUT:
        return False
    passage = f"{unit.text} {unit.speaker_text} {unit.heading} {unit.before} {chunk.context} {chunk.text}"
    dated = Kind.WHO not in query.kinds
    if dated and _UNSTATED.search(unit.text) and candidate.features["inside"] >= ABOUT:
        return True  # the documents say that they don't say
    stated = f"{unit.text} {unit.heading} {unit.before}" if Kind.NUMBER in query.kinds else passage
    if not all(year in stated for year in query.years):
        return False
    tags = " ".join((*chunk.models, *chunk.adopters)).replace("-", " ")
    return (
        _shared(query, stems_of(f"{passage} {tags}")) >= SHARED
        and _has_form(query, unit)
        and _has_focus(query, candidate)
    )


def _shared(query: Query, stems: tuple[str, ...]) -> float:
    telling = [term for term in query.terms if not term.generic] or list(query.terms)
    total = sum(term.weight for term in telling) or 1.0
    return sum(term.weight for term in telling if holds(term, stems)) / total


def _has_form(query: Query, unit: Unit) -> bool:
    text = f"{unit.text} {unit.speaker_text}"
    if Kind.WHEN in query.kinds and not DATE.search(REFERENCE_DATE.sub(" ", text)):
        return False
    if Kind.NUMBER in query.kinds and not NUMBER.search(figures(text)):
        return False
    return not (Kind.WHO in query.kinds and query.focus and not PERSON.search(text))


def _has_focus(query: Query, candidate: Candidate) -> bool:
    """The thing asked for stands in the unit; a figure stands near what it counts."""
    unit, required = candidate.unit, _required(query)
    own = f"{unit.text} {unit.speaker_text}"
    if Kind.NUMBER not in query.kinds:
        said = stems_of(f"{own} {unit.heading} {unit.before} {candidate.stored.chunk.context}")
        return all(holds(term, said) for term in required)
    if not all(holds(term, stems_of(f"{own} {unit.before}")) for term in required):
        return False
    if any(_COST & {s for a in term.alternatives for s in a} for term in required) and not _MONEY.search(own):
        return False
    around = stems_of(f"{own} {unit.before} {unit.heading} {candidate.stored.chunk.context}")
    if not _of_subject(query, around):
        return False
    return unit.kind is UnitKind.ROW or not required or _counts(required, figures(unit.text))


def _of_subject(query: Query, stems: tuple[str, ...]) -> bool:
    """Whether a figure is one of the thing asked about: the cost of an agency worker is not that of a team."""
    councils = set(query.named.councils)
    beside = [t for t in query.terms if not t.generic and t not in query.focus and not (councils and t.named)]
    total = sum(term.weight for term in beside)
    return not total or sum(term.weight for term in beside if holds(term, stems)) >= SUBJECT * total


def _required(query: Query) -> list[Term]:
    """What the answer can't do without: the telling words of the question's focus."""
    if Kind.NUMBER in query.kinds:
        return [term for term in query.focus if not term.named]
    telling = [term for term in query.focus if not term.generic and not term.named]
    return [term for term in query.focus if not term.named] if telling and len(query.focus) <= 2 else telling[:2]


def _counts(required: Sequence[Term], text: str) -> bool:
    """Whether a figure stands by what it counts: «32 children and young people», «teams (21 in …)», «two hubs»."""
    words = text.split()
    for n, word in enumerate(words):
        if not NUMBER.search(word):
            continue
        near = words[max(0, n - BEFORE) : n + AFTER + 1] if any(c.isdigit() for c in word) else words[n : n + 3]
        if any(holds(term, stems_of(" ".join(near))) for term in required):
            return True
    return False
