"""Which sentences: features that speak for a unit, weighed by what golden questions taught (docs/decisions/0006)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.features import WEIGHTS, Features, judge
from assistant.question import Query
from assistant.retrieve import Hit
from assistant.shelf import Shelf
from assistant.units import Unit
from ingest.records import StoredChunk

CHUNKS = 14  # best chunks whose sentences are looked at
COMPARED = 12  # sentences compared by meaning of their own; the others count as near as their chunk
KEPT = 40
EMBEDDED = 400  # characters of a sentence, and of what it stands under: the time of a question is spent here


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit of a chunk with what speaks for it; `score` is the weighted sum of its features."""

    unit: Unit
    stored: StoredChunk
    features: Features
    score: float


def rank_units(query: Query, vector: "np.ndarray", hits: Sequence[Hit], shelf: Shelf) -> list[Candidate]:
    """The units of the best chunks, best first."""
    best = hits[0].score if hits else 1.0
    rough: dict[tuple[str, int, int, int], Candidate] = {}
    for hit in hits[:CHUNKS]:
        for unit in _units_of(hit.stored, shelf):
            key = (hit.stored.document_id, unit.page, unit.spans[0].start, unit.spans[-1].end)
            features = judge(query, unit, hit, shelf.article_of(hit.stored), hit.score / best)
            features["meaning"] = hit.similarity
            candidate = Candidate(unit, hit.stored, features, _score(features))
            if key not in rough or candidate.score > rough[key].score:
                rough[key] = candidate
    ordered = sorted(rough.values(), key=lambda c: -c.score)
    if not ordered:
        return []
    vectors = shelf.vectors([embedded_text(c.unit, c.stored, shelf) for c in ordered[:COMPARED]])
    compared = [_with_meaning(c, float(s)) for c, s in zip(ordered, vectors @ vector, strict=False)]
    return sorted(compared + ordered[COMPARED:KEPT], key=lambda c: -c.score)


def _with_meaning(candidate: Candidate, meaning: float) -> Candidate:
    features = candidate.features | {"meaning": meaning}
    return replace(candidate, features=features, score=_score(features))


def _score(features: Features) -> float:
    return sum(WEIGHTS[name] * value for name, value in features.items())


def embedded_text(unit: Unit, stored: StoredChunk, shelf: Shelf) -> str:
    """A sentence with what it stands under, so that «They completed training» is about whom it is about."""
    article = shelf.article_of(stored)
    context = ". ".join(part for part in (article.title if article else "", unit.heading) if part)
    text = unit.text[:EMBEDDED]
    return f"{context[:EMBEDDED]}: {text}" if context else text


def _units_of(stored: StoredChunk, shelf: Shelf) -> list[Unit]:
    """The units that lie in a chunk, and the one that runs on into it from the page before."""
    spans = [(s.page, s.start, s.end) for s in stored.chunk.spans]
    page = stored.chunk.page
    units = [*shelf.units(stored.document_id, page), *shelf.units(stored.document_id, page - 1)[-6:]]
    return [u for u in units if any(p == s.page and a < s.end and s.start < b for p, a, b in spans for s in u.spans)]
