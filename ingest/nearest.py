"""Nearest-vector search: Chroma while it holds what the truth holds, else an exact search over the truth itself."""

import logging
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Engine

from ingest.embedding import Vectors
from ingest.errors import IndexDamagedError
from ingest.holdings import MOST_LEFT_OUT, HoldingsKeeper, keep_known
from ingest.settings import IngestSettings
from ingest.store import reads, writes
from ingest.vectors import VectorIndex, index_name

logger = logging.getLogger(__name__)

AT_ONCE = 10_000  # vectors that are read from the truth to be put into Chroma: 15 MB
MOST_ASKED = 5000  # hits of the index, to find among them those of some documents
FEW = 5000  # chunks whose vectors are read for one search; of more, all vectors are kept in memory


@dataclass(frozen=True, slots=True)
class _Truth:
    """Vectors of one generation, in memory."""

    generation: str
    ids: npt.NDArray[np.int64]
    documents: npt.NDArray[np.str_]
    matrix: Vectors


class Nearest:
    """The truth's `vectors` mark names the generation that Chroma has followed; while it lags, Chroma is not asked."""

    def __init__(self, engine: Engine, settings: IngestSettings, holdings: HoldingsKeeper, *, read_only: bool) -> None:
        self._engine = engine
        self._settings = settings
        self._holdings = holdings
        self._read_only = read_only
        self._index: VectorIndex | None = None
        self._truth: _Truth | None = None
        self._warned = self._checked = self._gave_up = False
        self._opening = settings.data_dir / ".opening-chroma"
        self._lock = threading.RLock()

    def find(self, vector: Vectors, limit: int, documents: Collection[str] | None = None) -> list[tuple[int, float]]:
        """Chunk ids and cosine similarity, nearest first. Chroma's filtered search can miss hits: it is not used."""
        vector = np.asarray(vector, dtype=np.float32).reshape(-1)
        with self._engine.connect() as connection:
            meta = reads.meta(connection)
            holdings = self._holdings.read(connection, meta["generation"])
            wanted = holdings.count_wanted(documents)
            if limit < 1 or not wanted:
                return []
            if (others := holdings.total - wanted) <= MOST_LEFT_OUT:
                found = self._ask_index(connection, meta, vector, min(limit + others, holdings.total))
                if found is not None:
                    return keep_known(connection, found, documents)[:limit] if others else found
            if documents is not None and wanted <= FEW:
                return _exact(_truth(connection, meta["generation"], documents), vector, limit, documents)
            if others > MOST_LEFT_OUT and (asked := _asked(limit, wanted, holdings.total)) <= MOST_ASKED:
                hits = self._ask_index(connection, meta, vector, asked)
                found = keep_known(connection, hits or (), documents)[:limit]
                if len(found) == limit:
                    return found
            return _exact(self._load_truth(connection, meta["generation"]), vector, limit, documents)

    def follow(self, generation: int, added: Sequence[int] = (), removed: Sequence[int] = ()) -> str | None:
        """Takes a change of the truth over into Chroma; a sentence when that was not possible."""
        with self._lock:
            for attempt in (self._take_over, self._reopen_and_reconcile):
                try:
                    attempt(generation, added, removed)
                    return None
                except IndexDamagedError as error:
                    sentence = str(error)
            self._warn(sentence)
            return sentence

    def rebuild(self) -> None:
        """Makes Chroma's copy anew from the truth. Raises IndexDamagedError when that is not possible."""
        with self._lock:
            self.close()
            with self._engine.connect() as connection:
                index = self._open(connection)
            index.empty()
            self._reconcile(index)
            index.discard_old()
            self._opening.unlink(missing_ok=True)
            self._checked, self._warned = True, False

    def close(self) -> None:
        with self._lock:
            if self._index is not None:
                self._index.close()
            self._index = None

    # Chroma

    def _ask_index(
        self, connection: Connection, meta: Mapping[str, str], vector: Vectors, limit: int
    ) -> list[tuple[int, float]] | None:
        """None when Chroma cannot answer, or answers with less than the truth holds."""
        if self._read_only:
            return None
        try:
            hits = self._ready(connection, meta).nearest(vector, limit)
        except IndexDamagedError as error:
            self._warn(str(error))
            return None
        hits = keep_known(connection, hits, None)
        if len(hits) < limit:
            if reads.meta(connection)["generation"] == meta["generation"]:  # else a document was changed meanwhile
                self._warn("The vector index lacks chunks that the library holds: run `assistant rebuild`.")
            return None
        return hits

    def _ready(self, connection: Connection, meta: Mapping[str, str]) -> VectorIndex:
        with self._lock:
            if not self._checked:
                self._check(connection)
                meta = reads.meta(connection)
            index = self._open(connection)
            if not index.present():
                raise IndexDamagedError(f"The vector index in {index.place} is gone: run `assistant rebuild`.")
            if meta["vectors"] != meta["generation"]:
                self._reconcile(index)
            return index

    def _check(self, connection: Connection) -> None:
        """Before the first use in a process: an embedded index that is damaged is rebuilt from the truth, once."""
        if self._checked:
            return
        try:
            self._try_out(connection)
        except IndexDamagedError as error:
            if self._settings.chroma_url is not None or self._gave_up:
                raise
            logger.warning("%s It is now rebuilt from the library.", error)
            self._gave_up = True
            self.rebuild()
            self._gave_up = False
        self._checked = True

    def _try_out(self, connection: Connection) -> None:
        index = self._open(connection)
        embedded = self._settings.chroma_url is None
        if embedded and self._opening.exists():  # a truncated segment can end the process that opens it
            raise IndexDamagedError("The process that opened the vector index last was ended by it.")
        meta = reads.meta(connection)
        if not index.present() and meta["vectors"] != "0":
            raise IndexDamagedError(f"The vector index in {index.place} is gone.")
        if embedded:
            self._opening.touch()
        if meta["vectors"] != meta["generation"] or index.count() != reads.chunk_count(connection):
            self._reconcile(index)
        if not index.holds(*reads.sample_vectors(connection)):
            raise IndexDamagedError(f"The vector index in {index.place} does not hold what it should.")
        self._opening.unlink(missing_ok=True)

    def _open(self, connection: Connection) -> VectorIndex:
        if self._index is None:
            name = index_name(reads.meta(connection))
            self._index = VectorIndex(self._settings.data_dir, self._settings.chroma_url, name)
        return self._index

    def _take_over(self, generation: int, added: Sequence[int], removed: Sequence[int]) -> None:
        with self._engine.connect() as connection:
            index = self._open(connection)
            self._check(connection)
            in_step = reads.meta(connection)["vectors"] == str(generation - 1) and index.present()
            ids, documents, matrix = reads.vectors(connection, added)
        if not in_step:
            self._reconcile(index)
            return
        if ids:
            index.upsert(ids, matrix, documents)
        index.delete(removed)
        self._mark(str(generation))

    def _reopen_and_reconcile(self, _generation: int, _added: Sequence[int], _removed: Sequence[int]) -> None:
        self.close()
        with self._engine.connect() as connection:
            index = self._open(connection)
        self._reconcile(index)
        self._warned = False

    def _reconcile(self, index: VectorIndex) -> None:
        """Brings Chroma to what the truth holds, whatever it held before."""
        with self._engine.connect() as connection:
            generation = reads.meta(connection)["generation"]
            wanted = set(reads.chunk_ids(connection))
            held = index.ids()
            missing = sorted(wanted - held)
            for start in range(0, len(missing), AT_ONCE):
                ids, documents, matrix = reads.vectors(connection, missing[start : start + AT_ONCE])
                if ids:
                    index.upsert(ids, matrix, documents)
        index.delete(sorted(held - wanted))
        self._mark(generation)

    def _mark(self, generation: str) -> None:
        with self._engine.begin() as connection:
            writes.set_meta(connection, "vectors", generation)

    def _warn(self, sentence: str) -> None:
        if not self._warned:
            logger.warning("%s Until then an exact search, slower on large libraries, takes its place.", sentence)
        self._warned = True

    # The exact search

    def _load_truth(self, connection: Connection, generation: str) -> _Truth:
        truth = self._truth
        if truth is None or truth.generation != generation:
            truth = self._truth = _truth(connection, generation)
        return truth


def _asked(limit: int, wanted: int, total: int) -> int:
    """How many hits of the index are asked for, to find among them so many of the documents that are wanted."""
    return min(total, 2 * limit * total // wanted)


def _truth(connection: Connection, generation: str, documents: Collection[str] | None = None) -> _Truth:
    """Of these documents, or of all."""
    wanted = None if documents is None else [i for one in sorted(documents) for i in reads.chunk_ids(connection, one)]
    ids, homes, matrix = reads.vectors(connection, wanted)
    return _Truth(generation, np.array(ids, dtype=np.int64), np.array(homes), matrix)


def _exact(truth: _Truth, vector: Vectors, limit: int, documents: Collection[str] | None) -> list[tuple[int, float]]:
    scores = truth.matrix @ vector
    ids = truth.ids
    if documents is not None:
        wanted = np.isin(truth.documents, sorted(documents))
        scores, ids = scores[wanted], ids[wanted]
    best = np.argsort(-scores, kind="stable")[:limit]
    return [(int(ids[row]), float(scores[row])) for row in best]
