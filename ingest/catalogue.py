"""Rows to document records: what the programme's data says of a document is added here, on every reading."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row

from ingest.errors import UnknownDocumentError
from ingest.programme import Digest, Programme
from ingest.records import DocumentRecord, Kind, Sight
from ingest.store import reads
from ingest.types import Format


def records(
    connection: Connection, rows: Sequence[Row[Any]], programme: Programme, sight: Sight = None
) -> list[DocumentRecord]:
    """What stands aside for another does so only where whoever asks may see that one."""
    digests = {digest.file: digest for digest in programme.digests}
    asked = any(row.file_name in digests for row in rows)
    current = reads.document_rows(connection, sight=sight) if asked else ()
    copies = reads.copies(connection, sight, rows[0].sha256 if len(rows) == 1 else None) if rows else {}
    return [_record(row, digests.get(row.file_name), current, copies, programme) for row in rows]


def one(
    connection: Connection, row: Row[Any] | None, document_id: str, programme: Programme, sight: Sight = None
) -> DocumentRecord:
    """Raises UnknownDocumentError when there is no row."""
    if row is None:
        raise UnknownDocumentError(
            f"There is no document with the id “{document_id}”: `assistant documents` lists them."
        )
    return records(connection, (row,), programme, sight)[0]


def _record(
    row: Row[Any],
    digest: Digest | None,
    current: Sequence[Row[Any]],
    copies: Mapping[str, str],
    programme: Programme,
) -> DocumentRecord:
    is_copy = row.state == reads.CURRENT and copies.get(row.sha256, row.collection) != row.collection
    return DocumentRecord(
        id=row.id,
        sha256=row.sha256,
        file_name=row.file_name,
        title=row.title,
        authors=tuple(row.authors),
        published=row.published,
        kind=_kind(row.file_name, programme),
        digest_of=None if digest is None else digest.original_file,
        pages=row.pages,
        pages_without_text=tuple(row.pages_without_text),
        health=row.health,
        chunks=row.chunks,
        added_at=row.added_at,
        stands_aside=is_copy or (digest is not None and any(_is_original(other, digest) for other in current)),
        format=Format(row.format),
        state=row.state,
        state_at=row.state_at,
        superseded_by=row.superseded_by,
        collection=row.collection,
        reader=row.reader,
    )


def _kind(file_name: str, programme: Programme) -> Kind:
    for entry in programme.raw.get("documents", []):
        if entry["file"] == file_name:
            return "digest" if "digest_of" in entry else "handbook" if entry.get("kind") == "handbook" else "document"
    return "document"


def _is_original(row: Row[Any], digest: Digest) -> bool:
    return (
        row.sha256 == digest.original_sha256
        or row.file_name == digest.original_file
        or _plain(row.title) == _plain(digest.original_title)
    )


def _plain(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))
