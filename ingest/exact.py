"""The exact search over the truth's own vectors: the fallback while Chroma is away, and for a few documents."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from ingest.embedding import Vectors
from ingest.store import reads, stored_vectors

AT_ONCE = 20_000  # chunks, 31 MB


@dataclass(frozen=True, slots=True)
class Truth:
    """Vectors of one generation, in memory."""

    generation: str
    ids: npt.NDArray[np.int64]
    documents: npt.NDArray[np.str_]
    matrix: Vectors


def read_truth(connection: Connection, generation: str) -> Truth:
    ids, homes, matrix = stored_vectors.read(connection)
    return Truth(generation, np.array(ids, dtype=np.int64), np.array(homes), matrix)


def search(truth: Truth, vector: Vectors, limit: int, documents: Collection[str] | None) -> list[tuple[int, float]]:
    """Chunk ids and cosine similarity, nearest first."""
    ids = truth.ids
    if not len(ids):  # all of it was removed a moment ago
        return []
    scores = truth.matrix @ vector
    if documents is not None:
        wanted = np.isin(truth.documents, sorted(documents))
        scores, ids = scores[wanted], ids[wanted]
    best = np.argsort(-scores, kind="stable")[:limit]
    return [(int(ids[row]), float(scores[row])) for row in best]


def search_stored(
    connection: Connection, vector: Vectors, limit: int, documents: Collection[str] | None
) -> list[tuple[int, float]]:
    """The same over vectors as they lie in the library; however many they are, few are in memory at a time."""
    if documents is None:
        ids = reads.chunk_ids(connection)
    else:
        ids = [i for one in sorted(documents) for i in reads.chunk_ids(connection, one)]
    best: list[tuple[int, float]] = []
    for start in range(0, len(ids), AT_ONCE):
        known, _, matrix = stored_vectors.read(connection, ids[start : start + AT_ONCE])
        if known:
            best += zip(known, map(float, matrix @ vector), strict=True)
            best = sorted(best, key=lambda hit: (-hit[1], hit[0]))[:limit]
    return best
