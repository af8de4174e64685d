"""What breaks is found, told with what mends it, and mended."""

import logging
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from ingest.doctor import examine
from ingest.library import Library
from ingest.programme import Programme
from ingest.rebuild import rebuild, rebuild_indexes
from ingest.records import Finding
from ingest.settings import IngestSettings
from ingest.staging import Steps
from ingest.store.words import quote_term
from tests.ingest.conftest import Open
from tests.ingest.pdfs import report


def _examine(data_dir: Path, programme: Programme) -> list[Finding]:
    return examine(IngestSettings(data_dir=data_dir), programme)


def _change(data_dir: Path, programme: Programme, statement: str) -> None:
    with Library.open(IngestSettings(data_dir=data_dir), programme) as library, library.begin() as connection:
        connection.execute(text(statement))


def _rebuild(data_dir: Path, programme: Programme) -> None:
    with Library.open(IngestSettings(data_dir=data_dir), programme) as library:
        rebuild_indexes(library)


def _truncate_database(folder: Path) -> None:
    file = folder / "chroma.sqlite3"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _spoil_database(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes(b"no database at all" * 1000)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "deleted": shutil.rmtree,
    "truncated": _truncate_database,
    "spoiled": _spoil_database,
}


def test_a_sound_library_has_no_findings(data_dir: Path, programme: Programme) -> None:
    assert _examine(data_dir, programme) == []


def test_no_library_is_told(tmp_path: Path, programme: Programme) -> None:
    (finding,) = _examine(tmp_path, programme)
    assert "assistant add" in finding.mend


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_to_chroma_is_found_and_rebuilt(data_dir: Path, programme: Programme, damage: str) -> None:
    DAMAGE[damage](data_dir / "chroma")
    (finding,) = _examine(data_dir, programme)
    assert finding.severity == "error"
    assert "vector index" in finding.what
    assert "assistant rebuild" in finding.mend
    _rebuild(data_dir, programme)
    assert _examine(data_dir, programme) == []
    assert not (data_dir / "chroma-old").exists()


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_rebuilt_when_it_is_first_asked(
    open_library: Open, data_dir: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    DAMAGE[damage](data_dir / "chroma")
    library = open_library(data_dir)
    with caplog.at_level(logging.WARNING, "ingest"):
        found = library.find_nearest(library.embed(["night duty"])[0], 100)
    assert len(found) == library.counts()[1]
    assert "rebuilt from the library" in caplog.text
    assert (data_dir / "chroma" / "chroma.sqlite3").is_file()


def test_an_index_whose_opening_ended_a_process_is_not_opened_again(
    open_library: Open, data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (data_dir / ".opening-chroma").touch()
    library = open_library(data_dir)
    assert library.find_nearest(library.embed(["night duty"])[0], 1)
    assert "rebuilt from the library" in caplog.text
    assert not (data_dir / ".opening-chroma").exists()


def test_chroma_deleted_under_a_running_library(
    open_library: Open, data_dir: Path, programme: Programme, caplog: pytest.LogCaptureFixture
) -> None:
    library = open_library(data_dir)
    vector = library.embed(["night duty"])[0]
    before = library.find_nearest(vector, 3)
    shutil.rmtree(data_dir / "chroma")
    for _ in range(2):
        assert [chunk for chunk, _ in library.find_nearest(vector, 3)] == [chunk for chunk, _ in before]
    assert caplog.text.count("assistant rebuild") == 1
    (finding,) = _examine(data_dir, programme)  # beside the library that is open
    assert "is gone" in finding.what
    assert library.add_bytes("new.pdf", report("bridges")).status == "added"
    assert len(library.find_nearest(vector, 1000)) == library.counts()[1]
    assert _examine(data_dir, programme) == []


def test_a_vector_of_no_chunk_is_dropped(open_library: Open, data_dir: Path, programme: Programme) -> None:
    library = open_library(data_dir)
    vector = library.embed(["a stray vector"])[0]
    library.find_nearest(vector, 1)
    assert library.nearest._index is not None
    library.nearest._index.upsert([10**6], vector.reshape(1, -1), ["gone"])
    found = library.find_nearest(vector, 3)
    assert len(found) == 3
    assert 10**6 not in {chunk for chunk, _ in found}
    (finding,) = _examine(data_dir, programme)
    assert (finding.severity, "1 chunks that are gone" in finding.what) == ("warning", True)


def test_a_lost_word_row_is_found_and_rebuilt(data_dir: Path, programme: Programme) -> None:
    _change(data_dir, programme, "DELETE FROM chunk_words WHERE rowid = (SELECT min(id) FROM chunks)")
    (finding,) = _examine(data_dir, programme)
    assert "word index lacks 1 chunks" in finding.what
    assert "assistant rebuild" in finding.mend
    _rebuild(data_dir, programme)
    assert _examine(data_dir, programme) == []
    with Library.open(IngestSettings(data_dir=data_dir), programme) as library:
        assert library.find_words(quote_term("kinship"), 1)


FAULTS = {
    "UPDATE chunks SET spans = '[[1, 1, 9]]' WHERE id = 1": "1 chunks that are not the text their offsets point at",
    "UPDATE pages SET text = 'other' WHERE number = 2": "words or blocks outside the text of page 2",
    "DELETE FROM pages WHERE number = 2 AND document_id = (SELECT min(id) FROM documents)": "but 1 are stored",
    "DELETE FROM chunks WHERE id = 1": "chunks, but",
}


@pytest.mark.parametrize("statement", FAULTS)
def test_faults_of_the_truth_are_told_and_mended(data_dir: Path, programme: Programme, statement: str) -> None:
    _change(data_dir, programme, statement)
    findings = _examine(data_dir, programme)
    assert any(FAULTS[statement] in finding.what for finding in findings)
    assert all("assistant rebuild" in finding.mend for finding in findings)
    with Library.open(IngestSettings(data_dir=data_dir), programme) as library:
        assert all(told.status == "replaced" for told in rebuild(library, Steps(None, 0, 1)))
        for record in library.documents():
            assert "is about" in library.page(record.id, 2).text
    assert _examine(data_dir, programme) == []


def test_what_belongs_to_no_document_is_told_and_goes(data_dir: Path, programme: Programme) -> None:
    connection = sqlite3.connect(data_dir / "library.db")  # with its foreign keys off, as they are by default
    with connection:
        connection.execute("DELETE FROM documents WHERE file_name = 'night duty.pdf'")
    connection.close()
    told = [finding.what for finding in _examine(data_dir, programme)]
    assert "The library holds 2 pages of documents that it does not know." in told
    with Library.open(IngestSettings(data_dir=data_dir), programme) as library:
        rebuild(library, Steps(None, 0, 1))
    assert _examine(data_dir, programme) == []


def test_an_earlier_version_that_is_not_whole_is_read_anew(data_dir: Path, programme: Programme) -> None:
    with Library.open(IngestSettings(data_dir=data_dir), programme) as library:
        (old,) = library.versions("night duty.pdf")
        before = library.page(old.id, 2)
        library.add_bytes("night duty.pdf", report("day duty"))
    _change(data_dir, programme, f"DELETE FROM pages WHERE number = 2 AND document_id = '{old.id}'")
    assert any("but 1 are stored" in finding.what for finding in _examine(data_dir, programme))
    with Library.open(IngestSettings(data_dir=data_dir), programme) as library:
        rebuild(library, Steps(None, 0, 1))
        assert library.page(old.id, 2) == before
    assert _examine(data_dir, programme) == []


def test_what_is_left_of_a_removed_document_is_told_and_goes(data_dir: Path, programme: Programme) -> None:
    _change(
        data_dir,
        programme,
        "UPDATE documents SET state = 'removed', state_at = '2026-01-01' WHERE id = (SELECT min(id) FROM documents)",
    )
    assert any("some of it is still stored" in finding.what for finding in _examine(data_dir, programme))
    with Library.open(IngestSettings(data_dir=data_dir), programme) as library:
        rebuild(library, Steps(None, 0, 1))
    assert _examine(data_dir, programme) == []


def test_files_that_no_document_needs_are_told_and_go(data_dir: Path, programme: Programme) -> None:
    (data_dir / "files" / ".staging-left").mkdir()
    (data_dir / "files" / ("0" * 64)).write_bytes(b"nobody's")
    (finding,) = _examine(data_dir, programme)
    assert (finding.severity, "2 files" in finding.what) == ("warning", True)
    Library.open(IngestSettings(data_dir=data_dir), programme).close()
    assert _examine(data_dir, programme) == []


def test_another_model_is_told(data_dir: Path, programme: Programme) -> None:
    _change(data_dir, programme, "UPDATE meta SET value = 'another' WHERE key = 'model_sha256'")
    assert any("embedding model cannot be used" in finding.what for finding in _examine(data_dir, programme))


def test_vectors_that_are_not_whole_are_embedded_anew(data_dir: Path, programme: Programme) -> None:
    _change(data_dir, programme, "UPDATE chunks SET vector = zeroblob(8) WHERE id = 1")
    assert any("not whole" in finding.what for finding in _examine(data_dir, programme))
    _rebuild(data_dir, programme)
    assert _examine(data_dir, programme) == []


def test_a_lost_or_changed_copy_is_put_back_by_adding_the_file_again(
    open_library: Open, data_dir: Path, programme: Programme
) -> None:
    library = open_library(data_dir)
    first, second = library.documents()
    library.file_path(first.id).unlink()
    library.file_path(second.id).write_bytes(b"%PDF-something else")
    assert [finding.severity for finding in _examine(data_dir, programme)] == ["error", "error"]
    for subject in ("kinship care", "night duty"):
        assert library.add_bytes(f"{subject}.pdf", report(subject)).status == "unchanged"
    assert _examine(data_dir, programme) == []


def test_a_damaged_database_is_told(data_dir: Path, programme: Programme) -> None:
    file = data_dir / "library.db"
    file.write_bytes(file.read_bytes()[:5000])
    findings = _examine(data_dir, programme)
    assert findings
    assert all(finding.severity == "error" and "copy" in finding.mend for finding in findings)
