"""`assistant move`: a library to servers and back, compared; stopped at any moment, it is begun anew."""

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner

from api.cli import app
from ingest.doctor import examine
from ingest.errors import LibraryError, LibraryInUseError
from ingest.library import Library
from ingest.moving import move, rows
from ingest.moving.move import move_library
from ingest.programme import Programme, load_programme
from ingest.settings import IngestSettings
from ingest.store.people import ConversationRow, FeedbackRow, MessageRow
from ingest.store.words import quote_term
from tests.ingest.pdfs import report
from tests.servers import Servers

MOMENTS = ("chunks", "files", "compare")


def _settings(folder: Path, given: Mapping[str, str] | None = None) -> IngestSettings:
    return IngestSettings.model_validate({"data_dir": folder, **(given or {})})


def _keep_something(data_dir: Path, programme: Programme) -> None:
    """A superseded version, a removed document, and what a person kept, odd characters and all."""
    with Library.open(_settings(data_dir), programme) as library:
        library.add_bytes("night duty.pdf", report("day duty"))
        library.remove(library.add_bytes("gone.pdf", report("what is gone")).document_id or "")
        with library.begin() as connection:
            at = "2026-11-23T02:00:00.000000+00:00"
            connection.execute(
                insert(ConversationRow).values(id="c", created_at=at, updated_at=at, title="Ärger 🏠 ' \\")
            )
            answer = {"z": 1, "a": [0.1 + 0.2, None, "\u2028"], "citations": [], "passages": [], "statements": []}
            told = {"conversation_id": "c", "created_at": at}
            connection.execute(insert(MessageRow).values(id="m", role="assistant", content="é", answer=answer, **told))
            connection.execute(insert(MessageRow).values(id="n", role="user", content="", answer=None, **told))
            said = {"message_id": "m", "rating": "up", "reasons": ["clear"], "words": "", "updated_at": at}
            connection.execute(insert(FeedbackRow).values(said))


def test_there_and_back_it_is_the_same_library(
    data_dir: Path, servers: Servers, programme: Programme, tmp_path: Path
) -> None:
    _keep_something(data_dir, programme)
    on_servers = _settings(tmp_path / "machine", servers.settings())
    there = move_library(_settings(data_dir), on_servers, programme, lambda _: None)
    assert there.faults == ()
    assert examine(on_servers, programme) == []
    with Library.open(on_servers, programme) as library:
        assert {record.state for record in library.all_versions()} == {"current", "superseded", "removed"}
        (record,) = [one for one in library.documents() if one.file_name == "kinship care.pdf"]
        highest = max(chunk.id for chunk in library.chunks_of(record.id))
        added = library.add_bytes("new.pdf", report("something new"))
        # Ids go on where they were: those of the removed documents are not given again
        assert min(chunk.id for chunk in library.chunks_of(added.document_id or "")) > highest + 2
        with pytest.raises(LibraryInUseError, match="assistant serve"):
            move_library(on_servers, _settings(tmp_path / "no"), programme, lambda _: None)
    back = _settings(tmp_path / "back")
    assert move_library(on_servers, back, programme, lambda _: None).faults == ()
    assert examine(back, programme) == []
    with Library.open(back, programme) as library:
        assert [one.file_name for one in library.documents()] == ["kinship care.pdf", "night duty.pdf", "new.pdf"]
        assert library.find_words(quote_term("something new"), 5)
        assert len(library.find_nearest(library.embed(["something new"])[0], 100)) == library.counts()[1]


def test_a_place_that_is_not_empty_is_refused(
    data_dir: Path, servers: Servers, programme: Programme, tmp_path: Path
) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("mine")
    with pytest.raises(LibraryError, match="is not empty"):
        move_library(_settings(data_dir), _settings(full), programme, lambda _: None)
    assert (full / "letter.txt").read_text() == "mine"
    with pytest.raises(LibraryInUseError, match="is using the library"):
        move_library(_settings(data_dir), _settings(data_dir), programme, lambda _: None)


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_it_is_begun_anew(
    data_dir: Path, programme: Programme, tmp_path: Path, moment: str
) -> None:
    """Into a folder, where nothing is one transaction; on servers each of these steps is the same."""
    to = tmp_path / "new"
    process = multiprocessing.get_context("spawn").Process(target=_move_and_die, args=(data_dir, to, moment))
    process.start()
    process.join(120)
    assert process.exitcode == -signal.SIGKILL
    if (to / "library.db").is_file():
        with pytest.raises(LibraryError, match="half moved"):
            Library.open(_settings(to), programme)
    assert examine(_settings(data_dir), programme) == []
    assert move_library(_settings(data_dir), _settings(to), programme, lambda _: None).faults == ()
    assert examine(_settings(to), programme) == []


def _move_and_die(data_dir: Path, to: Path, moment: str) -> None:
    def step(what: str) -> None:
        names = {"files": "Copying file", "vectors": "Writing the vectors", "compare": "Comparing chunks"}
        if what.startswith(names.get(moment, f"Copying {moment} ")):
            os.kill(os.getpid(), signal.SIGKILL)

    move_library(_settings(data_dir), _settings(to), load_programme(), step)


def test_what_differs_is_told_and_the_move_not_done(
    data_dir: Path, programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "new"
    copied = move._copy

    def spoil(*given: object) -> list[str]:
        lines = copied(*given)  # type: ignore[arg-type]
        with sqlite3.connect(to / "library.db") as connection:
            connection.execute("UPDATE pages SET text = text || '.' WHERE number = 1")
        return lines

    monkeypatch.setattr(move, "_copy", spoil)
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(data_dir))
    told = CliRunner().invoke(app, ["move", "--to-folder", str(to)])
    assert told.exit_code == 1
    assert "rows of pages are not the same" in told.stderr
    monkeypatch.undo()
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(data_dir))
    told = CliRunner().invoke(app, ["move", "--to-folder", str(to)])
    assert (told.exit_code, told.stderr) == (0, "")
    assert "ASSISTANT_DATA_DIR" in told.stdout
    assert {table.name for table in rows.tables()} >= {"documents", "conversations", "boards", "jobs", "people"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Say where to"),
        (("--to-database", "postgresql://h/d"), "Say where to"),
        (("--to-folder", "x", "--to-chroma", "http://h"), "Say where to"),
        (("--to-database", "mysql://h/d", "--to-chroma", "http://h"), "postgresql://"),
    ],
)
def test_a_place_that_is_none_is_told(options: tuple[str, ...], said: str, data_dir: Path) -> None:
    told = CliRunner().invoke(app, ["move", *options], env={"ASSISTANT_DATA_DIR": str(data_dir)})
    assert told.exit_code == 1
    assert said in told.stderr
