"""One file into the library: copy, read, chunk, embed; then the swap, in one transaction. Killed at any moment,
the library holds the old version or the new one."""

import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from ingest.child import read_in_child
from ingest.chunks import chunk_document
from ingest.embedding import Vectors, embedded_text
from ingest.errors import CancelledError, IngestError
from ingest.files import Source
from ingest.reading_again import merge_pages, read_count, stored_document, worth_another_reading
from ingest.records import DocumentRecord, FileReport, Progress, Status
from ingest.store import reads, writes
from ingest.store.codec import storable
from ingest.store.writes import NewDocument
from ingest.types import Chunk, ParsedDocument

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
    """Adds a file, or `data` under its name. Whatever goes wrong with it is told in the report, not raised; only
    a CancelledError that `steps` raises passes through."""
    name = source.file_name if data is not None else storable(str(source.path))
    if source.problem is not None:
        return FileReport(name, "failed", storable(source.problem))
    steps.tell("reading", 0, 0)
    given = source.path if data is None else data
    try:
        with library.files.staged(given, source.file_name, library.settings.max_file_mb) as (copy, sha256):
            return _add(library, name, copy, sha256, steps)
    except CancelledError:
        raise
    except IngestError as error:
        return FileReport(name, "failed", str(error))
    except OSError as error:
        return FileReport(name, "failed", f"The file could not be stored ({error}): see that the disk has room.")
    except Exception as error:
        logger.exception("Adding %s failed", name)
        return FileReport(name, "failed", f"An error of the program stopped it ({type(error).__name__}: {error}).")


def read_again(library: "Library", record: DocumentRecord, steps: Steps) -> FileReport:
    """Reads a document once more from its kept copy: what could not be read before may be readable now.

    Raises a ReadError when the copy cannot be read.
    """
    known = stored_document(library, record)
    # A copy of the copy, because it must bear the file's own name
    with library.files.staged(library.file_path(record.id), record.file_name, sys.maxsize) as (copy, _):
        parsed = merge_pages(known, _read(library, copy, steps))
    if read_count(parsed) == read_count(known) and parsed.pages == known.pages:
        return _report(record.file_name, "unchanged", record, "Reading it again found nothing more.")
    more = read_count(parsed) - read_count(known)
    report = _stage(library, record.file_name, None, _New(record.sha256, record.file_name, parsed), steps)
    return replace(report, reason=report.reason or f"{_pages(more)} that could not be read before can be now.")


def _add(library: "Library", name: str, copy: Path, sha256: str, steps: Steps) -> FileReport:
    known = library.with_bytes(sha256)
    if known is not None and known.state == "current":
        if not library.files.holds(sha256):  # the kept copy was lost or changed: this puts it back
            library.files.keep(copy, sha256)
        if worth_another_reading(library, known):
            return replace(read_again(library, known, steps), file=name)
        same = None if known.file_name == copy.name else f"The same file is in the library as “{known.file_name}”."
        return _report(name, "unchanged", known, same)
    if known is not None and known.state == "superseded":  # back to an earlier version: its pages are still here
        parsed = stored_document(library, known)
    else:
        parsed = _read(library, copy, steps)
    return _stage(library, name, copy, _New(sha256, copy.name, parsed), steps)


def _read(library: "Library", path: Path, steps: Steps) -> ParsedDocument:
    return read_in_child(path, library.settings, lambda page, pages: steps.tell("reading", page, pages))


@dataclass(frozen=True, slots=True)
class _New:
    sha256: str
    file_name: str
    parsed: ParsedDocument


def _stage(library: "Library", name: str, copy: Path | None, new: _New, steps: Steps) -> FileReport:
    """Chunks and embeds, with nothing changed yet; `copy` is None when the library has the file already."""
    chunks = chunk_document(new.parsed, library.programme)
    vectors = _embed(library, chunks, steps)
    steps.tell("storing", 0, 1)
    return _swap(library, name, copy, new, chunks, vectors)


def _embed(library: "Library", chunks: Sequence[Chunk], steps: Steps) -> Vectors:
    texts = [embedded_text(chunk) for chunk in chunks]
    return library.embedder.embed(texts, lambda done, total: steps.tell("embedding", done, total))


def _swap(
    library: "Library", name: str, copy: Path | None, new: _New, chunks: Sequence[Chunk], vectors: Vectors
) -> FileReport:
    with library.changing():
        library.check_model()
        known = library.with_bytes(new.sha256)
        if copy is not None:
            if known is not None and known.state == "current":  # added by another thread in the meantime
                return _report(name, "unchanged", known)
            library.files.keep(copy, new.sha256)
        elif known is None or known.state != "current":
            return FileReport(name, "failed", "It was removed while it was being read again.", new.sha256[:16])
        replaced = copy is None or any(record.file_name == new.file_name for record in library.documents())
        try:
            with library.begin() as connection:
                generation, added, removed = _write(connection, library, new, chunks, vectors)
        except BaseException:
            if known is None or known.state == "removed":
                library.files.forget(new.sha256)
            raise
        problem = library.nearest.follow(generation, added, removed)
        return _report(name, "replaced" if replaced else "added", library.document(new.sha256[:16]), problem)


def _write(
    connection: Connection, library: "Library", new: _New, chunks: Sequence[Chunk], vectors: Vectors
) -> tuple[int, list[int], list[int]]:
    """The one transaction; its generation, the new chunks' ids and the old ones'."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    generation = writes.next_generation(connection)
    document = NewDocument(new.sha256, new.file_name, now, generation, new.parsed, chunks, vectors)
    others = [row for row in reads.document_rows(connection) if row.file_name == new.file_name]
    removed = [chunk for row in others for chunk in reads.chunk_ids(connection, row.id)]
    for row in others:
        if row.id != document.id:
            writes.supersede_document(connection, row.id, document.id, now)
    writes.delete_document(connection, document.id)  # an earlier reading, an earlier version or a tombstone
    writes.insert_document(connection, document)
    writes.set_meta(connection, "model", library.embedder.identity.name)
    writes.set_meta(connection, "model_sha256", library.embedder.identity.sha256)
    return generation, reads.chunk_ids(connection, document.id), removed


def _report(name: str, status: Status, record: DocumentRecord, reason: str | None = None) -> FileReport:
    return FileReport(name, status, reason or _unread(record), record.id, record.pages, record.pages_without_text)


def _unread(record: DocumentRecord) -> str | None:
    """What a person should know about how it was read; None when every page was."""
    told = [f"{_pages(count)}: {health}" for health, count in record.health.items() if health != "read"]
    return f"Not every page is plain text: {'; '.join(told)}." if told else None


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"
