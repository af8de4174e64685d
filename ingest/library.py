"""The library: documents in, their pages, chunks and vectors out. SQLite is the truth, Chroma is derived from it."""

import logging
import os
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from sqlalchemy import Connection, Engine

from ingest import adding, catalogue
from ingest.embedding import Embedder, ModelIdentity, Vectors
from ingest.errors import LibraryError, ModelError, UnknownPageError
from ingest.files import FileStore, Source, find_sources, safe_name
from ingest.lock import DirectoryLock
from ingest.nearest import Nearest
from ingest.programme import Programme
from ingest.records import DocumentRecord, FileReport, Progress, StoredChunk
from ingest.settings import IngestSettings
from ingest.store import reads, words, writes
from ingest.store.opening import FILE_NAME, open_store, translated
from ingest.types import Article, Page

__all__ = ["DocumentRecord", "FileReport", "Library", "Progress", "StoredChunk"]

WAIT_TO_WRITE = 600.0  # seconds, for another process that shares the library through a Chroma server

logger = logging.getLogger(__name__)


class Library:
    """Safe to share between threads. Made by `open`; every method may raise a LibraryError."""

    def __init__(
        self, settings: IngestSettings, programme: Programme, engine: Engine, lock: DirectoryLock, read_only: bool
    ) -> None:
        self.settings = settings
        self.programme = programme
        self.engine = engine
        self.embedder = Embedder(settings.embedding_model)
        self.files = FileStore(settings.data_dir / "files")
        self.nearest = Nearest(engine, settings, read_only=read_only)
        self.writing = threading.RLock()
        self._lock = lock

    @classmethod
    def open(
        cls, settings: IngestSettings, programme: Programme, *, read_only: bool = False, any_model: bool = False
    ) -> Self:
        """Takes the data directory for this process, until `close`.

        `read_only` takes nothing: for looking, beside a process that owns the library. `any_model` opens a library
        that another embedding model was used for, so that it can be listed, thinned out or rebuilt.
        Raises LibraryInUseError, ModelError, or LibraryError when the directory or its file cannot be used.
        """
        folder = settings.data_dir
        lock = DirectoryLock(folder)
        if not read_only:
            _make_folder(folder)
            if settings.chroma_url is None:
                lock.acquire()
        try:
            library = cls(settings, programme, open_store(folder, create=not read_only), lock, read_only)
            try:
                if not any_model:
                    library.check_model()
                if not read_only and settings.chroma_url is None:
                    library.files.tidy({record.sha256 for record in library.documents()})
            except BaseException:
                library.engine.dispose()
                raise
            return library
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        self.nearest.close()
        self.engine.dispose()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Changes

    def add(self, paths: Sequence[Path], progress: Progress | None = None) -> list[FileReport]:
        """Adds files and folders, one report a file; a file that fails never stops the rest."""
        return list(self.add_each(paths, progress))

    def add_each(self, paths: Sequence[Path], progress: Progress | None = None) -> Iterator[FileReport]:
        """As `add`, each report as soon as its file is done."""
        sources = find_sources(paths)
        for index, source in enumerate(sources):
            yield adding.add_file(self, source, adding.Steps(progress, index, len(sources)))

    def add_bytes(self, file_name: str, data: bytes, progress: Progress | None = None) -> FileReport:
        """Adds an upload; of `file_name`, which may be hostile, only a safe name is kept."""
        source = Source(Path(file_name), safe_name(file_name))
        return adding.add_file(self, source, adding.Steps(progress, 0, 1), data)

    def remove(self, document_id: str) -> None:
        """Removes the document, everything derived from it, and the copy of the file. Raises UnknownDocumentError."""
        with self.changing():
            record = self.document(document_id)
            with self.begin() as connection:
                gone = reads.chunk_ids(connection, document_id)
                writes.delete_document(connection, document_id)
                generation = writes.next_generation(connection)
            self.nearest.follow(generation, removed=gone)
            self.files.forget(record.sha256)

    def changing(self) -> AbstractContextManager[None]:
        """One writer at a time: in this process, and among the processes that share the library."""
        return self._changing()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        shared = self.settings.chroma_url is not None
        with self.writing, self._lock.held(WAIT_TO_WRITE) if shared else nullcontext():
            yield

    # Reading

    def documents(self) -> list[DocumentRecord]:
        """In the order in which they were added."""
        with self.connect() as connection:
            return catalogue.records(reads.document_rows(connection), self.programme)

    def document(self, document_id: str) -> DocumentRecord:
        """Raises UnknownDocumentError."""
        return catalogue.one(self.documents(), document_id)

    def active_documents(self) -> frozenset[str]:
        """Ids of the documents that answers may use: a digest steps aside while its original is in the library."""
        return frozenset(record.id for record in self.documents() if not record.stands_aside)

    def page(self, document_id: str, number: int) -> Page:
        """Raises UnknownDocumentError or UnknownPageError."""
        with self.connect() as connection:
            page = reads.page(connection, document_id, number)
        if page is None:
            record = self.document(document_id)
            raise UnknownPageError(f"“{record.title}” has no page {number}: its pages go from 1 to {record.pages}.")
        return page

    def articles(self, document_id: str) -> tuple[Article, ...]:
        """Raises UnknownDocumentError."""
        self.document(document_id)
        with self.connect() as connection:
            return reads.articles(connection, document_id)

    def file_path(self, document_id: str) -> Path:
        """The stored copy of the original bytes. Raises UnknownDocumentError."""
        return self.files.path(self.document(document_id).sha256)

    def chunks(self, ids: Sequence[int]) -> list[StoredChunk]:
        """In the order of `ids`; unknown ids are dropped."""
        with self.connect() as connection:
            return reads.chunks(connection, ids)

    def chunks_of(self, document_id: str) -> list[StoredChunk]:
        """In reading order. Raises UnknownDocumentError."""
        self.document(document_id)
        with self.connect() as connection:
            return reads.chunks_of(connection, document_id)

    def counts(self) -> tuple[int, int]:
        """(documents, chunks)."""
        with self.connect() as connection:
            return len(reads.document_rows(connection)), reads.chunk_count(connection)

    @property
    def generation(self) -> int:
        """Grows with every change, so that callers may cache by it."""
        with self.connect() as connection:
            return int(reads.meta(connection)["generation"])

    # Searching

    def find_words(self, query: str, limit: int, documents: Collection[str] | None = None) -> list[tuple[int, float]]:
        """Chunk ids and BM25, higher is better; `query` is an FTS5 expression of quoted terms (`words.quote_term`)."""
        with self.connect() as connection:
            return words.find(connection, query, limit, documents)

    def find_nearest(
        self, vector: np.ndarray, limit: int, documents: Collection[str] | None = None
    ) -> list[tuple[int, float]]:
        """Chunk ids and cosine similarity, nearest first; `vector` as `embed` makes it."""
        with translated(self.settings.data_dir / FILE_NAME):
            return self.nearest.find(vector, limit, documents)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """(n, dimensions) float32 of length 1. Raises ModelError."""
        return self.embedder.embed(texts)

    def warm(self) -> None:
        """Loads what the first question would wait for: the model and the vectors."""
        self.find_nearest(self.embed(["warm"])[0], 1)

    # The database

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        with translated(self.settings.data_dir / FILE_NAME), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        with translated(self.settings.data_dir / FILE_NAME), self.engine.begin() as connection:
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


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK)
    except OSError as error:
        raise LibraryError(f"The data directory {folder} cannot be made ({error.strerror}): {_ELSEWHERE}") from error
    if not writable:
        raise LibraryError(f"The data directory {folder} may not be written to: {_ELSEWHERE}")


_ELSEWHERE = "set ASSISTANT_DATA_DIR to a folder that may be written."
