"""`assistant backup`: the database by SQLite's own online copy, then the originals that this copy names."""

import sqlite3
from contextlib import closing
from pathlib import Path

from ingest.backup.manifest import DATABASE, Held, Manifest, Snapshot, now, program
from ingest.backup.sinks import Sink, writing
from ingest.errors import BackupError
from ingest.settings import IngestSettings
from ingest.store.opening import FILE_NAME

ATTEMPTS = 5


class _ChangedError(Exception):
    """A document was removed, or an upload taken in, between the copy of the database and that of its file."""


def back_up(settings: IngestSettings, target: Path) -> Manifest:
    """Also while the library is in use. Killed half way, it leaves no backup. Raises BackupError."""
    refuse_servers(settings)
    data = settings.data_dir
    if not (data / FILE_NAME).is_file():
        raise BackupError(f"There is no library in {data}: set ASSISTANT_DATA_DIR to the one to back up.")
    if target.absolute().is_relative_to(data.absolute()):
        raise BackupError("A backup inside the library goes when the library goes: name a place outside of it.")
    for _ in range(ATTEMPTS):
        try:
            return _attempt(data, target)
        except _ChangedError:
            continue
        except (OSError, sqlite3.Error) as error:
            sentence = f"The backup could not be written ({error}): see that there is room, and try again."
            raise BackupError(sentence) from error
    raise BackupError("The library changes too fast to be copied: try again when fewer documents come and go.")


def refuse_servers(settings: IngestSettings) -> None:
    """Raises BackupError where the library is in a database server, which has tools of its own."""
    if settings.database_url is not None:
        raise BackupError(
            "This library is in a PostgreSQL server, originals and all: back it up with pg_dump (docs/it.md has the"
            " commands), or bring it into a folder first (`assistant move --to-folder`)."
        )


def _attempt(data: Path, target: Path) -> Manifest:
    with writing(target) as (sink, room):
        manifest = _copy(data, sink, room / DATABASE)
        if manifest.missing:
            with closing(_open(data / FILE_NAME)) as live:
                wanted = _names(Snapshot.of(live), data)
            if not set(manifest.missing) <= wanted:
                raise _ChangedError
        sink.finish(manifest.to_json().encode())
    return manifest


def _copy(data: Path, sink: Sink, copy: Path) -> Manifest:
    with closing(_open(data / FILE_NAME)) as source, closing(sqlite3.connect(copy)) as snapshot:
        source.backup(snapshot)  # in one go: a writer beside it is neither waited for nor kept waiting
        snapshot.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        with snapshot:  # Chroma's vectors are not in the backup: they are made anew from those in the database
            snapshot.execute("UPDATE meta SET value = '0' WHERE key = 'vectors'")
        told = Snapshot.of(snapshot)
    files: dict[str, Held] = {DATABASE: sink.add(DATABASE, copy)}
    missing: list[str] = []
    for name in sorted(_names(told, data)):
        try:
            files[name] = sink.add(name, data / name)
        except FileNotFoundError:
            missing.append(name)
    return Manifest(now(), program(), told.schema, told.rows, files, tuple(missing))


def _names(told: Snapshot, data: Path) -> set[str]:
    """The files that this copy of the database needs; libraries of version 1 gave the originals a suffix."""
    suffixed = {name for sha in told.originals if (data / (name := f"files/{sha}.pdf")).is_file()}
    plain = {f"files/{sha}" for sha in told.originals if f"files/{sha}.pdf" not in suffixed}
    return suffixed | plain | set(told.uploads)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
