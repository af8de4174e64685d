"""Nearest-vector search: Chroma while it holds what the truth holds, else an exact search over the truth itself."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

import numpy as np
from sqlalchemy import Connection, Engine

from ingest.embedding import Vectors
from ingest.errors import IndexDamagedError, LibraryInUseError, VectorsAwayError
from ingest.exact import Truth, read_truth, search, search_stored
from ingest.holdings import MOST_LEFT_OUT, HoldingsKeeper, keep_known
from ingest.reconciling import reconcile
from ingest.settings import IngestSettings
from ingest.store import reads, stored_vectors, writes
from ingest.vectors import VectorIndex, index_name

logger = logging.getLogger(__name__)

CHEAP = 20_000  # chunks, 30 MB; while Chroma is away, of more no exact search is made
REST = 5.0  # seconds for which a Chroma server that is away is left alone
TURN = 2.0  # seconds that a question waits to bring Chroma up to date: another process may be at it
MOST_ASKED = 5000  # hits of the index, to find among them those of some documents
FEW = 5000  # chunks whose vectors are read for one search; of more, all vectors are kept in memory
HELD = 100_000  # chunks, 150 MB: the vectors of more are never kept in memory
MOST_ASKED_OF_MANY = 20_000  # hits, of a library of more than that: 0.1 s, as reading 12,000 vectors takes


class Nearest:
    """The truth's `vectors` mark names the generation that Chroma has followed; while it lags, Chroma is not asked."""

    def __init__(self, engine: Engine, settings: IngestSettings, holdings: HoldingsKeeper, *, read_only: bool) -> None:
        self._engine = engine
        self._settings = settings
        self._holdings = holdings
        self._read_only, self._is_shared = read_only, settings.is_shared
        self._index: VectorIndex | None = None
        self._truth: Truth | None = None
        self._warned = self._checked = self._gave_up = False
        self._opening = settings.data_dir / ".opening-chroma"
        self._lock = threading.RLock()
        self._away_until = 0.0
        self.changing: Callable[[float], AbstractContextManager[object]] = nullcontext  # the writer's turn

    def find(self, vector: Vectors, limit: int, documents: Collection[str] | None = None) -> list[tuple[int, float]]:
        """Chunk ids and cosine similarity, nearest first. Chroma's filtered search can miss hits: it is not used.

        Raises VectorsAwayError when Chroma cannot answer and the library is too large for an exact search.
        """
        vector = np.asarray(vector, dtype=np.float32).reshape(-1)
        with self._engine.connect() as connection:
            meta = reads.meta(connection)
            holdings = self._holdings.read(connection, meta["generation"])
            wanted = holdings.count_wanted(documents)
            if limit < 1 or not wanted:
                return []
            others = holdings.total - wanted
            few_others = others <= MOST_LEFT_OUT
            asked = limit + others if few_others else 2 * limit * holdings.total // wanted
            is_large = holdings.total > HELD
            most = MOST_ASKED_OF_MANY if is_large else MOST_ASKED
            if few_others or (wanted > FEW and asked <= most):
                found = self._ask_index(connection, meta, vector, min(asked, holdings.total))
                if found is not None:
                    kept = keep_known(connection, found, documents)[:limit] if others else found
                    # Of a large library half will do: it is the nearer one
                    if few_others or len(kept) == limit or (is_large and len(kept) >= limit / 2):
                        return kept
                elif holdings.total > CHEAP:
                    raise VectorsAwayError("The search by meaning cannot be used at the moment.")
            if is_large or (documents is not None and wanted <= FEW):
                return search_stored(connection, vector, limit, documents)
            return search(self._load_truth(connection, meta["generation"]), vector, limit, documents)

    def compare(self, vector: Vectors, ids: Sequence[int]) -> list[tuple[int, float]]:
        """These chunks by cosine similarity, nearest first, from the truth."""
        with self._engine.connect() as connection:
            known, _, matrix = stored_vectors.read(connection, ids)
        scores = matrix @ np.asarray(vector, dtype=np.float32).reshape(-1) if known else np.zeros(0)
        return [(known[row], float(scores[row])) for row in np.argsort(-scores, kind="stable")]

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

    def trouble(self) -> str | None:
        """Why Chroma cannot be asked at the moment, so that an exact search answers; None where it can."""
        try:
            with self._engine.connect() as connection:
                self._ready(connection, reads.meta(connection)).count()
        except IndexDamagedError as error:
            return str(error)
        return None

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
        if (self._read_only and not self._is_shared) or time.monotonic() < self._away_until:
            return None
        try:
            hits = self._ready(connection, meta).nearest(vector, limit)
        except IndexDamagedError as error:
            if self._is_shared:
                self._away_until = time.monotonic() + REST
            self._warn(str(error))
            return None
        self._warned = self._warned and not self._is_shared
        hits = keep_known(connection, hits, None)
        if len(hits) < limit:
            if reads.meta(connection)["generation"] == meta["generation"]:  # else a document was changed meanwhile
                self._warn("The vector index lacks chunks that the library holds: run `assistant rebuild`.")
            return None
        return hits

    def _ready(self, connection: Connection, meta: Mapping[str, str]) -> VectorIndex:
        index, in_step = self._index, self._checked and meta["vectors"] == meta["generation"]
        if self._is_shared and index and in_step and index.name == index_name(meta):
            return index
        try:
            # In this order, as whoever changes the library takes them; then nobody adds what is deleted here
            with self.changing(TURN) if self._is_shared and not self._read_only else nullcontext(), self._lock:
                return self._bring_up_to_date(connection)
        except LibraryInUseError:
            raise IndexDamagedError("Another process is bringing the vector index up to date.") from None

    def _bring_up_to_date(self, connection: Connection) -> VectorIndex:
        if not self._checked:
            self._check(connection)
        meta = reads.meta(connection)
        index = self._open(connection)
        if not index.present():
            raise IndexDamagedError(f"The vector index in {index.place} is gone: run `assistant rebuild`.")
        if meta["vectors"] != meta["generation"]:
            if self._read_only:
                raise IndexDamagedError(f"The vector index in {index.place} is not up to date.")
            self._reconcile(index)
        return index

    def _check(self, connection: Connection) -> None:
        """Before the first use in a process: an embedded index that is damaged is rebuilt from the truth, once."""
        if self._checked:
            return
        try:
            self._try_out(connection)
        except IndexDamagedError as error:
            if self._is_shared or self._gave_up:
                raise
            logger.warning("%s It is now rebuilt from the library.", error)
            self._gave_up = True
            self.rebuild()
            self._gave_up = False
        self._checked = True

    def _try_out(self, connection: Connection) -> None:
        index = self._open(connection)
        embedded = not self._is_shared
        if embedded and self._opening.exists():  # a truncated segment can end the process that opens it
            raise IndexDamagedError("The process that opened the vector index last was ended by it.")
        meta = reads.meta(connection)
        if not index.present() and meta["vectors"] != "0":
            raise IndexDamagedError(f"The vector index in {index.place} is gone.")
        if embedded:
            self._opening.touch()
        if self._read_only:
            return
        if meta["vectors"] != meta["generation"] or index.count() != reads.chunk_count(connection):
            self._reconcile(index)
        if not index.holds(*stored_vectors.sample(connection)):
            raise IndexDamagedError(f"The vector index in {index.place} does not hold what it should.")
        self._opening.unlink(missing_ok=True)

    def _open(self, connection: Connection) -> VectorIndex:
        name = index_name(reads.meta(connection))
        if self._index is None or self._index.name != name:  # a library's first document brings the model's name
            self.close()
            self._index = VectorIndex(self._settings.data_dir, self._settings.chroma_url, name)
        return self._index

    def _take_over(self, generation: int, added: Sequence[int], removed: Sequence[int]) -> None:
        with self._engine.connect() as connection:
            index = self._open(connection)
            self._check(connection)
            in_step = reads.meta(connection)["vectors"] == str(generation - 1) and index.present()
            ids, documents, matrix = stored_vectors.read(connection, added)
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
            self._mark(reconcile(connection, index))

    def _mark(self, generation: str) -> None:
        with self._engine.begin() as connection:
            writes.set_meta(connection, "vectors", generation)

    def _load_truth(self, connection: Connection, generation: str) -> Truth:
        truth = self._truth
        if truth is None or truth.generation != generation:
            truth = self._truth = read_truth(connection, generation)
        return truth

    def _warn(self, sentence: str) -> None:
        if not self._warned:
            logger.warning("%s Until then an exact search, slower on large libraries, takes its place.", sentence)
        self._warned = True
