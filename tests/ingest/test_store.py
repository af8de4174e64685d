"""Values into the store and out again, exactly."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from ingest.errors import LibraryError
from ingest.store import reads, stored_vectors, writes
from ingest.store.codec import pack_layout, page_from_json, page_to_json, unpack_layout
from ingest.store.opening import open_store
from ingest.store.people import ConversationRow, MessageRow
from ingest.store.writes import NewDocument
from ingest.types import Article, Block, BlockKind, Chunk, Page, PageHealth, ParsedDocument, Span, Word

PAGE = Page(
    number=1,
    label="xii",
    text="Café “quoted”\nsecond line 🏠",
    width=595.276,
    height=841.89,
    health=PageHealth.SUSPECT,
    detail="two columns",
    words=(Word(0, 4, 60.1, 70.25, 88.0, 82.333333333333), Word(5, 13, 0.1 + 0.2, 70.0, 120.0, 82.0)),
    blocks=(Block(BlockKind.HEADING, 0, 13, 1), Block(BlockKind.PARAGRAPH, 14, 27, 0, True)),
)
EMPTY = Page(2, None, "", 595.0, 842.0, PageHealth.NO_TEXT)
ARTICLES = (Article(1, "A title", 1, 2, ("A. Author", "B. Author")), Article(2, "Another", 2, 2))
CHUNKS = (
    Chunk(
        0, 1, "Section", (Span(1, 0, 13), Span(1, 14, 27)), "Café “quoted”\nsecond line 🏠", "A title", ("m",), ("a",)
    ),
    Chunk(1, None, None, (Span(1, 14, 20),), "second", ""),
)


def _new() -> NewDocument:
    parsed = ParsedDocument("Title", ("A. Author",), "2024-03", (PAGE, EMPTY), ARTICLES)
    vectors = np.arange(6, dtype=np.float32).reshape(2, 3)
    return NewDocument("ab" * 32, "file.pdf", "2026-11-22T00:00:00.000+00:00", 1, parsed, CHUNKS, vectors)


def test_a_document_comes_back_as_it_went_in(tmp_path: Path) -> None:
    engine, new = open_store(tmp_path), _new()
    with engine.begin() as connection:
        writes.insert_document(connection, new)
    with engine.connect() as connection:
        assert reads.pages(connection, new.id) == [PAGE, EMPTY]
        assert reads.page(connection, new.id, 3) is None
        assert reads.page_without_words(connection, new.id, 1) == replace(PAGE, words=())
        assert reads.page_without_words(connection, new.id, 2) == EMPTY
        assert reads.page_without_words(connection, new.id, 3) is None
        assert reads.articles(connection, new.id) == ARTICLES
        stored = reads.chunks_of(connection, new.id)
        ids, documents, vectors = stored_vectors.read(connection)
        (row,) = reads.document_rows(connection)
    assert tuple(one.chunk for one in stored) == CHUNKS
    assert ids == [one.id for one in stored]
    assert documents == [new.id, new.id]
    assert vectors.dtype == np.float32
    assert np.array_equal(vectors, new.vectors)
    assert (row.pages, row.pages_without_text, row.health) == (2, [2], {"suspect columns": 1, "no text layer": 1})
    engine.dispose()


def test_nothing_of_a_deleted_document_stays(tmp_path: Path) -> None:
    engine, new = open_store(tmp_path), _new()
    with engine.begin() as connection:
        writes.insert_document(connection, new)
    with engine.begin() as connection:
        writes.delete_document(connection, new.id)
    with engine.connect() as connection:
        for table in ("documents", "pages", "articles", "chunks", "chunk_words"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0
    engine.dispose()


def test_a_failed_change_leaves_nothing_behind(tmp_path: Path) -> None:
    engine, new = open_store(tmp_path), _new()

    def insert_twice() -> None:
        with engine.begin() as connection:
            writes.insert_document(connection, new)
            writes.insert_document(connection, new)

    with pytest.raises(IntegrityError):
        insert_twice()
    with engine.connect() as connection:
        assert reads.chunk_count(connection) == 0
        assert connection.execute(text("SELECT count(*) FROM chunk_words")).scalar_one() == 0
    engine.dispose()


def test_a_page_survives_the_way_from_the_reading_process() -> None:
    assert page_from_json(page_to_json(PAGE)) == replace(PAGE, words=())
    assert unpack_layout(pack_layout(PAGE)) == (PAGE.words, PAGE.blocks)


def test_what_cannot_be_stored_gives_way_without_moving_offsets() -> None:
    data = page_to_json(EMPTY) | {"text": "a\x00b\ud800c"}
    assert page_from_json(data).text == "a\ufffdb\ufffdc"


def test_answers_are_kept_as_json(tmp_path: Path) -> None:
    engine = open_store(tmp_path)
    with engine.begin() as connection:
        connection.execute(insert(ConversationRow).values(id="c", created_at="now"))
        for name, answer in (("m", {"status": "answered", "citations": [1]}), ("n", None)):
            row = {"id": name, "conversation_id": "c", "role": "assistant", "content": "…", "created_at": "now"}
            connection.execute(insert(MessageRow).values(answer=answer, **row))
    with engine.connect() as connection:
        kept = connection.execute(select(MessageRow.answer).order_by(MessageRow.id)).scalars().all()
        nulls = connection.execute(text("SELECT count(*) FROM messages WHERE answer IS NULL")).scalar_one()
    assert kept == [{"status": "answered", "citations": [1]}, None]
    assert nulls == 1
    engine.dispose()


def test_the_file_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    engine = open_store(tmp_path)
    with engine.begin() as connection:
        writes.set_meta(connection, "schema", "99")
    engine.dispose()
    with pytest.raises(LibraryError, match="version 99"):
        open_store(tmp_path)


def test_how_the_file_is_opened(tmp_path: Path) -> None:
    engine = open_store(tmp_path)
    with engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("journal_mode", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "foreign_keys": 1}
    engine.dispose()
