"""`assistant restore`: unpacked beside, checked file by file, brought up to date, and only then put in its place."""

import os
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from ingest.backup.make import refuse_servers
from ingest.backup.manifest import ALLOWED, DATABASE, NAME, Held, Manifest, read_manifest
from ingest.backup.sinks import BLOCK, Hashed, archive_mode
from ingest.errors import BackupError
from ingest.lock import OWNER, DirectoryLock
from ingest.settings import IngestSettings
from ingest.store.opening import FILE_NAME, RESTORING, make_folder, open_store
from ingest.store.schema import SCHEMA_VERSION

PARTS = ("files", "uploads")
OURS = {".lock", OWNER, RESTORING, "lost+found"}
MANIFEST_LIMIT = 64 << 20


def restore(settings: IngestSettings, source: Path) -> Manifest:
    """Into the empty data directory of `settings`: afterwards it holds the whole library, or none. Raises BackupError.

    Killed half way, it leaves a folder that is not taken for a library, and that the next restore begins anew.
    """
    refuse_servers(settings)
    data = settings.data_dir
    make_folder(data)
    lock = DirectoryLock(data)
    lock.acquire()
    try:
        _empty(data)
        room = data / RESTORING
        room.mkdir(mode=0o700)
        try:
            manifest = _unpack(source, room)
            _check(manifest, room)
            open_store(room).dispose()  # brings a library of an earlier version up to date
            _put(room, data)
        except (OSError, sqlite3.Error, tarfile.TarError, EOFError) as error:
            raise BackupError(
                f"The backup could not be read or put in its place ({error}): try another copy."
            ) from error
        finally:
            shutil.rmtree(room, ignore_errors=True)
        return manifest
    finally:
        lock.release()


def _empty(data: Path) -> None:
    """Removes what a restore that was killed has left. Raises BackupError where anything else is."""
    if (data / RESTORING).exists() and not (data / FILE_NAME).exists():
        for name in (*PARTS, RESTORING):
            shutil.rmtree(data / name, ignore_errors=True)
    if any(entry.name not in OURS for entry in data.iterdir()):
        raise BackupError(
            f"{data} is not empty, and nothing in it is overwritten: restore into another folder (ASSISTANT_DATA_DIR),"
            " or move this one away first."
        )
    shutil.rmtree(data / RESTORING, ignore_errors=True)


def _unpack(source: Path, room: Path) -> Manifest:
    """Writes what the backup holds into `room`, and compares it with what the manifest says."""
    if not source.exists():
        raise BackupError(f"There is no backup at {source}: check the path.")
    manifest: Manifest | None = None
    held: dict[str, Held] = {}
    for name, opened in _files(source):
        if name == NAME:
            manifest = read_manifest(opened.read(MANIFEST_LIMIT))
        else:
            held[name] = _keep(opened, room / name)
    if manifest is None:
        raise BackupError(f"{source} is no whole backup of a library: it has no {NAME}.")
    if lost := [name for name, one in manifest.files.items() if held.get(name) != one]:
        raise BackupError(
            f"The backup is damaged: {len(lost)} of its {len(manifest.files)} files are missing or changed, {lost[0]}"
            " first. Nothing was restored: try another copy."
        )
    return manifest


def _files(source: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and contents of each file that a backup may hold; links and others are passed over, and found missing."""
    if source.is_dir():
        for path in sorted(source.rglob("*")):
            name = path.relative_to(source).as_posix()
            if path.is_file() and not path.is_symlink() and _is_ours(name):
                with path.open("rb") as opened:
                    yield name, opened
        return
    with _archive(source) as tar:
        for member in tar:
            if member.isfile() and _is_ours(member.name) and (inside := tar.extractfile(member)) is not None:
                yield member.name, inside


@contextmanager
def _archive(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        tar = tarfile.open(source, "r|*")  # noqa: SIM115 (closed below)
    except (tarfile.TarError, EOFError) as error:
        known = "" if archive_mode(source) else ", nor is it a folder"
        raise BackupError(f"{source} is no backup of a library: it is no tar file{known}.") from error
    with tar:
        yield tar


def _is_ours(name: str) -> bool:
    return name == NAME or (ALLOWED.fullmatch(name) is not None and ".." not in name)


def _keep(opened: IO[bytes], place: Path) -> Held:
    place.parent.mkdir(parents=True, exist_ok=True)
    reader = Hashed(opened)
    with place.open("xb") as out:
        shutil.copyfileobj(reader, out, BLOCK)
        out.flush()
        os.fsync(out.fileno())
    return reader.held


def _check(manifest: Manifest, room: Path) -> None:
    if not manifest.schema.isdigit() or int(manifest.schema) > SCHEMA_VERSION:
        raise BackupError(
            f"This backup holds a library of version {manifest.schema or 'unknown'}, and this program reads versions"
            f" up to {SCHEMA_VERSION}: update the program, then restore."
        )
    with closing(sqlite3.connect(room / DATABASE)) as connection:
        found = [row[0] for row in connection.execute("PRAGMA quick_check")]
    if found != ["ok"]:
        raise BackupError("The database in this backup is damaged: nothing was restored. Try another copy.")


def _put(room: Path, data: Path) -> None:
    """The database last: without it there is no library, whatever else lies there."""
    for name in PARTS:
        if (room / name).is_dir():
            os.rename(room / name, data / name)
    os.rename(room / DATABASE, data / FILE_NAME)
