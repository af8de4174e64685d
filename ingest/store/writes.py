"""Changes to the truth. Each function works inside the caller's transaction."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Integer, Text, cast, delete, insert, select, update

from ingest.embedding import Vectors
from ingest.hidden import READER
from ingest.records import OPEN
from ingest.store import vocabulary, words
from ingest.store.answers import hide_quotes
from ingest.store.codec import pack_layout, spans_to_json
from ingest.store.reads import CURRENT, REMOVED, SUPERSEDED
from ingest.store.schema import ArticleRow, ChunkRow, DocumentRow, ExaminedRow, ExampleRow, Meta, PageRow
from ingest.types import Chunk, ParsedDocument


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document read, chunked and embedded: all that the swap needs."""

    sha256: str
    file_name: str
    added_at: str
    added_in: int
    parsed: ParsedDocument
    chunks: Sequence[Chunk]
    vectors: Vectors
    collection: str = OPEN
    given_id: str | None = None  # see identity.py

    @property
    def id(self) -> str:
        return self.given_id or self.sha256[:16]

    @property
    def pages_without_text(self) -> tuple[int, ...]:
        return tuple(page.number for page in self.parsed.pages if not page.text.strip())


def insert_document(connection: Connection, new: NewDocument) -> None:
    """The document, its pages, articles, chunks, words and their counts."""
    connection.execute(insert(DocumentRow), [_document_values(new)])
    _insert_pages(connection, new.id, new.parsed)
    _insert_articles(connection, new.id, new.parsed)
    if new.chunks:
        connection.execute(insert(ChunkRow), [_chunk_values(new, n) for n in range(len(new.chunks))])
    words.index_document(connection, new.id)
    vocabulary.count_document(connection, new.id)


def delete_document(connection: Connection, document_id: str) -> None:
    """Without a trace: what comes back under the same id takes its place."""
    _hold(connection, document_id)
    _delete_derived(connection, document_id, (ChunkRow, ArticleRow, PageRow))
    connection.execute(delete(DocumentRow).where(DocumentRow.id == document_id))


def supersede_document(connection: Connection, document_id: str, by: str, at: str) -> None:
    """Takes a version out of the search; its pages stay, for the answers that cite it."""
    _hold(connection, document_id)
    _delete_derived(connection, document_id, (ChunkRow,))
    _set_state(connection, document_id, state=SUPERSEDED, state_at=at, superseded_by=by, chunks=0)


def bury_document(connection: Connection, document_id: str, at: str) -> None:
    """Removes text and all that is derived; a tombstone stays, that says what there was and until when."""
    _hold(connection, document_id)
    _delete_derived(connection, document_id, (ChunkRow, ArticleRow, PageRow))
    _set_state(connection, document_id, state=REMOVED, state_at=at, superseded_by=None, chunks=0)
    hide_quotes(connection, document_id)


def move_document(connection: Connection, document_id: str, collection: str) -> None:
    """Into another collection, whose words it counts among from now on."""
    vocabulary.forget_document(connection, document_id)
    _set_state(connection, document_id, collection=collection)
    vocabulary.count_document(connection, document_id)


def replace_pages(connection: Connection, document_id: str, parsed: ParsedDocument) -> None:
    """The pages and articles of a document, read anew; its chunks are the caller's."""
    _delete_derived(connection, document_id, (ArticleRow, PageRow))
    _insert_pages(connection, document_id, parsed)
    _insert_articles(connection, document_id, parsed)
    health = dict(Counter(page.health.value for page in parsed.pages))
    _set_state(connection, document_id, pages=len(parsed.pages), health=health)


def delete_orphans(connection: Connection) -> None:
    """Pages, articles, chunks and examples of documents that are not there."""
    for table in (ChunkRow, ArticleRow, PageRow, ExampleRow, ExaminedRow):
        connection.execute(delete(table).where(table.document_id.not_in(select(DocumentRow.id))))


def _hold(connection: Connection, document_id: str) -> None:
    """On a server others write at the same time: whoever keeps something of this document waits, or comes before."""
    connection.execute(select(DocumentRow.id).where(DocumentRow.id == document_id).with_for_update())


def _delete_derived(connection: Connection, document_id: str, tables: Sequence[Any]) -> None:
    if ChunkRow in tables:
        words.forget_document(connection, document_id)
        vocabulary.forget_document(connection, document_id)
    for table in (*tables, ExampleRow, ExaminedRow):  # examples stand on pages and show what a search may find
        connection.execute(delete(table).where(table.document_id == document_id))


def _set_state(connection: Connection, document_id: str, **values: object) -> None:
    connection.execute(update(DocumentRow).where(DocumentRow.id == document_id).values(values))


def next_generation(connection: Connection) -> int:
    """Counts a change of the library, and says which it is; of two changes at once one waits here for the other."""
    counted = update(Meta).where(Meta.key == "generation").values(value=cast(cast(Meta.value, Integer) + 1, Text))
    return int(connection.execute(counted.returning(Meta.value)).scalar_one())


def generation(connection: Connection) -> int:
    return int(connection.execute(select(Meta.value).where(Meta.key == "generation")).scalar_one())


def set_meta(connection: Connection, key: str, value: str) -> None:
    if not connection.execute(update(Meta).where(Meta.key == key).values(value=value)).rowcount:
        connection.execute(insert(Meta).values(key=key, value=value))


def forget_examples(connection: Connection) -> None:
    """Every document is gone over again."""
    for table in (ExampleRow, ExaminedRow):
        connection.execute(delete(table))


def replace_vectors(connection: Connection, ids: Sequence[int], vectors: Vectors) -> None:
    for chunk, vector in zip(ids, vectors, strict=True):
        connection.execute(update(ChunkRow).where(ChunkRow.id == chunk).values(vector=vector.astype("<f4").tobytes()))


def _document_values(new: NewDocument) -> dict[str, object]:
    parsed = new.parsed
    return {
        "id": new.id,
        "sha256": new.sha256,
        "file_name": new.file_name,
        "collection": new.collection,
        "title": parsed.title,
        "authors": list(parsed.authors),
        "published": parsed.published,
        "pages": len(parsed.pages),
        "pages_without_text": list(new.pages_without_text),
        "health": dict(Counter(page.health.value for page in parsed.pages)),
        "chunks": len(new.chunks),
        "added_at": new.added_at,
        "format": parsed.format.value,
        "added_in": new.added_in,
        "state": CURRENT,
        "reader": READER,
    }


def set_reader(connection: Connection, document_id: str) -> None:
    """Says that today's reader has read it."""
    connection.execute(update(DocumentRow).where(DocumentRow.id == document_id).values(reader=READER))


def _insert_pages(connection: Connection, document_id: str, parsed: ParsedDocument) -> None:
    layouts = parsed.layouts
    rows = [
        {
            "document_id": document_id,
            "number": page.number,
            "label": page.label,
            "text": page.text,
            "width": page.width,
            "height": page.height,
            "health": page.health.value,
            "detail": page.detail,
            "layout": layouts[index] if layouts else pack_layout(page),
        }
        for index, page in enumerate(parsed.pages)
    ]
    connection.execute(insert(PageRow), rows)


def _insert_articles(connection: Connection, document_id: str, parsed: ParsedDocument) -> None:
    rows = [
        {
            "document_id": document_id,
            "number": article.number,
            "title": article.title,
            "first_page": article.first_page,
            "last_page": article.last_page,
            "authors": list(article.authors),
        }
        for article in parsed.articles
    ]
    if rows:
        connection.execute(insert(ArticleRow), rows)


def _chunk_values(new: NewDocument, index: int) -> dict[str, object]:
    chunk = new.chunks[index]
    return {
        "document_id": new.id,
        "ordinal": chunk.ordinal,
        "article": chunk.article,
        "section": chunk.section,
        "spans": spans_to_json(chunk),
        "text": chunk.text,
        "context": chunk.context,
        "models": list(chunk.models),
        "adopters": list(chunk.adopters),
        "page": chunk.page,
        "vector": new.vectors[index].astype("<f4").tobytes(),
    }
