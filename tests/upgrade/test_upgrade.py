"""Libraries that earlier versions of the program wrote are brought up to date with all that they keep, and answer."""

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant
from assistant.types import Question
from ingest.backup.make import back_up
from ingest.backup.restore import restore
from ingest.doctor import examine
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from ingest.store.opening import FILE_NAME
from ingest.store.schema import SCHEMA_VERSION

HERE = Path(__file__).resolve().parent
VERSIONS = range(1, SCHEMA_VERSION)
# What later versions make anew, or keep elsewhere
DERIVED = {"meta", "terms", "extracts", "extracted", "examples", "examined"}
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(params=VERSIONS)
def sample(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[int, Path]:
    """The version, and its library: two documents, one of them replaced, and a conversation of two turns."""
    folder = tmp_path / "library"
    with tarfile.open(HERE / f"schema-{request.param}.tar.gz") as packed:
        packed.extractall(folder, filter="data")
    return request.param, folder


def rows(file: Path) -> Rows:
    """All that people and documents brought, table by table."""
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        tables = {row[0] for row in connection.execute(named)} - DERIVED
        return {
            table: [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")]
            for table in sorted(tables)
            if not table.startswith("chunk_words")
        }


def schema(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        return str(connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()[0])


def assert_kept(before: Rows, after: Rows) -> None:
    for table, old in before.items():
        new = after[table]
        assert len(new) == len(old), table
        for was, now in zip(old, new, strict=True):
            assert {name: now[name] for name in was} == was, table


def test_each_version_has_its_sample() -> None:
    """Made by the code of its own time; how, says make_sample.py."""
    assert [number for number in VERSIONS if not (HERE / f"schema-{number}.tar.gz").is_file()] == []


def test_everything_is_kept_and_a_question_is_answered(sample: tuple[int, Path], programme: Programme) -> None:
    version, folder = sample
    file = folder / FILE_NAME
    assert schema(file) == str(version)
    before = rows(file)
    assert len(before["messages"]) == 4
    settings = IngestSettings(data_dir=folder)
    with Library.open(settings, programme) as library:
        answer = Assistant(library, programme).ask(Question("What is page 2 about?"))
        assert answer.status == "answered"
        assert all(library.page(c.document_id, c.page).text[c.start : c.end] == c.quote for c in answer.citations)
        assert {record.file_name for record in library.documents()} == {"kinship.pdf", "night duty.pdf"}
    assert schema(file) == str(SCHEMA_VERSION)
    assert_kept(before, rows(file))
    assert [finding for finding in examine(settings, programme) if finding.severity == "error"] == []


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(sample: tuple[int, Path], programme: Programme) -> None:
    version, folder = sample
    before = rows(folder / FILE_NAME)
    old, new = IngestSettings(data_dir=folder), IngestSettings(data_dir=folder.parent / "restored")
    manifest = back_up(old, folder.parent / "backup.tar.gz")
    assert (manifest.schema, manifest.missing) == (str(version), ())
    assert schema(folder / FILE_NAME) == str(version)  # a backup changes nothing
    restore(new, folder.parent / "backup.tar.gz")
    assert schema(new.data_dir / FILE_NAME) == str(SCHEMA_VERSION)
    assert_kept(before, rows(new.data_dir / FILE_NAME))
    with Library.open(new, programme) as library:
        assert all(library.files.holds(record.sha256) for record in library.all_versions())
