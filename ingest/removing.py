"""Documents out of the library: text, vectors, words and the copy of the file go, a tombstone stays."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ingest.errors import RemovedError
from ingest.records import DocumentRecord
from ingest.store import reads, writes
from ingest.store.answers import hide_quotes

if TYPE_CHECKING:
    from ingest.library import Library


def remove_document(library: "Library", document_id: str) -> tuple[DocumentRecord, ...]:
    """Removes a document with its earlier versions, or one earlier version; what was removed, newest first.

    Raises UnknownDocumentError or RemovedError.
    """
    with library.changing():
        record = library.document(document_id)
        if record.state == "removed":
            raise RemovedError(gone(record))
        versions = library.versions(record.file_name, record.collection)
        earlier = [one for one in versions if one.state == "superseded"]
        going = (record, *earlier) if record.state == "current" else (record,)
        _bury(library, going, datetime.now(UTC).isoformat(timespec="milliseconds"))
        return going


def bury_again(library: "Library", record: DocumentRecord) -> None:
    """Removes what is still stored of a document that was removed."""
    with library.changing():
        _bury(library, (record,), record.state_at or "")


def _bury(library: "Library", going: Sequence[DocumentRecord], at: str) -> None:
    with library.begin() as connection:
        chunks = [chunk for one in going for chunk in reads.chunk_ids(connection, one.id)]
        for one in going:
            writes.bury_document(connection, one.id, at)
        generation = writes.next_generation(connection)
    library.nearest.follow(generation, removed=chunks)
    for one in going:
        forget_file(library, one.sha256)


def forget_file(library: "Library", sha256: str) -> None:
    """Unless a document of another collection has the same bytes, or an earlier version."""
    with library.connect() as connection:
        needed = reads.is_kept(connection, sha256)
    if not needed:
        library.files.forget(sha256)


def hide_removed(library: "Library", document_ids: Collection[str]) -> None:
    """Empties the quotes of those of these documents that have been removed, in every kept answer."""
    with library.connect() as connection:
        removed = reads.removed_among(connection, document_ids)
    if removed:
        with library.begin() as connection:
            for document_id in removed:
                hide_quotes(connection, document_id)


def gone(record: DocumentRecord) -> str:
    """The sentence that stands for a removed document."""
    day = (record.state_at or "")[:10]
    return f"“{record.title}” ({record.file_name}) was removed from the library on {day}: nothing of it is kept."
