"""A new version takes the place of the old in the search, the old one still opens; a removed one is a tombstone."""

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from ingest.doctor import examine
from ingest.errors import LibraryError, RemovedError
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from ingest.store.answers import GONE
from ingest.store.people import ConversationRow, MessageRow
from ingest.store.words import quote_term
from tests.ingest.conftest import Open
from tests.ingest.old import SINCE_3
from tests.ingest.pdfs import report

NAME = "night duty.pdf"


def test_a_superseded_version_still_opens(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    (old,) = library.versions(NAME)
    before, articles = library.page(old.id, 2), library.articles(old.id)
    new = library.add_bytes(NAME, report("day duty")).document_id or ""
    assert library.page(old.id, 2) == before
    assert library.articles(old.id) == articles
    assert library.file_path(old.id).read_bytes() == report("night duty")
    told = library.document(old.id)
    assert (told.state, told.superseded_by, told.chunks) == ("superseded", new, 0)
    assert told.state_at is not None
    assert [one.id for one in library.versions(NAME)] == [new, old.id]
    assert old.id not in {one.id for one in library.documents()}
    assert library.chunks_of(old.id) == []
    library.close()
    assert examine(library.settings, library.programme) == []


def test_the_bytes_of_an_earlier_version_bring_it_back(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    (first,) = library.versions(NAME)
    page = library.page(first.id, 1)
    second = library.add_bytes(NAME, report("day duty")).document_id or ""
    told = library.add_bytes(NAME, report("night duty"))
    assert (told.status, told.document_id) == ("replaced", first.id)
    assert [(one.id, one.state) for one in library.versions(NAME)] == [(first.id, "current"), (second, "superseded")]
    assert library.page(first.id, 1) == page
    assert library.find_words(quote_term("night"), 5)
    assert not library.find_words(quote_term("about day duty"), 5)
    library.close()
    assert examine(library.settings, library.programme) == []


def test_a_removed_document_takes_its_earlier_versions_with_it(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    (first,) = library.versions(NAME)
    second = library.add_bytes(NAME, report("day duty")).document_id or ""
    assert [one.id for one in library.remove(second)] == [second, first.id]
    for one in (first.id, second):
        assert library.document(one).state == "removed"
        for ask in (library.file_path, library.articles, library.page_states, lambda one: library.page(one, 1)):
            with pytest.raises(RemovedError, match="was removed from the library on"):
                ask(one)
    assert [record.file_name for record in library.documents()] == ["kinship care.pdf"]
    assert len(list(library.files.folder.iterdir())) == 1
    told = library.add_bytes(NAME, report("day duty"))
    assert (told.status, told.document_id, library.document(second).state) == ("added", second, "current")
    library.close()
    assert examine(library.settings, library.programme) == []


def test_an_earlier_version_can_be_removed_alone(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    (first,) = library.versions(NAME)
    second = library.add_bytes(NAME, report("day duty")).document_id or ""
    assert [one.id for one in library.remove(first.id)] == [first.id]
    assert [(one.id, one.state) for one in library.versions(NAME)] == [(second, "current"), (first.id, "removed")]


def test_kept_answers_lose_the_quotes_of_a_removed_document(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    gone, stays = (
        next(one for one in library.documents() if one.file_name == name) for name in (NAME, "kinship care.pdf")
    )
    citations = [_citation(1, gone.id, "Secret sentence."), _citation(2, stays.id, "Open sentence.")]
    answer = {
        "answer": "Secret sentence. [1]\n\nOpen sentence. [2]",
        "statements": [{"text": "Secret sentence.", "citations": [1]}, {"text": "Open sentence.", "citations": [2]}],
        "citations": citations,
        "passages": [_citation(1, gone.id, "Secret passage.") | {"text": "Secret passage."}, citations[1]],
    }
    with library.begin() as connection:
        connection.execute(insert(ConversationRow).values(id="c", created_at="2026"))
    _keep(library, "before", answer)
    library.remove(gone.id)
    _keep(library, "just after", answer)  # it was being made while the document was removed
    library.hide_removed({gone.id, stays.id})
    with library.connect() as connection:
        row, later = connection.execute(MessageRow.__table__.select()).all()
    assert (later.content, later.answer) == (row.content, row.answer)
    assert row.content == row.answer["answer"] == f"{GONE} [1]\n\nOpen sentence. [2]"
    assert row.answer["citations"][0] == citations[0] | {"quote": "", "end": 0, "boxes": [], "state": "removed"}
    assert row.answer["citations"][1] == citations[1]
    assert row.answer["passages"] == [citations[1]]
    library.close()
    for file in data_dir.rglob("*"):
        assert not file.is_file() or b"Secret" not in file.read_bytes(), file


def _keep(library: Library, message: str, answer: dict[str, Any]) -> None:
    values = {"id": message, "conversation_id": "c", "role": "assistant", "content": answer["answer"]}
    with library.begin() as connection:
        connection.execute(insert(MessageRow).values(**values, answer=answer, created_at="2026"))


def _citation(number: int, document_id: str, quote: str) -> dict[str, object]:
    place = {"page": 1, "start": 0, "end": len(quote), "boxes": [[1, 2, 3, 4]]}
    return {"number": number, "document_id": document_id, "quote": quote, **place}


def test_a_clock_set_back_does_not_change_which_version_is_the_newest(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    (first,) = library.versions(NAME)
    with library.begin() as connection:
        connection.exec_driver_sql("UPDATE documents SET added_at = '2999-01-01T00:00:00.000+00:00'")
    second = library.add_bytes(NAME, report("day duty")).document_id
    assert [one.id for one in library.versions(NAME)] == [second, first.id]
    assert [one.file_name for one in library.documents()] == ["kinship care.pdf", NAME]


def test_a_library_of_schema_1_is_brought_up_to_date(data_dir: Path, programme: Programme) -> None:
    _make_old(data_dir)
    settings = IngestSettings(data_dir=data_dir)
    with pytest.raises(LibraryError, match="assistant rebuild"):
        Library.open(settings, programme, read_only=True)
    with Library.open(settings, programme) as library:
        assert [one.file_name for one in library.documents()] == ["kinship care.pdf", NAME]
        record = library.documents()[1]
        assert (record.format, record.state) == ("pdf", "current")
        assert "night duty" in library.page(record.id, 1).text
        assert library.file_path(record.id).read_bytes() == report("night duty")
        assert library.find_words(quote_term("night"), 1)
        assert library.add_bytes(NAME, report("day duty")).status == "replaced"
        assert library.document(record.id).state == "superseded"
    (found,) = examine(settings, programme)
    assert "read by an earlier version" in found.what


def _make_old(data_dir: Path) -> None:
    """The library as version 1 kept it."""
    old = "id, sha256, file_name, title, authors, published, pages, pages_without_text, health, chunks, added_at"
    kinds = (
        "id TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, file_name TEXT NOT NULL UNIQUE,"
        " title TEXT NOT NULL, authors JSON NOT NULL, published TEXT, pages INTEGER NOT NULL,"
        " pages_without_text JSON NOT NULL, health JSON NOT NULL, chunks INTEGER NOT NULL, added_at TEXT NOT NULL"
    )
    connection = sqlite3.connect(data_dir / "library.db")
    connection.executescript(
        f"CREATE TABLE old ({kinds}); INSERT INTO old SELECT {old} FROM documents; DROP TABLE documents;"
        " ALTER TABLE old RENAME TO documents; DROP TABLE job_files; DROP TABLE jobs;"
        f" {'; '.join(SINCE_3)};"
        " UPDATE meta SET value = '1' WHERE key = 'schema';"
    )
    connection.close()
    for copy in (data_dir / "files").iterdir():
        shutil.move(copy, copy.with_name(f"{copy.name}.pdf"))
