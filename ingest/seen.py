"""What somebody sees of the library, where a statement's condition is not enough: its state, its words, its vectors.

Who sees only a part of it has that part searched by itself, as if nothing else were there: with its own counts of
words, and none of the vectors of the rest. So neither a rank nor the work done tells of what is not seen.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from ingest.embedding import Vectors
from ingest.holdings import find_in
from ingest.own_words import OwnWords
from ingest.records import Sight
from ingest.seen_vectors import ExactSearch
from ingest.store import reads
from ingest.store.schema import DocumentRow
from ingest.store.sight import seen

# Chunks of which the exact search is as fast as the index; whoever sees all of a larger library has that
MOST_EXACT = 50_000
PARTS_KEPT = 64
WORDS_KEPT = 8


@dataclass(frozen=True, slots=True)
class Part:
    """The present documents that somebody sees, by collection, each with the generation that brought it.

    `key` is the same as long as they see the same: what is done to other documents does not change it.
    """

    key: str
    collections: Mapping[str, Mapping[str, int]]
    chunks: int
    is_all: bool
    documents: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        held = frozenset(document for documents in self.collections.values() for document in documents)
        object.__setattr__(self, "documents", held)


class Seen:
    """Shared by all who look at one library. Safe to share between threads."""

    def __init__(self) -> None:
        self._parts: OrderedDict[Sight, tuple[str, Part]] = OrderedDict()
        self._words: OrderedDict[frozenset[str], OwnWords] = OrderedDict()
        self._lock = threading.Lock()
        self._exact = ExactSearch()

    def part(self, connection: Connection, sight: Sight) -> Part:
        meta = reads.meta(connection)
        with self._lock:
            known = self._parts.get(sight)
            if known is not None and known[0] == meta["generation"]:
                self._parts.move_to_end(sight)
                return known[1]
        part = _read_part(connection, sight, meta.get("model_sha256", ""))
        with self._lock:
            self._parts[sight] = (meta["generation"], part)
            while len(self._parts) > PARTS_KEPT:
                self._parts.popitem(last=False)
        return part

    def find_words(
        self, connection: Connection, sight: Sight, query: str, limit: int, documents: Collection[str] | None
    ) -> list[tuple[int, float]]:
        """As `LibraryView.find_words`, among what is seen alone."""
        part = self.part(connection, sight)
        wanted = None if documents is None else part.documents.intersection(documents)
        with self._words_of(part).of(connection, part.collections) as (own, holdings):
            return find_in(own, holdings, query, limit, wanted)

    def find_nearest(
        self, connection: Connection, part: Part, vector: Vectors, limit: int, documents: Collection[str] | None
    ) -> list[tuple[int, float]]:
        return self._exact.find(connection, part.collections, vector, limit, documents)

    def close(self) -> None:
        with self._lock:
            for words in self._words.values():
                words.close()
            self._words.clear()

    def _words_of(self, part: Part) -> OwnWords:
        """By the collections that hold something, so that all who see the same share an index."""
        key = frozenset(part.collections)
        with self._lock:
            words = self._words.setdefault(key, OwnWords())
            self._words.move_to_end(key)
            while len(self._words) > WORDS_KEPT:
                self._words.popitem(last=False)[1].close()
            return words


def _read_part(connection: Connection, sight: Sight, model: str) -> Part:
    row = DocumentRow
    wanted = select(row.id, row.collection, row.added_in, row.chunks).where(row.state == reads.CURRENT, seen(sight))
    found: dict[str, dict[str, int]] = {}
    chunks = 0
    for one in connection.execute(wanted.order_by(row.collection, row.id)):
        found.setdefault(one.collection, {})[one.id] = one.added_in
        chunks += one.chunks
    count = sum(map(len, found.values()))
    everything = count if sight is None else connection.scalar(select(func.count()).where(row.state == reads.CURRENT))
    key = hashlib.sha256(repr((model, found)).encode()).hexdigest()
    return Part(key, found, chunks, count == everything)
