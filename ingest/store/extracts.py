"""Extracts in the database: put there a document at a time, and read a subject at a time."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from ingest.records import Extract, Sight
from ingest.store.reads import CURRENT, IN_ONE_STATEMENT
from ingest.store.schema import ChunkRow, DocumentRow, ExtractedRow, ExtractRow
from ingest.store.sight import of_seen
from ingest.types import Span


def missing(connection: Connection, rules: str) -> list[str]:
    """Ids of the present documents without extracts of these rules, in the order in which they were added."""
    have = select(ExtractedRow.document_id).where(ExtractedRow.rules == rules)
    query = select(DocumentRow.id).where(DocumentRow.state == CURRENT, DocumentRow.id.not_in(have))
    return list(connection.execute(query.order_by(DocumentRow.added_in)).scalars())


def replace(connection: Connection, document_id: str, rules: str, extracts: Sequence[Extract]) -> None:
    """The extracts of one document in place of those it had."""
    chunks = select(ChunkRow.id).where(ChunkRow.document_id == document_id)
    connection.execute(delete(ExtractRow).where(ExtractRow.chunk_id.in_(chunks)))
    connection.execute(delete(ExtractedRow).where(ExtractedRow.document_id == document_id))
    if extracts:
        connection.execute(insert(ExtractRow), [_values(one) for one in extracts])
    connection.execute(insert(ExtractedRow).values(document_id=document_id, rules=rules))


def best(
    connection: Connection, subject: str, kind: str, documents: Collection[str], limit: int, sight: Sight = None
) -> list[Extract]:
    """The best of one subject and kind, among these documents."""
    row = ExtractRow
    query = (
        select(row.__table__, ChunkRow.document_id)
        .join(ChunkRow, ChunkRow.id == row.chunk_id)
        .where(row.subject == subject, row.kind == kind, of_seen(ChunkRow.document_id, sight))
        .order_by(row.score.desc(), row.id)
    )
    found: list[Extract] = []
    for one in connection.execute(query.execution_options(yield_per=IN_ONE_STATEMENT)):
        if one.document_id in documents:
            found.append(_extract(one))
            if len(found) == limit:
                break
    return found


def subjects(connection: Connection, prefix: str, sight: Sight = None) -> list[str]:
    """The subjects whose name begins so."""
    query = select(ExtractRow.subject).where(ExtractRow.subject.startswith(prefix, autoescape=True)).distinct()
    if sight is not None:
        query = query.join(ChunkRow, ChunkRow.id == ExtractRow.chunk_id).where(of_seen(ChunkRow.document_id, sight))
    return sorted(connection.execute(query).scalars())


def _values(one: Extract) -> dict[str, Any]:
    return {
        "chunk_id": one.chunk_id,
        "subject": one.subject,
        "kind": one.kind,
        "date": one.date,
        "score": one.score,
        "spans": [[span.page, span.start, span.end] for span in one.spans],
        "speaker": None if one.speaker is None else [one.speaker.page, one.speaker.start, one.speaker.end],
    }


def _extract(row: Row[Any]) -> Extract:
    return Extract(
        subject=row.subject,
        kind=row.kind,
        date=row.date,
        score=row.score,
        chunk_id=row.chunk_id,
        spans=tuple(Span(*span) for span in row.spans),
        speaker=Span(*row.speaker) if row.speaker else None,
        document_id=row.document_id,
    )


def is_as_it_was(connection: Connection, document_id: str, chunk_ids: Collection[int]) -> bool:
    """Whether a document is present and still has these chunks: it may have changed while it was read."""
    present = select(DocumentRow.id).where(DocumentRow.id == document_id, DocumentRow.state == CURRENT)
    if connection.execute(present).one_or_none() is None:
        return False
    chunks = set(connection.execute(select(ChunkRow.id).where(ChunkRow.document_id == document_id)).scalars())
    return chunks.issuperset(chunk_ids)
