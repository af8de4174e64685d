"""The library as it is read: documents and their versions, pages, chunks, and the two searches."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, Engine

from ingest import catalogue, removing
from ingest.embedding import Embedder, ModelIdentity, Vectors
from ingest.errors import ModelError, RemovedError, UnknownPageError, VectorsAwayError
from ingest.holdings import MOST_LEFT_OUT, HoldingsKeeper, keep_known
from ingest.nearest import Nearest
from ingest.programme import Programme
from ingest.records import STATES, DocumentRecord, PageState, StoredChunk
from ingest.settings import IngestSettings
from ingest.shared_files import files_of
from ingest.store import reads, vocabulary, words
from ingest.store.opening import place_of, translated
from ingest.store.sentences import Sentences, sentences_of
from ingest.types import Article, Page


class LibraryView:
    """Safe to share between threads; every method may raise a LibraryError."""

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

    # Documents and pages

    def documents(self) -> list[DocumentRecord]:
        """The current versions, in the order in which they were added."""
        with self.connect() as connection:
            return catalogue.records(connection, reads.document_rows(connection), self.programme)

    def all_versions(self) -> list[DocumentRecord]:
        """Every version there ever was, superseded and removed ones too."""
        with self.connect() as connection:
            return catalogue.records(connection, reads.document_rows(connection, *STATES), self.programme)

    def versions(self, file_name: str) -> list[DocumentRecord]:
        """Newest first."""
        with self.connect() as connection:
            return catalogue.records(connection, reads.versions(connection, file_name), self.programme)

    def document(self, document_id: str) -> DocumentRecord:
        """Of any state. Raises UnknownDocumentError."""
        with self.connect() as connection:
            row = reads.document_row(connection, document_id)
            return catalogue.one(connection, row, document_id, self.programme)

    def current(self, document_id: str) -> DocumentRecord:
        """Raises UnknownDocumentError also for a version that is superseded or removed."""
        with self.connect() as connection:
            row = reads.document_row(connection, document_id)
            present = row if row is not None and row.state == reads.CURRENT else None
            return catalogue.one(connection, present, document_id, self.programme)

    def with_bytes(self, sha256: str) -> DocumentRecord | None:
        """The document of these bytes, of any state."""
        with self.connect() as connection:
            row = reads.document_with(connection, sha256)
            return None if row is None else catalogue.one(connection, row, row.id, self.programme)

    def active_documents(self) -> frozenset[str]:
        """Ids of the documents that answers may use: a digest steps aside while its original is in the library."""
        return frozenset(record.id for record in self.documents() if not record.stands_aside)

    def page(self, document_id: str, number: int) -> Page:
        """Also of a superseded version. Raises UnknownDocumentError, RemovedError or UnknownPageError."""
        with self.connect() as connection:
            page = reads.page(connection, document_id, number)
        if page is None:
            record = self.kept(document_id)
            raise UnknownPageError(f"“{record.title}” has no page {number}: its pages go from 1 to {record.pages}.")
        return page

    def page_without_words(self, document_id: str, number: int) -> Page | None:
        """Its text and blocks, read faster than where each word stands; None when there is no such page."""
        with self.connect() as connection:
            return reads.page_without_words(connection, document_id, number)

    def page_states(self, document_id: str) -> list[PageState]:
        """How each page was read. Raises UnknownDocumentError or RemovedError."""
        self.kept(document_id)
        with self.connect() as connection:
            return reads.page_states(connection, document_id)

    def articles(self, document_id: str) -> tuple[Article, ...]:
        """Raises UnknownDocumentError or RemovedError."""
        self.kept(document_id)
        with self.connect() as connection:
            return reads.articles(connection, document_id)

    def file_path(self, document_id: str) -> Path:
        """The stored copy of the original bytes. Raises UnknownDocumentError or RemovedError."""
        return self.files.path(self.kept(document_id).sha256)

    def kept(self, document_id: str) -> DocumentRecord:
        """The present version or an earlier one. Raises UnknownDocumentError or RemovedError."""
        record = self.document(document_id)
        if record.state == "removed":
            raise RemovedError(removing.gone(record))
        return record

    def chunks(self, ids: Sequence[int]) -> list[StoredChunk]:
        """In the order of `ids`; unknown ids are dropped."""
        with self.connect() as connection:
            return reads.chunks(connection, ids)

    def sentences(self, ids: Sequence[int]) -> dict[int, Sentences]:
        """The sentences of these chunks, by chunk; none of a chunk that was stored before sentences were."""
        with self.connect() as connection:
            return sentences_of(connection, ids)

    def chunks_of(self, document_id: str) -> list[StoredChunk]:
        """In reading order; none of a superseded version. Raises UnknownDocumentError or RemovedError."""
        self.kept(document_id)
        with self.connect() as connection:
            return reads.chunks_of(connection, document_id)

    def kept_files(self) -> set[str]:
        """Hashes of the originals that the library keeps."""
        with self.connect() as connection:
            return reads.kept_files(connection)

    def counts(self) -> tuple[int, int]:
        """(documents, chunks)."""
        with self.connect() as connection:
            return reads.document_count(connection), reads.chunk_count(connection)

    def count_terms(self, kind: vocabulary.Kind, without: Collection[str] = ()) -> Counter[str]:
        """In how many chunks each word or stem stands; the chunks of the documents `without` are not counted."""
        with self.connect() as connection:
            counts = Counter(vocabulary.counts_of(connection, kind))
            for (of, term), count in vocabulary.terms_of(connection, without).items():
                if of == kind:
                    counts[term] -= count
                    if counts[term] <= 0:
                        del counts[term]
        return counts

    def chunks_with_several_adopters(self) -> list[tuple[int, tuple[str, ...]]]:
        """Ids of the chunks that name more than two adopters, and which they name."""
        with self.connect() as connection:
            return words.with_several_adopters(connection)

    def chunk_names(self) -> list[tuple[str, list[str], list[str], int]]:
        """How many chunks of each document name the same models and adopters: (document, models, adopters, chunks)."""
        with self.connect() as connection:
            return reads.chunk_names(connection)

    @property
    def generation(self) -> int:
        """Grows with every change, so that callers may cache by it."""
        with self.connect() as connection:
            return int(reads.meta(connection)["generation"])

    # Searching

    def find_words(self, query: str, limit: int, documents: Collection[str] | None = None) -> list[tuple[int, float]]:
        """Chunk ids and BM25, higher is better; `query` is of quoted terms (`words.quote_term`), as words.py says."""
        with self.connect() as connection:
            holdings = self.holdings.read(connection, reads.meta(connection)["generation"])
            wanted = holdings.count_wanted(documents)
            if limit < 1 or not wanted:
                return []
            if (others := holdings.total - wanted) > MOST_LEFT_OUT:
                return words.find(connection, query, limit, documents)
            found = words.find(connection, query, limit + others)
            return keep_known(connection, found, documents)[:limit] if others else found

    def find_nearest(
        self, vector: np.ndarray, limit: int, documents: Collection[str] | None = None
    ) -> list[tuple[int, float]]:
        """Chunk ids and cosine similarity, nearest first; `vector` as `embed` makes it. Raises VectorsAwayError."""
        with translated(self._place):
            return self.nearest.find(vector, limit, documents)

    def compare(self, vector: np.ndarray, ids: Sequence[int]) -> list[tuple[int, float]]:
        """These chunks by cosine similarity, nearest first, without the vector index."""
        with translated(self._place):
            return self.nearest.compare(vector, ids)

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

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        with translated(self._place), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        with translated(self._place), self.engine.begin() as connection:
            yield connection

    def check_model(self) -> None:
        """Raises ModelError when the library's vectors come from another model than the settings name."""
        made_with = self.made_with()
        if made_with is not None and made_with.sha256 != self.embedder.identity.sha256:
            raise ModelError(
                f"This library was made with the embedding model {made_with.name}"
                f" ({made_with.sha256[:12]}…), not with {self.embedder.identity.name}: set ASSISTANT_EMBEDDING_MODEL"
                " as it was, or run `assistant rebuild` to embed every chunk anew."
            )

    def made_with(self) -> ModelIdentity | None:
        """The model that the stored vectors come from; None while there are none."""
        with self.connect() as connection:
            meta = reads.meta(connection)
        return ModelIdentity(meta["model"], meta["model_sha256"]) if "model_sha256" in meta else None
