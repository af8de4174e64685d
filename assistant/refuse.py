"""Whether the documents answer at all. Silence is worth more than the nearest sentence that does not.

Each rule is a reason to stay silent that a person would give; the limits are fitted on the tuning halves of the golden
sets (docs/decisions/0006).
"""

import re
from collections.abc import Sequence

from assistant.features import DATE, NUMBER, PERSON, holds
from assistant.kinds import Kind
from assistant.lexicon import stems_of
from assistant.question import Query, Term
from assistant.rank import Candidate
from assistant.units import Unit, UnitKind

LOOKED_AT = 6  # best units that may hold the answer
MEANING = 0.30  # cosine below which even the nearest sentence is about something else …
COVERED = 0.50  # … unless this share of the question's words stands in or around it
SHARED = 0.30  # share of the telling words, by weight, that a passage must hold to answer at all
ABOUT = 0.5
APART = 9  # words between a figure and what it counts
_NUMBERING = re.compile(r"^\s*\d{1,2}[.)]?\s+", re.M)


def has_evidence(query: Query, ranked: Sequence[Candidate]) -> bool:
    if not ranked or query.small_talk or not query.terms or query.unknown_names:
        return False
    best = ranked[:LOOKED_AT]
    near = max(c.features["meaning"] for c in best)
    covered = max(sum(c.features[name] for name in ("inside", "beside", "around")) for c in best)
    if near < MEANING and covered < COVERED:
        return False
    return any(_may_answer(query, candidate) for candidate in best)


def _may_answer(query: Query, candidate: Candidate) -> bool:
    """About the council asked for, of the year and form asked for, and with the thing asked for."""
    unit, chunk = candidate.unit, candidate.stored.chunk
    if query.named.councils and candidate.features["about"] < ABOUT:
        return False
    passage = f"{unit.text} {unit.speaker_text} {unit.heading} {unit.before} {chunk.context} {chunk.text}"
    if not all(year in passage for year in query.years):
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
    if Kind.WHEN in query.kinds and not DATE.search(text):
        return False
    if Kind.NUMBER in query.kinds and not NUMBER.search(_figures(text)):
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
    return unit.kind in (UnitKind.ROW, UnitKind.LIST) or not required or _counts(required, _figures(unit.text))


def _required(query: Query) -> list[Term]:
    """What the answer can't do without: the telling words of the question's focus."""
    if Kind.NUMBER in query.kinds:
        return [term for term in query.focus if not term.named]
    telling = [term for term in query.focus if not term.generic and not term.named]
    return [term for term in query.focus if not term.named] if telling and len(query.focus) <= 2 else telling[:2]


def _counts(required: Sequence[Term], text: str) -> bool:
    words = text.split()
    figures = [n for n, word in enumerate(words) if NUMBER.search(word)]
    return any(
        holds(term, stems_of(" ".join(words[max(0, n - APART) : n + APART + 1]))) for n in figures for term in required
    )


def _figures(text: str) -> str:
    """The text without its dates and without the numbering of its lists."""
    return DATE.sub(" ", _NUMBERING.sub("", text))
