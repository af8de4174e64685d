"""The library: documents in, their pages, chunks and vectors out.

SQLite, or PostgreSQL for several machines, is the truth; Chroma is derived from it.
"""

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from ingest import adding, reading_again, removing
from ingest.collections import Collections
from ingest.embedding import ModelIdentity
from ingest.errors import LibraryInUseError, ModelError
from ingest.files import Source, find_sources, safe_name
from ingest.lock import DirectoryLock, Lock
from ingest.programme import Programme
from ingest.records import OPEN, DocumentRecord, FileReport, Progress, StoredChunk
from ingest.settings import IngestSettings
from ingest.sharing import lock_of, presence_of
from ingest.staging import Steps
from ingest.store import reads
from ingest.store.opening import make_folder, open_store
from ingest.view import LibraryView

__all__ = ["DocumentRecord", "FileReport", "Library", "Progress", "StoredChunk"]

WAIT_TO_WRITE = 600.0  # seconds, for another process that shares the library


class Library(LibraryView):
    """Safe to share between threads. Made by `open`; every method may raise a LibraryError."""

    def __init__(
        self, settings: IngestSettings, programme: Programme, engine: Engine, lock: Lock, read_only: bool
    ) -> None:
        super().__init__(settings, programme, engine, read_only)
        self.writing = threading.RLock()
        self.presence = presence_of(settings, engine)
        self._lock = lock
        self._swept = -1
        self.nearest.changing = self.changing

    @classmethod
    def open(
        cls, settings: IngestSettings, programme: Programme, *, read_only: bool = False, any_model: bool = False
    ) -> Self:
        """Takes the data directory for this process, until `close`; a library on servers is shared.

        `read_only` takes nothing: for looking, beside a process that owns the library. `any_model` opens a library
        that another embedding model was used for, so that it can be listed, thinned out or rebuilt.
        Raises LibraryInUseError, ModelError, or LibraryError when the directory or its database cannot be used.
        """
        folder = settings.data_dir
        lock = DirectoryLock(folder)
        if not read_only:
            make_folder(folder)
            if not settings.is_shared:
                lock.acquire()
        try:
            engine = open_store(folder, not read_only, settings.database)
            try:
                library = cls(settings, programme, engine, lock_of(settings, engine, lock), read_only)
                library._begin(any_model)
            except BaseException:
                engine.dispose()
                raise
            return library
        except BaseException:
            lock.release()
            raise

    def _begin(self, any_model: bool) -> None:
        if not any_model:
            self.check_model()
        if self._read_only:
            return
        if self.presence is not None:
            self.presence.ensure()
        if not self.settings.is_shared:
            self.files.tidy(self.kept_files())
        elif self.settings.database is not None:
            with suppress(LibraryInUseError), self._changing(wait=0):
                self.files.tidy(self.kept_files())

    def close(self) -> None:
        self.nearest.close()
        self.seen.close()
        if self.presence is not None:
            self.presence.leave()
        self.engine.dispose()
        self._lock.release()

    def sweep(self) -> None:
        """Removes from this machine what another has removed from the library."""
        generation = self.generation
        if generation != self._swept:
            self.files.sweep(self.kept_files())
            self._swept = generation

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Changes

    def add(self, paths: Sequence[Path], progress: Progress | None = None) -> list[FileReport]:
        """Adds files and folders to the open collection, one report a file; one that fails never stops the rest."""
        return list(self.add_each(paths, progress))

    def add_each(self, paths: Sequence[Path], progress: Progress | None = None) -> Iterator[FileReport]:
        """As `add`, each report as soon as its file is done."""
        yield from self.add_sources(find_sources(paths, self.settings.data_dir), progress)

    def add_sources(
        self, sources: Sequence[Source], progress: Progress | None = None, collection: str = OPEN
    ) -> Iterator[FileReport]:
        """As `add_each`, of files that were found already. Only a CancelledError that `progress` raises ends it."""
        self.embedder.load_early()
        for index, source in enumerate(sources):
            yield adding.add_file(self, source, Steps(progress, index, len(sources)), None, collection)

    def add_upload(
        self, file_name: str, path: Path, progress: Progress | None = None, collection: str = OPEN
    ) -> FileReport:
        """Adds the file at `path` under a name that may be hostile; the report does not tell the path."""
        source = Source(path, safe_name(file_name))
        told = adding.add_file(self, source, Steps(progress, 0, 1), None, collection)
        return replace(told, file=source.file_name)

    def add_bytes(
        self, file_name: str, data: bytes, progress: Progress | None = None, collection: str = OPEN
    ) -> FileReport:
        """Adds an upload; of `file_name`, which may be hostile, only a safe name is kept."""
        source = Source(Path(file_name), safe_name(file_name))
        return adding.add_file(self, source, Steps(progress, 0, 1), data, collection)

    def read_again(self, document_id: str, progress: Progress | None = None) -> FileReport:
        """Reads the kept copy once more. Raises UnknownDocumentError, or a ReadError when it cannot be read."""
        return reading_again.read_again(self, self.current(document_id), Steps(progress, 0, 1))

    def remove(self, document_id: str) -> tuple[DocumentRecord, ...]:
        """Removes a document, its earlier versions and all that is derived; tombstones stay. Newest first.

        Of an earlier version's id, only that version goes. Raises UnknownDocumentError or RemovedError.
        """
        return removing.remove_document(self, document_id)

    @property
    def collections(self) -> Collections:
        """Documents that only some may see: made, emptied, and what stands in which."""
        return Collections(self)

    def changing(self, wait: float = WAIT_TO_WRITE) -> AbstractContextManager[None]:
        """One writer at a time: in this process, and among the processes that share the library.

        Raises LibraryInUseError when another process is still writing after `wait` seconds.
        """
        return self._changing(wait)

    @contextmanager
    def _changing(self, wait: float = WAIT_TO_WRITE) -> Iterator[None]:
        with self.writing, self._lock.held(wait) if self.settings.is_shared else nullcontext():
            yield

    def hide_removed(self, document_ids: Collection[str]) -> None:
        """Empties the quotes of those of these documents that have been removed, in every kept answer."""
        removing.hide_removed(self, document_ids)

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
