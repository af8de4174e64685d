"""The words of a part of the library in an index of their own: another part's words do not count in its ranks.

It stands in a file that only this process has, without a name and gone with it, and follows the library when it is
next asked: a document that came is added to it, one that went or was moved out of sight is taken out.
"""

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, insert, select, text
from sqlalchemy.pool import StaticPool

from ingest.holdings import Holdings
from ingest.store import reads, words
from ingest.store.schema import ChunkRow

_AT_ONCE = 1000  # chunks
# As much of the truth's table as words.py reads; the texts are left in its index alone
_CHUNKS = """CREATE TABLE chunks (id INTEGER PRIMARY KEY, document_id TEXT NOT NULL, adopters TEXT NOT NULL,
text TEXT NOT NULL, context TEXT NOT NULL)"""
_BY_DOCUMENT = "CREATE INDEX chunks_of_a_document ON chunks (document_id)"
_EMPTIED = "UPDATE chunks SET text = '', context = '' WHERE document_id = :id"
_GONE = "DELETE FROM chunks WHERE document_id = :id"


class OwnWords:
    """Safe to share between threads: one asks at a time."""

    def __init__(self) -> None:
        # SQLite's name for such a file is none
        self._engine = create_engine(
            "sqlite://",
            creator=lambda: sqlite3.connect("", check_same_thread=False),
            poolclass=StaticPool,
            hide_parameters=True,
        )
        self._lock = threading.Lock()
        self._held: dict[str, int] = {}
        self._holdings: Holdings | None = None
        self._closed = False

    @contextmanager
    def of(
        self, truth: Connection, collections: Mapping[str, Mapping[str, int]]
    ) -> Iterator[tuple[Connection, Holdings]]:
        """The index over exactly these documents, each with the generation that brought it."""
        wanted = {document: at for documents in collections.values() for document, at in documents.items()}
        with self._lock:
            try:
                with self._engine.begin() as own:
                    if self._holdings is None or self._held != wanted:
                        self._holdings = self._follow(truth, own, wanted)
                    yield own, self._holdings
            except BaseException:
                self._drop()
                raise
            if self._closed:  # it was pushed out while it was asked
                self._drop()

    def close(self) -> None:
        self._closed = True
        if self._lock.acquire(blocking=False):
            self._drop()
            self._lock.release()

    def _drop(self) -> None:
        self._engine.dispose()
        self._held, self._holdings = {}, None

    def _follow(self, truth: Connection, own: Connection, wanted: Mapping[str, int]) -> Holdings:
        if self._holdings is None:
            own.execute(text(_CHUNKS))
            own.execute(text(_BY_DOCUMENT))
            words.create_index(own)
        for document in [one for one, at in self._held.items() if wanted.get(one) != at]:
            words.forget_document(own, document)
            own.execute(text(_GONE), {"id": document})
            del self._held[document]
        for document in sorted(wanted.keys() - self._held.keys(), key=lambda one: (wanted[one], one)):
            _copy(truth, own, document)
            self._held[document] = wanted[document]
        chunks = reads.chunk_counts(own)
        return Holdings("", chunks, sum(chunks.values()))


def _copy(truth: Connection, own: Connection, document: str) -> None:
    row = ChunkRow
    mine = select(row.id, row.document_id, row.text, row.context).where(row.document_id == document).order_by(row.id)
    for part in truth.execute(mine).partitions(_AT_ONCE):
        own.execute(insert(row), [{**one._asdict(), "adopters": []} for one in part])
    words.index_document(own, document)
    own.execute(text(_EMPTIED), {"id": document})
