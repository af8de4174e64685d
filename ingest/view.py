"""The library as it is read: documents and their versions, pages, chunks, and the two searches."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, Row

from ingest import catalogue, removing
from ingest.embedding import Embedder, Vectors
from ingest.errors import RemovedError, UnknownPageError, VectorsAwayError
from ingest.holdings import HoldingsKeeper, find_in
from ingest.nearest import Nearest
from ingest.programme import Programme
from ingest.records import OPEN, STATES, DocumentRecord, PageState, Sight, StoredChunk
from ingest.seen import MOST_EXACT, Part, Seen
from ingest.settings import IngestSettings
from ingest.shared_files import files_of
from ingest.store import reads, vocabulary, words
from ingest.store.opening import place_of, translated
from ingest.store.sentences import Sentences, sentences_of
from ingest.types import Article, Page


class LibraryView:
    """Safe to share between threads; every method may raise a LibraryError.

    Seen by somebody who may not see all, every method answers as if the rest were not in the library.
    """

    sight: Sight = None

    def __init__(self, settings: IngestSettings, programme: Programme, engine: Engine, read_only: bool) -> None:
        self.settings = settings
        self.programme = programme
        self.engine = engine
        self._read_only = read_only
        self._place = place_of(settings.data_dir, settings.database)
        self.embedder = Embedder(settings.embedding_model)
        self.files = files_of(settings, engine)
        self.holdings = HoldingsKeeper()
        self.nearest = Nearest(engine, settings, self.holdings, read_only=read_only)
        self.seen = Seen()

    def seen_by(self, sight: Sight) -> "LibraryView":
        """What somebody may see of it. They never see more than this view does."""
        if sight is None:
            return self
        view = object.__new__(LibraryView)
        view.__dict__.update(self.__dict__, sight=sight if self.sight is None else sight & self.sight)
        return view

    def part(self) -> Part:
        """What is seen now, as a value that changes with that and with nothing else: for callers to cache by."""
        with self.connect() as connection:
            return self.seen.part(connection, self.sight)

    # Documents and pages

    def documents(self) -> list[DocumentRecord]:
        """The current versions, in the order in which they were added."""
        with self.connect() as connection:
            return self._records(connection, reads.document_rows(connection, sight=self.sight))

    def all_versions(self) -> list[DocumentRecord]:
        """Every version there ever was, superseded and removed ones too."""
        with self.connect() as connection:
            return self._records(connection, reads.document_rows(connection, *STATES, sight=self.sight))

    def versions(self, file_name: str, collection: str = OPEN) -> list[DocumentRecord]:
        """Those of this name in a collection, newest first."""
        with self.connect() as connection:
            return self._records(connection, reads.versions(connection, file_name, collection, self.sight))

    def document(self, document_id: str) -> DocumentRecord:
        """Of any state. Raises UnknownDocumentError."""
        with self.connect() as connection:
            row = reads.document_row(connection, document_id, self.sight)
            return catalogue.one(connection, row, document_id, self.programme, self.sight)

    def current(self, document_id: str) -> DocumentRecord:
        """Raises UnknownDocumentError also for a version that is superseded or removed."""
        with self.connect() as connection:
            row = reads.document_row(connection, document_id, self.sight)
            present = row if row is not None and row.state == reads.CURRENT else None
            return catalogue.one(connection, present, document_id, self.programme, self.sight)

    def with_bytes(self, sha256: str, collection: str = OPEN) -> DocumentRecord | None:
        """The document of these bytes in a collection, of any state."""
        with self.connect() as connection:
            row = reads.document_with(connection, sha256, collection)
            return None if row is None else catalogue.one(connection, row, row.id, self.programme, self.sight)

    def page(self, document_id: str, number: int) -> Page:
        """Also of a superseded version. Raises UnknownDocumentError, RemovedError or UnknownPageError."""
        with self.connect() as connection:
            page = reads.page(connection, document_id, number, self.sight)
        if page is None:
            record = self.kept(document_id)
            raise UnknownPageError(f"“{record.title}” has no page {number}: its pages go from 1 to {record.pages}.")
        return page

    def page_without_words(self, document_id: str, number: int) -> Page | None:
        """Its text and blocks, read faster than where each word stands; None when there is no such page."""
        with self.connect() as connection:
            return reads.page_without_words(connection, document_id, number, self.sight)

    def page_states(self, document_id: str) -> list[PageState]:
        """How each page was read. Raises UnknownDocumentError or RemovedError."""
        self.kept(document_id)
        with self.connect() as connection:
            return reads.page_states(connection, document_id, self.sight)

    def articles(self, document_id: str) -> tuple[Article, ...]:
        """Raises UnknownDocumentError or RemovedError."""
        self.kept(document_id)
        with self.connect() as connection:
            return reads.articles(connection, document_id, self.sight)

    def file_path(self, document_id: str) -> Path:
        """The stored copy of the original bytes. Raises UnknownDocumentError or RemovedError."""
        return self.files.path(self.kept(document_id).sha256)

    def kept(self, document_id: str) -> DocumentRecord:
        """The present version or an earlier one. Raises UnknownDocumentError or RemovedError."""
        record = self.document(document_id)
        if record.state == "removed":
            raise RemovedError(removing.gone(record))
        return record

    def known_among(self, document_ids: Collection[str]) -> frozenset[str]:
        """Those of these ids under which there is a document, of whatever state."""
        with self.connect() as connection:
            return reads.known_among(connection, document_ids, self.sight)

    def chunks(self, ids: Sequence[int]) -> list[StoredChunk]:
        """In the order of `ids`; unknown ids are dropped."""
        with self.connect() as connection:
            return reads.chunks(connection, ids, self.sight)

    def sentences(self, ids: Sequence[int]) -> dict[int, Sentences]:
        """The sentences of these chunks, by chunk; none of a chunk that was stored before sentences were."""
        with self.connect() as connection:
            known = ids if self.sight is None else [*reads.documents_of(connection, ids, self.sight)]
            return sentences_of(connection, known)

    def chunks_of(self, document_id: str) -> list[StoredChunk]:
        """In reading order; none of a superseded version. Raises UnknownDocumentError or RemovedError."""
        self.kept(document_id)
        with self.connect() as connection:
            return reads.chunks_of(connection, document_id, self.sight)

    def kept_files(self) -> set[str]:
        """Hashes of the originals that the library keeps."""
        with self.connect() as connection:
            return reads.kept_files(connection)

    def counts(self) -> tuple[int, int]:
        """(documents, chunks)."""
        with self.connect() as connection:
            return reads.counts(connection, self.sight)

    def count_terms(self, kind: vocabulary.Kind, without: Collection[str] = ()) -> Counter[str]:
        """In how many chunks each word or stem stands; the chunks of the documents `without` are not counted."""
        collections = None if self.sight is None else {OPEN, *self.sight}
        with self.connect() as connection:
            counts = Counter(vocabulary.counts_of(connection, kind, collections))
            for (of, term), count in vocabulary.terms_of(connection, without).items():
                if of == kind:
                    counts[term] -= count
                    if counts[term] <= 0:
                        del counts[term]
        return counts

    def chunks_with_several_adopters(self) -> list[tuple[int, tuple[str, ...]]]:
        """Ids of the chunks that name more than two adopters, and which they name."""
        with self.connect() as connection:
            found = words.with_several_adopters(connection)
            known = reads.documents_of(connection, [i for i, _ in found], self.sight)
            return [row for row in found if row[0] in known]

    def chunk_names(self) -> list[tuple[str, list[str], list[str], int]]:
        """How many chunks of each document name the same models and adopters: (document, models, adopters, chunks)."""
        with self.connect() as connection:
            return reads.chunk_names(connection, self.sight)

    @property
    def generation(self) -> int:
        """Grows with every change, so that callers may cache by it."""
        with self.connect() as connection:
            return int(reads.meta(connection)["generation"])

    # Searching

    def find_words(self, query: str, limit: int, documents: Collection[str] | None = None) -> list[tuple[int, float]]:
        """Chunk ids and BM25, higher is better; `query` is of quoted terms (`words.quote_term`), as words.py says."""
        with self.connect() as connection:
            if self.sight is not None:
                return self.seen.find_words(connection, self.sight, query, limit, documents)
            holdings = self.holdings.read(connection, reads.meta(connection)["generation"])
            return find_in(connection, holdings, query, limit, documents)

    def find_nearest(
        self, vector: np.ndarray, limit: int, documents: Collection[str] | None = None
    ) -> list[tuple[int, float]]:
        """Chunk ids and cosine similarity, nearest first; `vector` as `embed` makes it. Raises VectorsAwayError."""
        with self.connect() as connection:
            part = None if self.sight is None else self.seen.part(connection, self.sight)
            if part is not None and not (part.is_all and part.chunks > MOST_EXACT):
                return self.seen.find_nearest(connection, part, vector, limit, documents)
        with translated(self._place):
            return self.nearest.find(vector, limit, documents)

    def compare(self, vector: np.ndarray, ids: Sequence[int]) -> list[tuple[int, float]]:
        """These chunks by cosine similarity, nearest first, without the vector index."""
        with self.connect() as connection:
            return self.nearest.compare(vector, [*reads.documents_of(connection, ids, self.sight)])

    def vectors_trouble(self) -> str | None:
        """Why the vector index cannot be asked at the moment, and a slower search answers; None where it can."""
        with translated(self._place):
            return self.nearest.trouble()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """(n, dimensions) float32 of length 1. Raises ModelError."""
        return self.embedder.embed(texts)

    def warm(self) -> None:
        """Loads what the first question would wait for: the model and the vectors."""
        vector = self.embed(["warm"])[0]
        with suppress(VectorsAwayError):
            self.find_nearest(vector, 1)

    # The database

    def _records(self, connection: Connection, rows: Sequence[Row[Any]]) -> list[DocumentRecord]:
        return catalogue.records(connection, rows, self.programme, self.sight)

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        with translated(self._place), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        with translated(self._place), self.engine.begin() as connection:
            yield connection
