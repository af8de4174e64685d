"""The tables. Nothing here is SQLite's own: that stands in `words.py`."""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ingest.store import access, people
from ingest.store.base import Base

__all__ = ["Base", "access", "people"]  # what a new library has: these tables and those of access.py and people.py

SCHEMA_VERSION = 7
_CURRENT = text("state = 'current'")


class Meta(Base):
    """Single facts: the schema version, the library's own id, the embedding model, the generation."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class DocumentRow(Base):
    """One version of a document. `added_in` is the generation that brought it: clocks may go back, generations don't.

    A superseded version keeps its pages, so that earlier citations open; a removed one keeps this row alone. The same
    bytes in two collections are two documents: see identity.py.
    """

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("collection", "sha256"),
        Index(
            "one_current_version_a_collection",
            "collection",
            "file_name",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(index=True)
    file_name: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    authors: Mapped[list[Any]]
    published: Mapped[str | None]
    pages: Mapped[int]
    pages_without_text: Mapped[list[Any]]
    health: Mapped[dict[str, Any]]
    chunks: Mapped[int]
    added_at: Mapped[str]
    format: Mapped[str]
    added_in: Mapped[int]
    state: Mapped[str]  # current, superseded or removed
    state_at: Mapped[str | None]  # since when it is superseded or removed
    superseded_by: Mapped[str | None]
    collection: Mapped[str] = mapped_column(server_default="")  # who may see it; "" is open to all who may read
    reader: Mapped[str] = mapped_column(server_default="")  # the version of the reader it was read by: see outdated.py


class PageRow(Base):
    __tablename__ = "pages"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str | None]
    text: Mapped[str]
    width: Mapped[float]
    height: Mapped[float]
    health: Mapped[str]
    detail: Mapped[str | None]
    layout: Mapped[bytes]  # words and blocks: see codec.py


class ArticleRow(Base):
    __tablename__ = "articles"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    first_page: Mapped[int]
    last_page: Mapped[int]
    authors: Mapped[list[Any]]


class ChunkRow(Base):
    """`vector` is float32, little-endian: Chroma can be rebuilt from it without the model."""

    __tablename__ = "chunks"
    # An id is never given twice, so that a vector left over from an old chunk can never stand for a new one.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int]
    article: Mapped[int | None]
    section: Mapped[str | None]
    spans: Mapped[list[Any]]
    text: Mapped[str]
    context: Mapped[str]
    models: Mapped[list[Any]]
    adopters: Mapped[list[Any]]
    page: Mapped[int]
    vector: Mapped[bytes]


class SentenceRow(Base):
    """The sentences of a chunk and their vectors, packed: see sentences.py. A chunk without any has an empty row."""

    __tablename__ = "sentences"

    chunk_id: Mapped[int] = mapped_column(ForeignKey("chunks.id", ondelete="CASCADE"), primary_key=True)
    spans: Mapped[bytes]
    vectors: Mapped[bytes]


class ExtractRow(Base):
    """A sentence that says something of a council, a model or a term: where it stands, never its text.

    Derived from a document's chunks and gone with them; `subject` and `kind` are the deriver's words: see extracts.py.
    """

    __tablename__ = "extracts"
    __table_args__ = (Index("extracts_of_a_subject", "subject", "kind", "score"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chunk_id: Mapped[int] = mapped_column(ForeignKey("chunks.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str]
    kind: Mapped[str]
    date: Mapped[str | None]  # "2020-04" or "2020", where the sentence says one
    score: Mapped[float]
    spans: Mapped[list[Any]]
    speaker: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))


class ExtractedRow(Base):
    """Which documents have their extracts, and by which rules they were chosen."""

    __tablename__ = "extracted"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    rules: Mapped[str]


class TermRow(Base):
    """In how many chunks of a collection a word or a stem stands; kind "chunk" counts the chunks: see vocabulary.py."""

    __tablename__ = "terms"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    kind: Mapped[str] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(primary_key=True)
    collection: Mapped[str] = mapped_column(primary_key=True, server_default="")
    chunks: Mapped[int]


class JobRow(Base):
    """Files on their way in; `number` orders the queue."""

    __tablename__ = "jobs"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]  # waiting, running, done or cancelled
    created_at: Mapped[str]
    ended_at: Mapped[str | None]


class JobFileRow(Base):
    """`path` is relative to the data directory, and None when the file was refused at the door."""

    __tablename__ = "job_files"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    path: Mapped[str | None]
    size: Mapped[int]  # bytes
    state: Mapped[str]  # waiting, running, done or cancelled
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    collection: Mapped[str] = mapped_column(server_default="")  # into which it goes, and who may see it


class ExaminedRow(Base):
    """A document that has been gone over for examples, and by which rules: derived, and gone with its pages."""

    __tablename__ = "examined"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    rules: Mapped[str]


class ExampleRow(Base):
    """`pages.text[start:end]` that shows something; `words` is what a search looks in. Derived, as the row above."""

    __tablename__ = "examples"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    # Made of its place: a running number would tell how many examples there are that somebody may not see
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    page: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    kind: Mapped[str]
    article: Mapped[int | None]
    heading: Mapped[str]
    speaker: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))  # start and end on the same page
    lead: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))  # the same
    models: Mapped[list[Any]]
    adopters: Mapped[list[Any]]
    themes: Mapped[list[Any]]
    words: Mapped[str]
