"""Questions to the truth. Each function works inside the caller's connection."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, Select, func, select

from ingest.embedding import Vectors
from ingest.records import PageState, StoredChunk
from ingest.store.codec import spans_from_json, unpack_blocks, unpack_layout
from ingest.store.schema import ArticleRow, ChunkRow, DocumentRow, Meta, PageRow
from ingest.types import Article, Block, Chunk, Page, PageHealth, Word

CURRENT, SUPERSEDED, REMOVED = "current", "superseded", "removed"
IN_ONE_STATEMENT = 500  # values in an IN list; every database takes that many


def meta(connection: Connection) -> dict[str, str]:
    return {row.key: row.value for row in connection.execute(select(Meta.key, Meta.value))}


def document_rows(connection: Connection, *states: str) -> Sequence[Row[Any]]:
    """In the order in which they were added: the current versions, unless `states` says which."""
    wanted = select(DocumentRow.__table__).where(DocumentRow.state.in_(states or (CURRENT,)))
    return connection.execute(wanted.order_by(DocumentRow.added_in, DocumentRow.id)).all()


def document_count(connection: Connection) -> int:
    """Of the current versions."""
    return connection.execute(select(func.count()).where(DocumentRow.state == CURRENT)).scalar_one()


def document_row(connection: Connection, document_id: str) -> Row[Any] | None:
    """Of any state."""
    return connection.execute(select(DocumentRow.__table__).where(DocumentRow.id == document_id)).one_or_none()


def document_with(connection: Connection, sha256: str) -> Row[Any] | None:
    """The document of these bytes, whatever its state."""
    return connection.execute(select(DocumentRow.__table__).where(DocumentRow.sha256 == sha256)).one_or_none()


def versions(connection: Connection, file_name: str) -> Sequence[Row[Any]]:
    """Every version of this name, newest first."""
    wanted = select(DocumentRow.__table__).where(DocumentRow.file_name == file_name)
    return connection.execute(wanted.order_by(DocumentRow.added_in.desc(), DocumentRow.id.desc())).all()


def removed_among(connection: Connection, ids: Collection[str]) -> list[str]:
    """Those of these documents that have been removed, in order; one that is just being removed is waited for."""
    wanted = select(DocumentRow.id, DocumentRow.state).where(DocumentRow.id.in_(ids)).order_by(DocumentRow.id)
    return [row.id for row in connection.execute(wanted.with_for_update(read=True)) if row.state == REMOVED]


def kept_files(connection: Connection) -> set[str]:
    """Hashes of the documents whose copies are kept: all but the removed ones."""
    return set(connection.execute(select(DocumentRow.sha256).where(DocumentRow.state != REMOVED)).scalars())


def orphans(connection: Connection) -> list[str]:
    """What there is of documents that are not there, in words: pages, articles, chunks."""
    found: list[str] = []
    for table, name in ((PageRow, "pages"), (ArticleRow, "articles"), (ChunkRow, "chunks")):
        lost = select(func.count()).select_from(table).where(table.document_id.not_in(select(DocumentRow.id)))
        if count := connection.execute(lost).scalar_one():
            found.append(f"{count} {name}")
    return found


def page_states(connection: Connection, document_id: str) -> list[PageState]:
    """How each page was read, in order, without its text."""
    wanted = select(PageRow.number, PageRow.label, PageRow.health, PageRow.detail)
    rows = connection.execute(wanted.where(PageRow.document_id == document_id).order_by(PageRow.number))
    return [PageState(row.number, row.label, PageHealth(row.health), row.detail) for row in rows]


def page(connection: Connection, document_id: str, number: int) -> Page | None:
    wanted = select(PageRow.__table__).where(PageRow.document_id == document_id, PageRow.number == number)
    row = connection.execute(wanted).one_or_none()
    return None if row is None else _page(row)


def page_without_words(connection: Connection, document_id: str, number: int) -> Page | None:
    """Text and blocks, not where each word stands."""
    wanted = select(PageRow.__table__).where(PageRow.document_id == document_id, PageRow.number == number)
    row = connection.execute(wanted).one_or_none()
    return None if row is None else _page(row, ((), unpack_blocks(row.layout)))


def pages(connection: Connection, document_id: str) -> list[Page]:
    wanted = select(PageRow.__table__).where(PageRow.document_id == document_id).order_by(PageRow.number)
    return [_page(row) for row in connection.execute(wanted)]


def articles(connection: Connection, document_id: str) -> tuple[Article, ...]:
    wanted = select(ArticleRow.__table__).where(ArticleRow.document_id == document_id).order_by(ArticleRow.number)
    return tuple(
        Article(row.number, row.title, row.first_page, row.last_page, tuple(row.authors))
        for row in connection.execute(wanted)
    )


def chunks(connection: Connection, ids: Sequence[int]) -> list[StoredChunk]:
    """In the order of `ids`; an id that is not in the truth is dropped."""
    found: dict[int, StoredChunk] = {}
    for start in range(0, len(ids), IN_ONE_STATEMENT):
        wanted = _chunk_columns().where(ChunkRow.id.in_(ids[start : start + IN_ONE_STATEMENT]))
        found.update((row.id, _chunk(row)) for row in connection.execute(wanted))
    return [found[chunk] for chunk in ids if chunk in found]


def chunks_of(connection: Connection, document_id: str) -> list[StoredChunk]:
    wanted = _chunk_columns().where(ChunkRow.document_id == document_id).order_by(ChunkRow.ordinal)
    return [_chunk(row) for row in connection.execute(wanted)]


def documents_of(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The document of each of these chunks that is in the truth."""
    wanted = select(ChunkRow.id, ChunkRow.document_id)
    parts = (ids[start : start + IN_ONE_STATEMENT] for start in range(0, len(ids), IN_ONE_STATEMENT))
    rows = (row for part in parts for row in connection.execute(wanted.where(ChunkRow.id.in_(part))))
    return {row.id: row.document_id for row in rows}


def chunk_counts(connection: Connection) -> dict[str, int]:
    """How many chunks each document has."""
    wanted = select(ChunkRow.document_id, func.count()).group_by(ChunkRow.document_id)
    return dict(connection.execute(wanted).all())


def chunk_names(connection: Connection) -> list[tuple[str, list[str], list[str], int]]:
    """How many chunks of each document name the same models and adopters: (document, models, adopters, chunks)."""
    row = ChunkRow
    wanted = select(row.document_id, row.models, row.adopters, func.count())
    rows = connection.execute(wanted.group_by(row.document_id, row.models, row.adopters))
    return [(document, models, adopters, count) for document, models, adopters, count in rows]


def chunk_ids(connection: Connection, document_id: str | None = None) -> list[int]:
    wanted = select(ChunkRow.id).order_by(ChunkRow.id)
    if document_id is not None:
        wanted = wanted.where(ChunkRow.document_id == document_id)
    return list(connection.execute(wanted).scalars())


def chunk_count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(ChunkRow)).scalar_one()


def vectors(connection: Connection, ids: Sequence[int] | None = None) -> tuple[list[int], list[str], Vectors]:
    """Chunk ids, their documents and their vectors, one row each; of all chunks unless `ids` says which."""
    wanted = select(ChunkRow.id, ChunkRow.document_id, ChunkRow.vector).order_by(ChunkRow.id)
    if ids is None:
        rows = list(connection.execute(wanted))
    else:
        parts = (ids[start : start + IN_ONE_STATEMENT] for start in range(0, len(ids), IN_ONE_STATEMENT))
        rows = [row for part in parts for row in connection.execute(wanted.where(ChunkRow.id.in_(part)))]
    # A vector that is not whole is left out: its chunk is still found by its words, and the doctor tells of it
    whole = max((len(row.vector) for row in rows), default=0)
    rows = [row for row in rows if len(row.vector) == whole]
    joined = np.frombuffer(b"".join(row.vector for row in rows), dtype="<f4")
    matrix = joined.reshape(len(rows), -1) if rows else joined.reshape(0, 0)
    return [row.id for row in rows], [row.document_id for row in rows], matrix.astype(np.float32, copy=False)


def sample_vectors(connection: Connection, size: int = 64) -> tuple[list[int], Vectors]:
    """Chunks spread over the whole library, and their vectors."""
    ids = chunk_ids(connection)
    sampled, _, matrix = vectors(connection, ids[:: max(1, len(ids) // size)])
    return sampled, matrix


def vectors_sound(connection: Connection) -> bool:
    """Whether every chunk has a vector, all of one length."""
    lengths = set(connection.execute(select(func.length(ChunkRow.vector)).distinct()).scalars())
    return not lengths or (len(lengths) == 1 and 0 not in lengths and None not in lengths)


def _chunk_columns() -> Select[Any]:
    table = ChunkRow.__table__
    return select(*(column for column in table.columns if column.name != "vector"))


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
