"""A document that has been read, into the library: chunks and vectors are made first, then all is swapped in.

The swap is one transaction: killed at any moment, the library holds the old version or the new one.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from ingest import removing
from ingest.child import read_in_child
from ingest.chunk_vectors import embed_chunks
from ingest.chunks import chunk_document
from ingest.embedding import Vectors
from ingest.errors import CancelledError
from ingest.records import DocumentRecord, FileReport, Progress, Status
from ingest.store import reads, writes
from ingest.store.collections import require
from ingest.store.identity import id_for
from ingest.store.sentences import PackedSentences, insert_sentences
from ingest.store.writes import NewDocument
from ingest.types import Chunk, PageHealth, ParsedDocument

if TYPE_CHECKING:
    from ingest.library import Library

_SIGN = 0.5  # seconds between signs of progress
_AS_EXPECTED = frozenset({PageHealth.READ, PageHealth.EMPTY})


@dataclass(frozen=True, slots=True)
class Steps:
    """Tells how far the file of this index has come."""

    progress: Progress | None
    index: int
    count: int

    def tell(self, stage: str, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(self.index, self.count, stage, done, total)


def read_file(library: "Library", path: Path, steps: Steps) -> ParsedDocument:
    return read_in_child(path, library.settings, lambda page, pages: steps.tell("reading", page, pages))


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document as it was read, under the name and in the collection it gets."""

    sha256: str
    file_name: str
    parsed: ParsedDocument
    collection: str


@dataclass(frozen=True, slots=True)
class _Embedded:
    """The chunks of a document, their vectors and their sentences, one of each a chunk."""

    chunks: Sequence[Chunk]
    vectors: Vectors
    sentences: Sequence[PackedSentences]


def stage(library: "Library", name: str, copy: Path | None, new: Incoming, steps: Steps) -> FileReport:
    """Chunks and embeds, with nothing changed yet; `copy` is None when the library has the file already."""
    embedded = _embed(library, chunk_document(new.parsed, library.programme), steps)
    steps.tell("storing", 0, 1)
    with _signs(steps):
        return _swap(library, name, copy, new, embedded)


@contextmanager
def _signs(steps: Steps) -> Iterator[None]:
    """Tells that the swap goes on: of a long document it takes seconds. It is not stopped, whatever `steps` raises."""
    done = threading.Event()

    def tell() -> None:
        while not done.wait(_SIGN):
            with suppress(CancelledError):
                steps.tell("storing", 0, 1)

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _embed(library: "Library", chunks: Sequence[Chunk], steps: Steps) -> _Embedded:
    library.embedder.load_early()
    while not library.embedder.loaded.wait(_SIGN):
        steps.tell("embedding", 0, len(chunks))
    made = embed_chunks(library.embedder, chunks, lambda done, total: steps.tell("embedding", done, total))
    return _Embedded(chunks, *made)


def _swap(library: "Library", name: str, copy: Path | None, new: Incoming, embedded: _Embedded) -> FileReport:
    with library.changing():
        library.check_model()
        known = library.with_bytes(new.sha256, new.collection)
        if copy is not None:
            if known is not None and known.state == "current":  # added by another thread in the meantime
                return report(name, "unchanged", known)
            library.files.keep(copy, new.sha256)
        elif known is None or known.state != "current":
            gone = known.id if known is not None else None
            return FileReport(name, "failed", "It was removed while it was being read again.", gone)
        earlier = library.versions(new.file_name, new.collection)
        replaced = copy is None or any(record.state == "current" for record in earlier)
        try:
            with library.begin() as connection:
                require(connection, new.collection)
                document_id, generation, added, removed = _write(connection, library, new, embedded)
        except BaseException:
            removing.forget_file(library, new.sha256)
            raise
        problem = library.nearest.follow(generation, added, removed)
        return report(name, "replaced" if replaced else "added", library.document(document_id), problem)


def _write(
    connection: Connection, library: "Library", new: Incoming, embedded: _Embedded
) -> tuple[str, int, list[int], list[int]]:
    """The one transaction; the document's id, the generation, the new chunks' ids and the old ones'."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    generation = writes.next_generation(connection)
    made = (new.parsed, embedded.chunks, embedded.vectors, new.collection)
    document_id = id_for(connection, new.sha256, new.collection)
    document = NewDocument(new.sha256, new.file_name, now, generation, *made, document_id)
    versions = reads.versions(connection, new.file_name, new.collection)
    others = [row for row in versions if row.state == reads.CURRENT]
    removed = [chunk for row in others for chunk in reads.chunk_ids(connection, row.id)]
    for row in others:
        if row.id != document.id:
            writes.supersede_document(connection, row.id, document.id, now)
    writes.delete_document(connection, document.id)  # an earlier reading, an earlier version or a tombstone
    writes.insert_document(connection, document)
    insert_sentences(connection, document.id, embedded.sentences)
    writes.set_meta(connection, "model", library.embedder.identity.name)
    writes.set_meta(connection, "model_sha256", library.embedder.identity.sha256)
    return document.id, generation, reads.chunk_ids(connection, document.id), removed


def report(name: str, status: Status, record: DocumentRecord, reason: str | None = None) -> FileReport:
    return FileReport(name, status, reason or _unread(record), record.id, record.pages, record.pages_without_text)


def _unread(record: DocumentRecord) -> str | None:
    """What a person should know about how it was read; None when every page was, or is blank."""
    if not record.chunks:
        return f"No page of it has text that can be searched ({_counted(record.health.items())})."
    odd = [(name, count) for name, count in record.health.items() if name not in _AS_EXPECTED]
    return f"Not every page is plain text ({_counted(odd)})." if odd else None


def _counted(health: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{pages_in_words(count)}: {name}" for name, count in health)


def pages_in_words(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"
