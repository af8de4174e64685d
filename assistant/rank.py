"""Which sentences: features that speak for a unit, weighed by what golden questions taught (docs/decisions/0006)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.features import WEIGHTS, Features, judge
from assistant.meanings import Meanings
from assistant.question import Query
from assistant.retrieve import Hit
from assistant.shelf import Shelf
from assistant.units import Unit
from ingest.records import StoredChunk

CHUNKS = 12  # best chunks whose sentences are looked at
KEPT = 40
LAST_UNITS = 6  # of a page, one of which may run on overleaf


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit of a chunk with what speaks for it; `score` is the weighted sum of its features."""

    unit: Unit
    stored: StoredChunk
    features: Features
    score: float


def rank_units(query: Query, vector: "np.ndarray", hits: Sequence[Hit], shelf: Shelf) -> list[Candidate]:
    """The units of the best chunks, best first."""
    best = (hits[0].score if hits else 0.0) or 1.0  # in a library of a few sentences none may be near at all
    meanings = Meanings(shelf.library, vector, [hit.stored for hit in hits[:CHUNKS]])
    found: dict[tuple[str, int, int, int], Candidate] = {}
    for hit in hits[:CHUNKS]:
        for unit in units_of_chunk(hit.stored, shelf):
            key = (hit.stored.document_id, unit.page, unit.spans[0].start, unit.spans[-1].end)
            features = judge(query, unit, hit, shelf.article_of(hit.stored), hit.score / best)
            meaning = meanings.of(hit.stored, unit.spans)
            features["meaning"] = hit.similarity if meaning is None else meaning
            candidate = Candidate(unit, hit.stored, features, _score(features))
            if key not in found or candidate.score > found[key].score:
                found[key] = candidate
    return sorted(found.values(), key=lambda c: -c.score)[:KEPT]


def _score(features: Features) -> float:
    return sum(WEIGHTS[name] * value for name, value in features.items())


def units_of_chunk(stored: StoredChunk, shelf: Shelf) -> list[Unit]:
    """The units that lie in a chunk, and the one that runs on into it from the page before."""
    spans = [(s.page, s.start, s.end) for s in stored.chunk.spans]
    page = stored.chunk.page
    units = list(shelf.units(stored.document_id, page))
    rests = shelf.begun_before(stored.document_id, page)
    if any(p == page and a <= rest < b for p, a, b in spans for rest in rests):
        units += shelf.units(stored.document_id, page - 1)[-LAST_UNITS:]
    return [u for u in units if any(p == s.page and a < s.end and s.start < b for p, a, b in spans for s in u.spans)]
