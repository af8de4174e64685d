"""Questions to the truth. Each function works inside the caller's connection."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from ingest.records import OPEN, PageState, Sight, StoredChunk
from ingest.store.codec import spans_from_json, unpack_blocks, unpack_layout
from ingest.store.schema import ArticleRow, ChunkRow, DocumentRow, Meta, PageRow
from ingest.store.sight import of_seen, seen
from ingest.types import Article, Block, Chunk, Page, PageHealth, Word

CURRENT, SUPERSEDED, REMOVED = "current", "superseded", "removed"
IN_ONE_STATEMENT = 500  # values in an IN list; every database takes that many


def meta(connection: Connection) -> dict[str, str]:
    return {row.key: row.value for row in connection.execute(select(Meta.key, Meta.value))}


def document_rows(connection: Connection, *states: str, sight: Sight = None) -> Sequence[Row[Any]]:
    """In the order in which they were added: the current versions, unless `states` says which."""
    wanted = select(DocumentRow.__table__).where(DocumentRow.state.in_(states or (CURRENT,)), seen(sight))
    return connection.execute(wanted.order_by(DocumentRow.added_in, DocumentRow.id)).all()


def counts(connection: Connection, sight: Sight = None) -> tuple[int, int]:
    """(current versions, their chunks)."""
    documents = select(func.count()).where(DocumentRow.state == CURRENT, seen(sight))
    chunks = select(func.count()).select_from(ChunkRow).where(of_seen(ChunkRow.document_id, sight))
    return connection.execute(documents).scalar_one(), connection.execute(chunks).scalar_one()


def document_row(connection: Connection, document_id: str, sight: Sight = None) -> Row[Any] | None:
    """Of any state."""
    wanted = select(DocumentRow.__table__).where(DocumentRow.id == document_id, seen(sight))
    return connection.execute(wanted).one_or_none()


def document_with(connection: Connection, sha256: str, collection: str = OPEN) -> Row[Any] | None:
    """The document of these bytes in a collection, whatever its state."""
    row = DocumentRow
    wanted = select(row.__table__).where(row.sha256 == sha256, row.collection == collection)
    return connection.execute(wanted).one_or_none()


def copies(connection: Connection, sight: Sight = None, sha256: str | None = None) -> dict[str, str]:
    """Of the bytes that stand in several collections, the first of these; of all bytes, or of these."""
    row = DocumentRow
    wanted = select(row.sha256, func.min(row.collection)).where(row.state == CURRENT, seen(sight))
    if sha256 is not None:
        wanted = wanted.where(row.sha256 == sha256)
    return dict(connection.execute(wanted.group_by(row.sha256).having(func.count() > 1)).all())


def versions(connection: Connection, file_name: str, collection: str = OPEN, sight: Sight = None) -> Sequence[Row[Any]]:
    """Every version of this name in a collection, newest first."""
    row = DocumentRow
    wanted = select(row.__table__).where(row.file_name == file_name, row.collection == collection, seen(sight))
    return connection.execute(wanted.order_by(DocumentRow.added_in.desc(), DocumentRow.id.desc())).all()


def removed_among(connection: Connection, ids: Collection[str]) -> list[str]:
    """Those of these documents that have been removed, in order; one that is just being removed is waited for."""
    wanted = select(DocumentRow.id, DocumentRow.state).where(DocumentRow.id.in_(ids)).order_by(DocumentRow.id)
    return [row.id for row in connection.execute(wanted.with_for_update(read=True)) if row.state == REMOVED]


def known_among(connection: Connection, ids: Collection[str], sight: Sight = None) -> frozenset[str]:
    """Those of these documents that there are, of any state."""
    row = DocumentRow
    return frozenset(connection.scalars(select(row.id).where(row.id.in_(sorted(ids)), seen(sight))))


def kept_files(connection: Connection) -> set[str]:
    """Hashes of the documents whose copies are kept: all but the removed ones."""
    return set(connection.execute(select(DocumentRow.sha256).where(DocumentRow.state != REMOVED)).scalars())


def is_kept(connection: Connection, sha256: str) -> bool:
    """Whether a document of any collection needs the copy of these bytes."""
    wanted = select(DocumentRow.id).where(DocumentRow.sha256 == sha256, DocumentRow.state != REMOVED)
    return connection.execute(wanted).first() is not None


def orphans(connection: Connection) -> list[str]:
    """What there is of documents that are not there, in words: pages, articles, chunks."""
    found: list[str] = []
    for table, name in ((PageRow, "pages"), (ArticleRow, "articles"), (ChunkRow, "chunks")):
        lost = select(func.count()).select_from(table).where(table.document_id.not_in(select(DocumentRow.id)))
        if count := connection.execute(lost).scalar_one():
            found.append(f"{count} {name}")
    return found


def page_states(connection: Connection, document_id: str, sight: Sight = None) -> list[PageState]:
    """How each page was read, in order, without its text."""
    row = PageRow
    wanted = select(row.number, row.label, row.health, row.detail)
    wanted = wanted.where(row.document_id == document_id, of_seen(row.document_id, sight))
    rows = connection.execute(wanted.order_by(row.number))
    return [PageState(row.number, row.label, PageHealth(row.health), row.detail) for row in rows]


def page(connection: Connection, document_id: str, number: int, sight: Sight = None) -> Page | None:
    row = connection.execute(_one_page(document_id, number, sight)).one_or_none()
    return None if row is None else _page(row)


def page_without_words(connection: Connection, document_id: str, number: int, sight: Sight = None) -> Page | None:
    """Text and blocks, not where each word stands."""
    row = connection.execute(_one_page(document_id, number, sight)).one_or_none()
    return None if row is None else _page(row, ((), unpack_blocks(row.layout)))


def _one_page(document_id: str, number: int, sight: Sight) -> Select[Any]:
    row = PageRow
    wanted = select(row.__table__).where(row.document_id == document_id, row.number == number)
    return wanted.where(of_seen(row.document_id, sight))


def pages(connection: Connection, document_id: str) -> list[Page]:
    wanted = select(PageRow.__table__).where(PageRow.document_id == document_id).order_by(PageRow.number)
    return [_page(row) for row in connection.execute(wanted)]


def articles(connection: Connection, document_id: str, sight: Sight = None) -> tuple[Article, ...]:
    row = ArticleRow
    wanted = select(row.__table__).where(row.document_id == document_id, of_seen(row.document_id, sight))
    return tuple(
        Article(one.number, one.title, one.first_page, one.last_page, tuple(one.authors))
        for one in connection.execute(wanted.order_by(row.number))
    )


def chunks(connection: Connection, ids: Sequence[int], sight: Sight = None) -> list[StoredChunk]:
    """In the order of `ids`; an id that is not in the truth is dropped."""
    found: dict[int, StoredChunk] = {}
    for start in range(0, len(ids), IN_ONE_STATEMENT):
        wanted = _chunk_columns(sight).where(ChunkRow.id.in_(ids[start : start + IN_ONE_STATEMENT]))
        found.update((row.id, _chunk(row)) for row in connection.execute(wanted))
    return [found[chunk] for chunk in ids if chunk in found]


def chunks_of(connection: Connection, document_id: str, sight: Sight = None) -> list[StoredChunk]:
    wanted = _chunk_columns(sight).where(ChunkRow.document_id == document_id).order_by(ChunkRow.ordinal)
    return [_chunk(row) for row in connection.execute(wanted)]


def documents_of(connection: Connection, ids: Sequence[int], sight: Sight = None) -> dict[int, str]:
    """The document of each of these chunks that is in the truth."""
    wanted = select(ChunkRow.id, ChunkRow.document_id).where(of_seen(ChunkRow.document_id, sight))
    parts = (ids[start : start + IN_ONE_STATEMENT] for start in range(0, len(ids), IN_ONE_STATEMENT))
    rows = (row for part in parts for row in connection.execute(wanted.where(ChunkRow.id.in_(part))))
    return {row.id: row.document_id for row in rows}


def chunk_counts(connection: Connection) -> dict[str, int]:
    """How many chunks each document has."""
    wanted = select(ChunkRow.document_id, func.count()).group_by(ChunkRow.document_id)
    return dict(connection.execute(wanted).all())


def told_counts(connection: Connection) -> dict[str, int]:
    """How many chunks each document says it has: to count a million takes half a second."""
    wanted = select(DocumentRow.id, DocumentRow.chunks).where(DocumentRow.state == CURRENT, DocumentRow.chunks > 0)
    return dict(connection.execute(wanted).all())


def chunk_names(connection: Connection, sight: Sight = None) -> list[tuple[str, list[str], list[str], int]]:
    """How many chunks of each document name the same models and adopters: (document, models, adopters, chunks)."""
    row = ChunkRow
    wanted = select(row.document_id, row.models, row.adopters, func.count()).where(of_seen(row.document_id, sight))
    rows = connection.execute(wanted.group_by(row.document_id, row.models, row.adopters))
    return [(document, models, adopters, count) for document, models, adopters, count in rows]


def chunk_ids(connection: Connection, document_id: str | None = None) -> list[int]:
    wanted = select(ChunkRow.id).order_by(ChunkRow.id)
    if document_id is not None:
        wanted = wanted.where(ChunkRow.document_id == document_id)
    return list(connection.execute(wanted).scalars())


def chunk_count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(ChunkRow)).scalar_one()


def _chunk_columns(sight: Sight) -> Select[Any]:
    table = ChunkRow.__table__
    columns = (column for column in table.columns if column.name != "vector")
    return select(*columns).where(of_seen(table.c.document_id, sight))


def _chunk(row: Row[Any]) -> StoredChunk:
    chunk = Chunk(
        ordinal=row.ordinal,
        article=row.article,
        section=row.section,
        spans=spans_from_json(row.spans),
        text=row.text,
        context=row.context,
        models=tuple(row.models),
        adopters=tuple(row.adopters),
    )
    return StoredChunk(row.id, row.document_id, chunk)


def _page(row: Row[Any], layout: tuple[tuple[Word, ...], tuple[Block, ...]] | None = None) -> Page:
    words, blocks = layout or unpack_layout(row.layout)
    return Page(
        number=row.number,
        label=row.label,
        text=row.text,
        width=row.width,
        height=row.height,
        health=PageHealth(row.health),
        detail=row.detail,
        words=words,
        blocks=blocks,
    )
