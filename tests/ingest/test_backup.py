"""A backup holds all that must survive; what is restored from it is compared row by row."""

import io
import json
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.boards import Boards
from assistant.conversations import Conversations
from assistant.feedback import FeedbackBook
from ingest.backup.make import back_up
from ingest.backup.manifest import NAME
from ingest.backup.restore import restore
from ingest.doctor import examine
from ingest.errors import BackupError, LibraryError
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from ingest.store.opening import FILE_NAME
from tests.ingest.backups import NOT_YET, dump, originals, settings_of
from tests.ingest.conftest import Open
from tests.ingest.pdfs import report
from tests.serving import ROOT


@pytest.fixture
def used(data_dir: Path, open_library: Open) -> Library:
    """An open library with a replaced and a removed document, a talk, what was said of it, a board, and an upload."""
    library = open_library(data_dir)
    library.add_bytes("night duty.pdf", report("weekend duty"))
    library.add_bytes("gone.pdf", report("what is gone"))
    library.remove(next(record.id for record in library.documents() if record.file_name == "gone.pdf"))
    talks = Conversations(library.engine)
    talk = talks.open(None)
    talks.add(talk, "user", "Who works at night?")
    answer = talks.add(talk, "assistant", "The team.", {"status": "answered", "citations": [], "passages": []})
    FeedbackBook(library.engine).put(talk, answer, "down", ("unclear",), "Which team?")
    Boards(library).add_heading("default", "For the briefing")
    waiting = data_dir / "uploads" / "0123abc" / "1"
    waiting.parent.mkdir(parents=True)
    waiting.write_bytes(report("what waits"))
    with library.begin() as connection:
        connection.execute(text("INSERT INTO jobs(id, state, created_at) VALUES ('0123abc', 'waiting', '2026-01-01')"))
        connection.execute(
            text(
                "INSERT INTO job_files(job_id, number, file_name, path, size, state)"
                " VALUES ('0123abc', 1, 'waits.pdf', 'uploads/0123abc/1', 9, 'waiting')"
            )
        )
    return library


@pytest.mark.parametrize("name", ["backup", "backup.tar", "backup.tar.gz"])
def test_what_is_restored_is_what_was_there(used: Library, tmp_path: Path, programme: Programme, name: str) -> None:
    data_dir, restored = used.settings.data_dir, tmp_path / "restored"
    manifest = back_up(used.settings, tmp_path / name)  # while it is open
    assert manifest.missing == ()
    assert manifest.rows["messages"] == 2
    restore(settings_of(restored), tmp_path / name)
    assert dump(restored) == dump(data_dir)
    assert originals(restored) == originals(data_dir)
    assert (restored / "uploads" / "0123abc" / "1").read_bytes() == report("what waits")
    assert not (restored / "chroma").exists()
    with Library.open(settings_of(restored), programme) as library:
        assert len(library.find_nearest(library.embed(["duty at weekends"])[0], 100)) == library.counts()[1] > 0
    assert examine(settings_of(restored), programme) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["library", "restored", name])


def test_only_its_owner_may_read_a_backup(data_dir: Path, tmp_path: Path) -> None:
    for name in ("backup", "backup.tar"):
        back_up(settings_of(data_dir), tmp_path / name)
    made = [tmp_path / "backup", tmp_path / "backup.tar", *(tmp_path / "backup").rglob("*.*")]
    assert not [path for path in made if path.stat().st_mode & 0o077]


def test_documents_may_come_and_go_meanwhile(used: Library, tmp_path: Path, programme: Programme) -> None:
    stop = threading.Event()

    def work() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            added = used.add_bytes(f"{number % 3}.pdf", report(f"subject {number}", 1))
            if number % 2 and added.document_id:
                used.remove(added.document_id)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for number in range(3):
            back_up(used.settings, tmp_path / f"{number}")
    finally:
        stop.set()
        worker.join()
    for number in range(3):
        restored = settings_of(tmp_path / f"restored-{number}")
        restore(restored, tmp_path / f"{number}")
        assert [finding.what for finding in examine(restored, programme)] == [NOT_YET]


def test_a_damaged_backup_is_refused_whole(data_dir: Path, tmp_path: Path) -> None:
    back_up(settings_of(data_dir), tmp_path / "backup")
    back_up(settings_of(data_dir), tmp_path / "backup.tar.gz")
    for file in sorted(path for path in (tmp_path / "backup").rglob("*") if path.is_file()):
        whole = file.read_bytes()
        for damaged in (whole[:-1], whole[: len(whole) // 2] + b"?!" + whole[len(whole) // 2 + 2 :], None):
            if damaged is None:
                file.unlink()
            else:
                file.write_bytes(damaged)
            _is_refused(tmp_path, tmp_path / "backup")
        file.write_bytes(whole)
    packed = (tmp_path / "backup.tar.gz").read_bytes()
    for size in (0, 10, len(packed) // 2, len(packed) * 9 // 10):
        (tmp_path / "short.tar.gz").write_bytes(packed[:size])
        _is_refused(tmp_path, tmp_path / "short.tar.gz")


def _is_refused(tmp_path: Path, source: Path) -> str:
    with pytest.raises(LibraryError) as caught:
        restore(settings_of(tmp_path / "restored"), source)
    left = {path.name for path in (tmp_path / "restored").iterdir()}
    assert left <= {".lock"}
    return str(caught.value)


def test_a_hostile_archive_writes_nothing_elsewhere(data_dir: Path, tmp_path: Path) -> None:
    back_up(settings_of(data_dir), tmp_path / "backup")
    manifest = json.loads((tmp_path / "backup" / NAME).read_text())
    manifest["files"]["files/../../../escaped"] = {"size": 1, "sha256": "0"}
    with tarfile.open(tmp_path / "hostile.tar", "w") as tar:
        for name in ("../escaped", "/escaped", "files/../../../escaped", "uploads/../escaped"):
            info = tarfile.TarInfo(name)
            info.size = 1
            tar.addfile(info, io.BytesIO(b"x"))
        link = tarfile.TarInfo("files")
        link.type, link.linkname = tarfile.SYMTYPE, str(tmp_path)
        tar.addfile(link)
        data = json.dumps(manifest).encode()
        info = tarfile.TarInfo(NAME)
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
    assert "not restored" in _is_refused(tmp_path, tmp_path / "hostile.tar")
    assert not list(tmp_path.rglob("escaped"))


def test_nothing_that_is_there_is_overwritten(data_dir: Path, tmp_path: Path) -> None:
    settings = settings_of(data_dir)
    back_up(settings, tmp_path / "backup")
    with pytest.raises(BackupError, match="is there already"):
        back_up(settings, tmp_path / "backup")
    with pytest.raises(BackupError, match="not empty"):
        restore(settings, tmp_path / "backup")
    with pytest.raises(BackupError, match="outside"):
        back_up(settings, data_dir / "backup")
    with pytest.raises(BackupError, match="no library"):
        back_up(settings_of(tmp_path / "nowhere"), tmp_path / "other")
    with pytest.raises(BackupError, match="no backup"):
        restore(settings_of(tmp_path / "new"), tmp_path / "nowhere")


def test_a_library_on_servers_is_left_to_their_tools(tmp_path: Path) -> None:
    servers = {"database_url": "postgresql://nobody:hush@127.0.0.1:9/none", "chroma_url": "http://127.0.0.1:9"}
    settings = IngestSettings.model_validate({"data_dir": tmp_path / "library", **servers})
    for command in (back_up, restore):
        with pytest.raises(BackupError, match="pg_dump") as caught:
            command(settings, tmp_path / "backup")
        assert "hush" not in str(caught.value)


def test_a_backup_of_a_later_version_is_refused(data_dir: Path, tmp_path: Path) -> None:
    later = shutil.copytree(data_dir, tmp_path / "later")
    with closing(sqlite3.connect(later / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    back_up(settings_of(later), tmp_path / "backup")
    assert "update the program" in _is_refused(tmp_path, tmp_path / "backup")


def test_the_commands_say_what_they_did(data_dir: Path, tmp_path: Path) -> None:
    def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
        environment = {"PATH": "", "PYTHONPATH": str(ROOT), "ASSISTANT_DATA_DIR": str(folder)}
        command = [sys.executable, "-m", "api.cli", *arguments]
        return subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120)

    made = run(data_dir, "backup", "copy.tar.gz")
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith("Backed up 2 documents")
    assert made.stdout.strip().endswith("to copy.tar.gz.")
    again = run(data_dir, "restore", "copy.tar.gz")
    assert (again.returncode, again.stdout) == (1, "")
    assert "is not empty" in again.stderr
    assert len(again.stderr.splitlines()) == 1
    restored = run(tmp_path / "new", "restore", "copy.tar.gz")
    assert restored.stdout.startswith("Restored 2 documents")
    assert dump(tmp_path / "new") == dump(data_dir)
