"""What a library holds, row by row; and processes that end in the middle of a backup or of a restore."""

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import ingest.backup.make
import ingest.backup.restore
from ingest.backup.manifest import Manifest, Snapshot
from ingest.settings import IngestSettings
from ingest.store.opening import FILE_NAME

NOT_YET = "The vector index is not made yet."  # it is derived, and made when the library is used
Dump = dict[str, list[tuple[object, ...]]]


def dump(data_dir: Path) -> Dump:
    """Every row of every table, but for how far Chroma's copy is."""
    with closing(sqlite3.connect(data_dir / FILE_NAME)) as connection:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        tables = [row[0] for row in connection.execute(named)]
        found = {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables}
    found["meta"] = [row for row in found["meta"] if row[0] != "vectors"]
    return found


def originals(data_dir: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (data_dir / "files").iterdir() if file.is_file()}


def settings_of(folder: Path) -> IngestSettings:
    return IngestSettings(data_dir=folder)


BACKUP = {  # moment → what is called then
    "the database is copied": (Snapshot, "of"),
    "the last file is in": (Manifest, "to_json"),
    "it gets its name": (os, "replace"),
}
RESTORE = {
    "the first file is out": (os, "fsync"),
    "all is unpacked": (ingest.backup.restore, "_check"),
    "it is put in its place": (os, "rename"),
}


def back_up_and_die(moment: str, data_dir: Path, target: Path) -> None:
    setattr(*BACKUP[moment], _die)
    ingest.backup.make.back_up(IngestSettings(data_dir=data_dir), target)


def restore_and_die(moment: str, source: Path, data_dir: Path) -> None:
    if moment == "it is put in its place":
        _die_at_the_second_rename()
    else:
        setattr(*RESTORE[moment], _die)
    ingest.backup.restore.restore(IngestSettings(data_dir=data_dir), source)


def _die_at_the_second_rename() -> None:
    """The originals are in their place, the database is not."""
    rename = os.rename
    calls: list[object] = []

    def once(source: Path, target: Path) -> None:
        calls.append(target)
        _die() if len(calls) > 1 else rename(source, target)

    setattr(os, "rename", once)  # noqa: B010


def _die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
