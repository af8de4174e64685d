"""How many of the ten nearest vectors the index finds, against an exact search over every vector of the library."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from ingest.embedding import Vectors
from ingest.library import Library
from ingest.store import reads, stored_vectors

NEAREST = 10
AT_ONCE = 5_000  # vectors in memory


@dataclass(frozen=True, slots=True)
class Recall:
    """`recall` is the share of the truly nearest that were found; `milliseconds` a median search."""

    recall: float
    milliseconds: float


def recall(library: Library, texts: Sequence[str]) -> Recall:
    vectors = library.embed(texts)
    library.find_nearest(vectors[0], NEAREST)
    times: list[float] = []
    found: list[set[int]] = []
    for vector in vectors:
        began = time.perf_counter()
        found.append({chunk for chunk, _ in library.find_nearest(vector, NEAREST)})
        times.append(1000 * (time.perf_counter() - began))
    exact = nearest_exactly(library, vectors)
    shares = [len(one & truth) / len(truth) for one, truth in zip(found, exact, strict=True)]
    return Recall(sum(shares) / len(shares), median(times))


def nearest_exactly(library: Library, vectors: Vectors) -> list[set[int]]:
    """For each vector the chunks nearest to it."""
    scores = np.zeros((len(vectors), 0), dtype=np.float32)
    held = np.zeros((len(vectors), 0), dtype=np.int64)
    with library.connect() as connection:
        ids = reads.chunk_ids(connection)
        for start in range(0, len(ids), AT_ONCE):
            part, _, matrix = stored_vectors.read(connection, ids[start : start + AT_ONCE])
            scores = np.concatenate([scores, vectors @ matrix.T], axis=1)
            held = np.concatenate([held, np.tile(np.array(part), (len(vectors), 1))], axis=1)
            best = np.argsort(-scores, axis=1, kind="stable")[:, :NEAREST]
            scores, held = np.take_along_axis(scores, best, 1), np.take_along_axis(held, best, 1)
    return [set(map(int, row)) for row in held]
