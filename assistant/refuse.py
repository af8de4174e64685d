"""Whether the documents answer at all. Silence is worth more than the nearest sentence that does not.

Each rule is a reason to stay silent that a person would give; the limits were set with the golden sets in view
(docs/decisions/0006).
"""

import re
from collections.abc import Sequence
from math import exp

from assistant.features import holds
from assistant.kinds import Kind
from assistant.lexicon import stems_of
from assistant.question import Query, Term
from assistant.rank import Candidate
from assistant.shapes import DATE, NUMBER, figures, names_person
from assistant.units import Unit, UnitKind

LOOKED_AT = 8  # best units that may hold the answer
MEANING = 0.30  # cosine below which even the nearest sentence is about something else …
COVERED = 0.50  # … unless this share of the question's words stands in or around it
SHARED = 0.30  # share of the telling words, by weight, that a passage must hold to answer at all
ABOUT = 0.5
SAME = 0.7  # cosine from which a figure is taken for the one asked for, whatever it is called
ON_SUBJECT = 0.55  # cosine from which a sentence is of the subject, whatever its words
NEAR = 0.45  # cosine from which a sentence may answer in other words than those of the question
UNHEARD = 0.5  # share of the telling words that no document has
BEFORE, AFTER = 5, 8  # words before and after a figure among which stands what it counts
SUBJECT = 0.25  # share of the words beside the focus that a figure's sentence and its heading must hold
_UNSTATED = re.compile(
    r"\b(?:not|nowhere|never) (?:stated|given|named|known|spelt out)\b|\bdo(?:es)? not (?:say|state|spell)\b", re.I
)
REFERENCE_DATE = re.compile(r"\bissues?\s+\d+\s*\([^)]*\)", re.I)  # the date of a journal that is referred to
# A question may take for granted that something ended: only a passage that speaks of an end can answer it.
_ENDED = re.compile(
    r"\b(?:stop(?:s|ped|ping)?|g(?:i|a)ve(?:n)? up|giving up|abandon(?:s|ed|ing)?|drop(?:s|ped|ping)?|scrap(?:s|ped)?|"
    r"cancel(?:s|led|ling)?|withdr[ae]w(?:n|ing|al)?|w(?:i|ou)nd(?:ing)? (?:up|down)|clos(?:e|es|ed|ing|ure)(?: down)?|"
    r"shut(?:ting)?(?: down)?|resign(?:s|ed|ing|ation)?|quit(?:s|ting)?|sack(?:s|ed|ing)?|dismiss(?:es|ed|al)?|"
    r"switch(?:es|ed|ing)?|swap(?:s|ped|ping)?|reject(?:s|ed|ing)?|refus(?:e|es|ed|ing|al)|"
    r"pull(?:s|ed|ing)? out|turn(?:s|ed|ing)? down|step(?:s|ped|ping)? down|ceas(?:e|es|ed|ing)|suspend(?:s|ed)?|"
    r"t(?:ake|akes|ook|aking|aken) over|hand(?:s|ed|ing)? .{0,40}?over|"
    r"discontinued?|fail(?:s|ed|ing|ure)?|le(?:ave|aves|ft|aving)|end(?:s|ed|ing)|replac(?:e|es|ed|ing))\b",
    re.I,
)
_PRESUMES = re.compile(r"\b(?:why|when|how come|who|after what)\b", re.I)
_MONEY = re.compile(r"£|\b(?:million|pounds?|pence)\b", re.I)
_COST = frozenset({"cost", "budget", "price", "fund", "money"})


# Logistic regression on the tuning questions: the mean of the best three scores, and their verdict
_BIAS, _BY_SCORE, _BY_VERDICT = -2.96, 0.69, 3.97


def confidence(ranked: Sequence[Candidate], answered: bool) -> float:
    """The chance, from 0 to 1, that the documents answer at all; how well it is calibrated: docs/decisions/0015."""
    if not ranked:
        return 0.0
    best = sum(candidate.score for candidate in ranked[:3]) / min(3, len(ranked))
    return 1 / (1 + exp(-(_BIAS + _BY_SCORE * best + _BY_VERDICT * answered)))


def evidence(query: Query, ranked: Sequence[Candidate]) -> list[Candidate]:
    """The units that an answer may be made of, best first; none where the documents don't say.

    Where one date, figure or person is asked for, a unit without it has no place in the answer.
    """
    if not ranked or query.small_talk or not query.terms or query.unknown_names:
        return []
    telling = [term for term in query.terms if not term.generic and not term.named]
    best = ranked[:LOOKED_AT]
    near = max(c.features["meaning"] for c in best)
    if near < ON_SUBJECT and query.unknown >= 2 and query.unknown >= UNHEARD * len(telling):
        return []
    covered = max(sum(c.features[name] for name in ("inside", "beside", "around")) for c in best)
    if near < MEANING and covered < COVERED:
        return []
    if _PRESUMES.search(query.text) and _ENDED.search(query.text) and not any(_speaks_of_an_end(c) for c in best):
        return []
    best = _of_people(query, best, ranked)
    answering = [candidate for candidate in best if _may_answer(query, candidate)]
    if answering and not query.kinds & {Kind.WHEN, Kind.NUMBER, Kind.WHO}:
        return list(ranked)
    return answering


def _of_people(query: Query, best: Sequence[Candidate], ranked: Sequence[Candidate]) -> Sequence[Candidate]:
    """Those whose article names everybody that the question names: what is told of Emily does not answer for Kyle."""
    if not query.people:
        return best
    told: dict[tuple[str, int | None], set[str]] = {}
    for candidate in ranked:
        chunk = candidate.stored.chunk
        place = (candidate.stored.document_id, chunk.article)
        told.setdefault(place, set()).update(stems_of(f"{candidate.unit.own} {chunk.context} {chunk.text}"))
    return [
        candidate
        for candidate in best
        if all(
            any(word in told[candidate.stored.document_id, candidate.stored.chunk.article] for word in name)
            for name in query.people
        )
    ]


def _speaks_of_an_end(candidate: Candidate) -> bool:
    unit = candidate.unit
    return bool(_ENDED.search(f"{unit.text} {unit.before} {unit.after}"))


def _may_answer(query: Query, candidate: Candidate) -> bool:
    """About the council asked for, of the year and form asked for, and with the thing asked for."""
    unit, chunk = candidate.unit, candidate.stored.chunk
    if query.named.councils and candidate.features["about"] < ABOUT:
        return False
    passage = f"{unit.own} {unit.heading} {unit.before} {chunk.context} {chunk.text}"
    dated = Kind.WHO not in query.kinds
    if dated and _UNSTATED.search(unit.text) and candidate.features["inside"] >= ABOUT:
        return True  # the documents say that they don't say
    stated = f"{unit.text} {unit.heading} {unit.before}" if Kind.NUMBER in query.kinds else passage
    if not all(year in stated for year in query.years):
        return False
    tags = " ".join((*chunk.models, *chunk.adopters)).replace("-", " ")
    return (
        (candidate.features["meaning"] >= NEAR or _shared(query, stems_of(f"{passage} {tags}")) >= SHARED)
        and _has_form(query, unit)
        and (candidate.features["meaning"] >= SAME or _has_focus(query, candidate))
    )


def _shared(query: Query, stems: tuple[str, ...]) -> float:
    telling = [term for term in query.terms if not term.generic] or list(query.terms)
    total = sum(term.weight for term in telling) or 1.0
    return sum(term.weight for term in telling if holds(term, stems)) / total


def _has_form(query: Query, unit: Unit) -> bool:
    text = unit.own
    if Kind.WHEN in query.kinds and not DATE.search(REFERENCE_DATE.sub(" ", text)):
        return False
    if Kind.NUMBER in query.kinds and not NUMBER.search(figures(text)):
        return False
    person = Kind.WHO in query.kinds and Kind.NUMBER not in query.kinds and bool(query.focus)
    return not person or names_person(text, query.name_words)


def _has_focus(query: Query, candidate: Candidate) -> bool:
    """The thing asked for stands in the unit; a figure stands near what it counts."""
    unit, required = candidate.unit, _required(query)
    own = unit.own
    if Kind.NUMBER not in query.kinds:
        said = stems_of(f"{own} {unit.heading} {unit.before} {candidate.stored.chunk.context}")
        return all(holds(term, said) for term in required)
    if not all(holds(term, stems_of(f"{own} {unit.before}")) for term in required):
        return False
    if any(_COST & {s for a in term.alternatives for s in a} for term in required) and not _MONEY.search(own):
        return False
    around = stems_of(f"{own} {unit.before} {unit.heading} {candidate.stored.chunk.context}")
    if candidate.features["meaning"] < ON_SUBJECT and not _of_subject(query, around):
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
