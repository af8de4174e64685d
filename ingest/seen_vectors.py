"""The nearest of all vectors of some documents, found by comparing every one: a matrix for each collection."""

import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from ingest.embedding import Vectors
from ingest.store import reads, stored_vectors

Documents = Mapping[str, int]  # each with the generation that brought it
MORE = 20  # beyond what is asked for: these are compared once more, so that a rank is the same in every matrix


@dataclass(frozen=True, slots=True)
class _Held:
    """`rows` says which of the matrix are of a document."""

    documents: Documents
    rows: Mapping[str, slice]
    ids: npt.NDArray[np.int64]
    matrix: Vectors


_NONE = _Held({}, {}, np.zeros(0, dtype=np.int64), np.zeros((0, 0), dtype=np.float32))


@dataclass(slots=True)
class ExactSearch:
    """Safe to share between threads. A collection's vectors are read when it is first searched."""

    _held: dict[str, _Held] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(
        self,
        connection: Connection,
        collections: Mapping[str, Documents],
        vector: Vectors,
        limit: int,
        documents: Collection[str] | None = None,
    ) -> list[tuple[int, float]]:
        """Chunk ids and cosine similarity, nearest first; of `documents` alone where there are any."""
        vector = np.asarray(vector, dtype=np.float32).reshape(-1)
        chosen = None if documents is None else frozenset(documents)
        found: list[tuple[int, float]] = []
        for name, present in collections.items():
            found += _nearest(self._follow(connection, name, present), vector, limit, chosen)
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[: max(limit, 0)]

    def _follow(self, connection: Connection, name: str, present: Documents) -> _Held:
        with self._lock:
            held = self._held.get(name, _NONE)
            if held.documents != present:
                held = self._held[name] = _read(connection, held, present)
            return held


def _read(connection: Connection, before: _Held, present: Documents) -> _Held:
    """Only what has come is read; the rest is as it was."""
    rows: dict[str, slice] = {}
    ids: list[npt.NDArray[np.int64]] = []
    parts: list[Vectors] = []
    count = 0
    for document, at in present.items():
        if before.documents.get(document) == at:
            place = before.rows[document]
            mine, matrix = before.ids[place], before.matrix[place]
        else:
            read, _, matrix = stored_vectors.read(connection, reads.chunk_ids(connection, document))
            mine = np.array(read, dtype=np.int64)
        rows[document] = slice(count, count + len(mine))
        count += len(mine)
        if len(mine):
            ids.append(mine)
            parts.append(matrix)
    if not parts:
        return _Held(present, rows, _NONE.ids, _NONE.matrix)
    return _Held(present, rows, np.concatenate(ids), np.concatenate(parts))


def _nearest(held: _Held, vector: Vectors, limit: int, documents: frozenset[str] | None) -> list[tuple[int, float]]:
    if limit < 1 or not len(held.ids):
        return []
    scores = held.matrix @ vector
    if documents is not None:
        left_out = np.ones(len(scores), dtype=bool)
        for document in documents & held.rows.keys():
            left_out[held.rows[document]] = False
        scores[left_out] = -np.inf
    best = np.argpartition(-scores, min(limit + MORE, len(scores)) - 1)[: limit + MORE]
    best = best[np.isfinite(scores[best])]
    # A row's product in single precision depends on where it stands in a matrix; this does not
    exact = (held.matrix[best].astype(np.float64) * vector.astype(np.float64)).sum(axis=1)
    return [(int(held.ids[row]), float(score)) for row, score in zip(best, exact, strict=True)]
