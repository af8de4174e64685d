"""Where a backup is written: a folder, or one file. It gets its name when it is whole, and not before."""

import hashlib
import io
import os
import shutil
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from ingest.backup.manifest import NAME, Held
from ingest.errors import BackupError

ARCHIVES = {".tar": "w", ".tar.gz": "w:gz", ".tgz": "w:gz"}
PART = ".part"  # what a backup is called until it is whole
BLOCK = 1 << 20


class Sink(Protocol):
    def add(self, name: str, path: Path) -> Held: ...

    def finish(self, manifest: bytes) -> None: ...


def archive_mode(target: Path) -> str | None:
    """None for a folder."""
    return next((mode for suffix, mode in ARCHIVES.items() if target.name.endswith(suffix)), None)


@contextmanager
def writing(target: Path) -> Iterator[tuple[Sink, Path]]:
    """The sink, and a folder beside it for the copy of the database. Raises BackupError when `target` is taken."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BackupError(f"{target} is there already: name another file or folder, so that no backup is lost.")
    part, room = target.with_name(target.name + PART), target.with_name(target.name + PART + "-database")
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in (part, room):  # of a backup that was killed
        _discard(left)
    try:
        room.mkdir(mode=0o700)
        mode = archive_mode(target)
        with _Folder(part) if mode is None else _Archive(part, mode) as sink:
            yield sink, room
        os.replace(part, target)
        _sync(target.parent)
    finally:
        for left in (part, room):
            _discard(left)


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700)

    def __enter__(self) -> "_Folder":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def add(self, name: str, path: Path) -> Held:
        place = self._folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as source, _private(place) as out:
            reader = Hashed(source)
            shutil.copyfileobj(reader, out, BLOCK)
            _flush(out)
        return reader.held

    def finish(self, manifest: bytes) -> None:
        with _private(self._folder / NAME) as out:
            out.write(manifest)
            _flush(out)
        _sync(self._folder)


class _Archive:
    def __init__(self, file: Path, mode: str) -> None:
        self._out = _private(file)
        self._tar = tarfile.open(fileobj=self._out, mode=mode)  # type: ignore[call-overload]  # noqa: SIM115

    def __enter__(self) -> "_Archive":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._tar.close()
        if kind is None:
            _flush(self._out)
        self._out.close()

    def add(self, name: str, path: Path) -> Held:
        with path.open("rb") as source:
            reader = Hashed(source)
            self._tar.addfile(_info(name, path.stat().st_size), reader)
        return reader.held

    def finish(self, manifest: bytes) -> None:
        self._tar.addfile(_info(NAME, len(manifest)), io.BytesIO(manifest))


class Hashed:
    """A file that is hashed as it is read, so that the bytes hashed are the bytes kept."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self._digest, self._size = source, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        part = self._source.read(size)
        self._digest.update(part)
        self._size += len(part)
        return part

    @property
    def held(self) -> Held:
        return Held(self._size, self._digest.hexdigest())


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(time.time())
    return info


def _private(path: Path) -> IO[bytes]:
    """Conversations are in it: for whoever makes the backup, and nobody else."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _flush(out: IO[bytes]) -> None:
    out.flush()
    os.fsync(out.fileno())


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _discard(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
