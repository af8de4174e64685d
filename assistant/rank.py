"""Which sentences: what they say of the question's terms, how near they are in meaning, and whether they are of the kind asked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.lexicon import stems_of
from assistant.question import Kind, Query, Term
from assistant.retrieve import Hit
from assistant.shelf import Shelf
from assistant.units import Unit, UnitKind
from ingest.records import StoredChunk

CHUNKS = 14  # best chunks whose sentences are looked at
CANDIDATES = 48  # sentences that are compared by meaning
WEIGHTS = {"words": 1.0, "context": 0.45, "meaning": 1.3, "chunk": 0.55, "kind": 0.3}

_DATE = re.compile(
    r"\b(?:(?:\d{1,2}\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"(?:\s+\d{4})?|(?:19|20)\d\d)\b",
    re.I,
)
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|half|third|quarter|double[ds]?|"
    r"fewer|less than|more than|hundreds?)\b",
    re.I,
)
_PERSON = re.compile(r"\b[A-Z][a-z’'-]+\s+[A-Z][a-z’'-]+\b|\b[A-Z]{3,}\s+[A-Z]{3,}\b")
_CALLED = re.compile(r"\bcall(?:ed|s)?\b|\bnamed?\b|\bknown as\b|\bstands? for\b|\(|[‘'“]", re.I)
_DEFINES = re.compile(r"\b(?:is|are|means?|refers? to|consists? of|is about|was)\s+(?:an?|the|called|about|to|made|how|doing)\b", re.I)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit with what speaks for it: `covered` is the share of the question's terms it or its surroundings hold."""

    unit: Unit
    stored: StoredChunk
    words: float
    covered: float
    chunk: float
    kind: float
    meaning: float = 0.0
    stems: frozenset[str] = frozenset()

    @property
    def score(self) -> float:
        return (
            WEIGHTS["words"] * self.words
            + WEIGHTS["context"] * self.covered
            + WEIGHTS["meaning"] * self.meaning
            + WEIGHTS["chunk"] * self.chunk
            + WEIGHTS["kind"] * self.kind
        )


def rank_units(query: Query, vector: "np.ndarray", hits: Sequence[Hit], shelf: Shelf) -> list[Candidate]:
    """The units of the best chunks, best first."""
    best = hits[0].score if hits else 1.0
    rough: dict[tuple[str, int, int, int], Candidate] = {}
    for hit in hits[:CHUNKS]:
        for unit in _units_of(hit.stored, shelf):
            first = unit.spans[0]
            key = (hit.stored.document_id, first.page, first.start, unit.spans[-1].end)
            candidate = _judge(query, unit, hit, shelf, best)
            if key not in rough or candidate.score > rough[key].score:
                rough[key] = candidate
    shortlist = sorted(rough.values(), key=lambda c: -c.score)[:CANDIDATES]
    if not shortlist:
        return []
    vectors = shelf.library.embed([embedded_text(c.unit, c.stored, shelf) for c in shortlist])
    near = vectors @ vector
    ranked = [replace(c, meaning=float(s)) for c, s in zip(shortlist, near, strict=True)]
    return sorted(ranked, key=lambda c: -c.score)


def embedded_text(unit: Unit, stored: StoredChunk, shelf: Shelf) -> str:
    """A sentence with what it stands under, so that «They completed training» is about whom it is about."""
    article = shelf.article_of(stored)
    context = ". ".join(part for part in (article.title if article else "", unit.heading) if part)
    return f"{context}: {unit.text}" if context else unit.text


def _units_of(stored: StoredChunk, shelf: Shelf) -> list[Unit]:
    spans = [(s.page, s.start, s.end) for s in stored.chunk.spans]
    units = shelf.units(stored.document_id, stored.chunk.page)
    return [u for u in units if any(p == u.page and a < u.spans[-1].end and u.spans[0].start < b for p, a, b in spans)]


def _judge(query: Query, unit: Unit, hit: Hit, shelf: Shelf, best: float) -> Candidate:
    own = stems_of(unit.text + " " + unit.speaker_text)
    article = shelf.article_of(hit.stored)
    around = stems_of(" ".join((unit.heading, unit.before, unit.after, article.title if article else "")))
    named = {*hit.stored.chunk.models, *hit.stored.chunk.adopters}
    words, covered = _coverage(query.terms, own, around, frozenset(stems_of(" ".join(named))))
    return Candidate(
        unit, hit.stored, words, covered, hit.score / best, _fitness(query, unit, own), stems=frozenset(own)
    )


def _coverage(
    terms: Sequence[Term], own: tuple[str, ...], around: tuple[str, ...], named: frozenset[str]
) -> tuple[float, float]:
    """Weighted share of the terms in the unit itself, and in the unit or its surroundings."""
    total = sum(term.weight for term in terms) or 1.0
    inside = sum(term.weight for term in terms if holds(term, own))
    beside = sum(
        term.weight
        for term in terms
        if not holds(term, own) and (holds(term, around) or any(set(a) <= named for a in term.alternatives))
    )
    return inside / total, (inside + beside) / total


def holds(term: Term, stems: tuple[str, ...]) -> bool:
    """Whether one of the term's alternatives stands in the stems, word after word."""
    for alternative in term.alternatives:
        length = len(alternative)
        if length == 1:
            if alternative[0] in stems:
                return True
        elif any(stems[i : i + length] == alternative for i in range(len(stems) - length + 1)):
            return True
    return False


def _fitness(query: Query, unit: Unit, own: tuple[str, ...]) -> float:
    """How well the unit's form suits the kind of question: from -2 to 3."""
    text, kinds = unit.text, query.kinds
    score = 0.0
    if Kind.WHEN in kinds:
        score += 1.0 if _DATE.search(text) else -0.5
    if Kind.NUMBER in kinds:
        score += 1.0 if _NUMBER.search(text) else -0.5
    if Kind.WHO in kinds:
        score += 0.7 if _PERSON.search(text) or unit.speaker else 0.0
    if Kind.LIST in kinds:
        score += 1.0 if unit.kind is UnitKind.LIST else 0.4 if text.count(",") >= 2 else 0.0
    if Kind.NAME in kinds:
        score += 0.6 if _CALLED.search(text) else 0.0
    if Kind.QUOTE in kinds:
        score += 0.8 if unit.kind is UnitKind.QUOTE or unit.speaker or re.search(r"[“\"]", text) else 0.0
    if Kind.DEFINE in kinds and not kinds & {Kind.WHEN, Kind.NUMBER, Kind.WHO}:
        score += 0.5 if _DEFINES.search(text) else 0.0
    if query.years and not query.years & set(own):
        score -= 0.5
    if text.endswith("?") and unit.kind is not UnitKind.LIST:
        score -= 0.8
    if unit.words < 5 or unit.words > 70:
        score -= 0.5
    return score
