"""The originals in the database, where every machine can open them; it keeps what it opened in its own folder."""

import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from ingest.files import STAGING, FileStore
from ingest.settings import IngestSettings
from ingest.store.opening import translated

PART = 1024 * 1024  # bytes of a row
_COMING = ".coming-"
_LEFT_OVER = 86_400.0  # seconds after which what a process that died has left goes
_NAMES = "SELECT DISTINCT sha256 FROM originals"


class SharedFileStore(FileStore):
    """As `FileStore`; the folder is this machine's memory of what the database holds."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        super().__init__(folder)
        self._engine = engine

    def path(self, sha256: str) -> Path:
        """A copy on this machine, made when there is none; a path that leads nowhere when there is no original."""
        path = self.folder / sha256
        if not path.is_file():
            self._fetch(sha256, path)
        return path

    def has(self, sha256: str) -> bool:
        with translated("the database"), self._engine.connect() as connection:
            return bool(
                connection.execute(text("SELECT 1 FROM originals WHERE sha256 = :s LIMIT 1"), {"s": sha256}).all()
            )

    def holds(self, sha256: str) -> bool:
        digest = hashlib.sha256()
        with translated("the database"), self._engine.connect() as connection:
            for part in parts_of(connection, sha256):
                digest.update(part)
        return digest.hexdigest() == sha256

    def keep(self, staged: Path, sha256: str) -> None:
        with translated("the database"), self._engine.begin() as connection:
            connection.execute(text("DELETE FROM originals WHERE sha256 = :s"), {"s": sha256})
            insert_parts(connection, staged, "originals", {"sha256": sha256})
        os.replace(staged, self.folder / sha256)

    def forget(self, sha256: str) -> None:
        super().forget(sha256)
        with translated("the database"), self._engine.begin() as connection:
            connection.execute(text("DELETE FROM originals WHERE sha256 = :s"), {"s": sha256})

    def extra(self, wanted: set[str]) -> list[str]:
        with translated("the database"), self._engine.connect() as connection:
            return [name for name in connection.execute(text(_NAMES)).scalars() if name not in wanted]

    def tidy(self, wanted: set[str]) -> None:
        """Only under the writer's lock: another process may be keeping a file whose document comes next."""
        for sha256 in self.extra(wanted):
            self.forget(sha256)

    def sweep(self, wanted: set[str]) -> None:
        """Removes this machine's copies of what is not wanted any more."""
        for entry in self.folder.iterdir() if self.folder.is_dir() else ():
            if len(entry.name) == 64 and entry.name not in wanted:
                entry.unlink(missing_ok=True)
            elif entry.name.startswith((STAGING, _COMING)) and time.time() - entry.stat().st_mtime > _LEFT_OVER:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink(missing_ok=True)

    def _fetch(self, sha256: str, path: Path) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        coming = self.folder / f"{_COMING}{uuid.uuid4().hex}"
        try:
            with translated("the database"), self._engine.connect() as connection, coming.open("wb") as out:
                for part in parts_of(connection, sha256):
                    out.write(part)
            if coming.stat().st_size:
                os.replace(coming, path)
        finally:
            coming.unlink(missing_ok=True)


def files_of(settings: IngestSettings, engine: Engine) -> FileStore:
    """The folders differ, so that a library that was moved away keeps its files when the other loses one."""
    if settings.database is None:
        return FileStore(settings.data_dir / "files")
    return SharedFileStore(settings.data_dir / "copies", engine)


def parts_of(connection: Connection, sha256: str) -> Iterator[bytes]:
    yield from _read(connection, "originals", {"sha256": sha256})


def upload_parts(connection: Connection, job_id: str, number: int) -> Iterator[bytes]:
    yield from _read(connection, "uploads", {"job_id": job_id, "number": number})


def insert_parts(connection: Connection, path: Path, table: str, key: dict[str, object]) -> None:
    """A file into rows of `table`, a piece at a time."""
    columns, values = ", ".join(key), ", ".join(f":{name}" for name in key)
    statement = text(f"INSERT INTO {table} ({columns}, part, data) VALUES ({values}, :part, :data)")
    with path.open("rb") as file:
        part = 0
        while data := file.read(PART):
            connection.execute(statement, {**key, "part": part, "data": data})
            part += 1


def _read(connection: Connection, table: str, key: dict[str, object]) -> Iterator[bytes]:
    which = " AND ".join(f"{name} = :{name}" for name in key)
    statement = text(f"SELECT data FROM {table} WHERE {which} AND part = :part")
    part = 0
    while (data := connection.execute(statement, {**key, "part": part}).scalar()) is not None:
        yield bytes(data)
        part += 1
