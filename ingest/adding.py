"""One file into the library: copy, read, chunk, embed; then the swap, in one transaction. Killed at any moment,
the library holds the old version or the new one."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.child import read_in_child
from ingest.chunks import chunk_document
from ingest.embedding import Vectors, embedded_text
from ingest.errors import IngestError, NoTextError
from ingest.files import Source
from ingest.records import DocumentRecord, FileReport, Progress, Status
from ingest.store import reads, writes
from ingest.store.codec import storable
from ingest.store.writes import NewDocument
from ingest.types import Chunk

if TYPE_CHECKING:
    from ingest.library import Library

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Steps:
    """Tells how far the file of this index has come."""

    progress: Progress | None
    index: int
    count: int

    def tell(self, stage: str, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(self.index, self.count, stage, done, total)


def add_file(library: "Library", source: Source, steps: Steps, data: bytes | None = None) -> FileReport:
    """Adds a file, or `data` under its name. Whatever goes wrong with it is told in the report, not raised."""
    name = source.file_name if data is not None else storable(str(source.path))
    if source.problem is not None:
        return FileReport(name, "failed", storable(source.problem))
    steps.tell("reading", 0, 0)
    given = source.path if data is None else data
    try:
        with library.files.staged(given, source.file_name, library.settings.max_file_mb) as (copy, sha256):
            return _add(library, name, copy, sha256, steps)
    except IngestError as error:
        return FileReport(name, "failed", str(error))
    except OSError as error:
        return FileReport(name, "failed", f"The file could not be stored ({error}): see that the disk has room.")
    except Exception as error:
        logger.exception("Adding %s failed", name)
        return FileReport(name, "failed", f"An error of the program stopped it ({type(error).__name__}: {error}).")


def _add(library: "Library", name: str, copy: Path, sha256: str, steps: Steps) -> FileReport:
    known = _with_bytes(library.documents(), sha256)
    if known is not None:
        if not library.files.holds(sha256):  # the kept copy was lost or changed: this puts it back
            library.files.keep(copy, sha256)
        return _report(name, "unchanged", known)
    parsed = read_in_child(copy, library.settings, lambda page, pages: steps.tell("reading", page, pages))
    chunks = chunk_document(parsed, library.programme)
    if not chunks:
        raise NoTextError("No page of it has text that can be searched: run it through text recognition (OCR) first.")
    vectors = _embed(library, chunks, steps)
    steps.tell("storing", 0, 1)
    added_at = datetime.now(UTC).isoformat(timespec="milliseconds")
    new = NewDocument(sha256, copy.name, added_at, parsed, chunks, vectors)
    return _swap(library, name, copy, new)


def _embed(library: "Library", chunks: Sequence[Chunk], steps: Steps) -> Vectors:
    texts = [embedded_text(chunk) for chunk in chunks]
    return library.embedder.embed(texts, lambda done, total: steps.tell("embedding", done, total))


def _swap(library: "Library", name: str, copy: Path, new: NewDocument) -> FileReport:
    with library.changing():
        library.check_model()
        documents = library.documents()
        known = _with_bytes(documents, new.sha256)  # added by another thread in the meantime
        if known is not None:
            return _report(name, "unchanged", known)
        old = next((record for record in documents if record.file_name == new.file_name), None)
        library.files.keep(copy, new.sha256)
        generation, added, removed = _write(library, new, old)
        problem = library.nearest.follow(generation, added, removed)
        if old is not None:
            library.files.forget(old.sha256)
        return _report(name, "added" if old is None else "replaced", library.document(new.id), problem)


def _write(library: "Library", new: NewDocument, old: DocumentRecord | None) -> tuple[int, list[int], list[int]]:
    """The one transaction; its generation, the new chunks' ids and the old ones'."""
    model = library.embedder.identity
    try:
        with library.begin() as connection:
            removed = [] if old is None else reads.chunk_ids(connection, old.id)
            if old is not None:
                writes.delete_document(connection, old.id)
            writes.insert_document(connection, new)
            writes.set_meta(connection, "model", model.name)
            writes.set_meta(connection, "model_sha256", model.sha256)
            return writes.next_generation(connection), reads.chunk_ids(connection, new.id), removed
    except BaseException:
        library.files.forget(new.sha256)
        raise


def _with_bytes(documents: Sequence[DocumentRecord], sha256: str) -> DocumentRecord | None:
    return next((record for record in documents if record.sha256 == sha256), None)


def _report(name: str, status: Status, record: DocumentRecord, problem: str | None = None) -> FileReport:
    return FileReport(name, status, problem, record.id, record.pages, record.pages_without_text)
