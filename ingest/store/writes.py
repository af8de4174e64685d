"""Changes to the truth. Each function works inside the caller's transaction."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from ingest.embedding import Vectors
from ingest.store import words
from ingest.store.codec import pack_layout, spans_to_json
from ingest.store.schema import ArticleRow, ChunkRow, DocumentRow, Meta, PageRow
from ingest.types import Chunk, ParsedDocument


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document read, chunked and embedded: all that the swap needs."""

    sha256: str
    file_name: str
    added_at: str
    parsed: ParsedDocument
    chunks: Sequence[Chunk]
    vectors: Vectors

    @property
    def id(self) -> str:
        return self.sha256[:16]

    @property
    def pages_without_text(self) -> tuple[int, ...]:
        return tuple(page.number for page in self.parsed.pages if not page.text.strip())


def insert_document(connection: Connection, new: NewDocument) -> None:
    """The document, its pages, articles, chunks and words."""
    connection.execute(insert(DocumentRow), [_document_values(new)])
    _insert_pages(connection, new)
    if new.parsed.articles:
        connection.execute(insert(ArticleRow), [_article_values(new, n) for n in range(len(new.parsed.articles))])
    connection.execute(insert(ChunkRow), [_chunk_values(new, n) for n in range(len(new.chunks))])
    words.index_document(connection, new.id)


def delete_document(connection: Connection, document_id: str) -> None:
    words.forget_document(connection, document_id)
    for table in (ChunkRow, ArticleRow, PageRow):
        connection.execute(delete(table).where(table.document_id == document_id))
    connection.execute(delete(DocumentRow).where(DocumentRow.id == document_id))


def next_generation(connection: Connection) -> int:
    """Counts a change of the library, and says which it is."""
    current = int(connection.execute(select(Meta.value).where(Meta.key == "generation")).scalar_one())
    set_meta(connection, "generation", str(current + 1))
    return current + 1


def set_meta(connection: Connection, key: str, value: str) -> None:
    if not connection.execute(update(Meta).where(Meta.key == key).values(value=value)).rowcount:
        connection.execute(insert(Meta).values(key=key, value=value))


def replace_vectors(connection: Connection, ids: Sequence[int], vectors: Vectors) -> None:
    for chunk, vector in zip(ids, vectors, strict=True):
        connection.execute(update(ChunkRow).where(ChunkRow.id == chunk).values(vector=vector.astype("<f4").tobytes()))


def _document_values(new: NewDocument) -> dict[str, object]:
    parsed = new.parsed
    return {
        "id": new.id,
        "sha256": new.sha256,
        "file_name": new.file_name,
        "title": parsed.title,
        "authors": list(parsed.authors),
        "published": parsed.published,
        "pages": len(parsed.pages),
        "pages_without_text": list(new.pages_without_text),
        "health": dict(Counter(page.health.value for page in parsed.pages)),
        "chunks": len(new.chunks),
        "added_at": new.added_at,
    }


def _insert_pages(connection: Connection, new: NewDocument) -> None:
    rows = [
        {
            "document_id": new.id,
            "number": page.number,
            "label": page.label,
            "text": page.text,
            "width": page.width,
            "height": page.height,
            "health": page.health.value,
            "detail": page.detail,
            "layout": pack_layout(page),
        }
        for page in new.parsed.pages
    ]
    connection.execute(insert(PageRow), rows)


def _article_values(new: NewDocument, index: int) -> dict[str, object]:
    article = new.parsed.articles[index]
    return {
        "document_id": new.id,
        "number": article.number,
        "title": article.title,
        "first_page": article.first_page,
        "last_page": article.last_page,
        "authors": list(article.authors),
    }


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
