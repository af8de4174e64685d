"""The place that a library is moved to: empty, or half filled by a move that was stopped and is begun anew."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from ingest.errors import IndexDamagedError, LibraryError
from ingest.lock import OWNER, DirectoryLock
from ingest.settings import IngestSettings
from ingest.store import reads, writes
from ingest.store.opening import FILE_NAME, MOVING, engine_of, make_folder, place_of, prepare, translated
from ingest.vectors import VectorIndex, index_name

MARK = ".moving"  # a file in a folder that is being filled
_OWN = frozenset({".lock", OWNER})


@contextmanager
def opened(target: IngestSettings, source_id: str) -> Iterator[Engine]:
    """The new library's database, made and marked, for this process alone.

    Raises LibraryError when there is anything that is not of a stopped move of the same library.
    """
    make_folder(target.data_dir)
    with _alone(target) as engine, translated(place_of(target.data_dir, target.database)):
        if target.database is None:
            _clear_folder(target.data_dir, source_id)
        else:
            _clear_database(engine, target, source_id)
        with engine.begin() as connection:
            prepare(connection)
            writes.set_meta(connection, MOVING, source_id)
        yield engine


def finish(engine: Engine, target: IngestSettings) -> None:
    """From now on it is a library like any other."""
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM meta WHERE key = :key"), {"key": MOVING})
    (target.data_dir / MARK).unlink(missing_ok=True)


@contextmanager
def _alone(target: IngestSettings) -> Iterator[Engine]:
    engine = engine_of(target.data_dir, target.database)
    try:
        if target.database is None:
            with DirectoryLock(target.data_dir).held(0):
                yield engine
        else:
            from ingest.store.postgres_lock import nobody_else

            with nobody_else(engine):
                yield engine
    finally:
        engine.dispose()


def _clear_folder(folder: Path, source_id: str) -> None:
    there = [entry for entry in folder.iterdir() if entry.name not in _OWN]
    mark = folder / MARK
    if there and not (mark.is_file() and mark.read_text("utf-8") == source_id and _is_half(folder)):
        raise LibraryError(f"The folder {folder} is not empty: name a new one, or empty it.")
    for entry in there:
        if entry != mark:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    mark.write_text(source_id, "utf-8")


def _is_half(folder: Path) -> bool:
    """A library that was finished has no mark in its database any more."""
    if not (folder / FILE_NAME).is_file():
        return True
    engine = engine_of(folder, None)
    try:
        with engine.connect() as connection:
            meta = reads.meta(connection) if inspect(connection).has_table("meta") else {}
            return MOVING in meta or "schema" not in meta
    finally:
        engine.dispose()


def _clear_database(engine: Engine, target: IngestSettings, source_id: str) -> None:
    with engine.begin() as connection:
        names = inspect(connection).get_table_names()
        if not names:
            return
        meta = reads.meta(connection) if "meta" in names else {}
        if meta.get(MOVING) != source_id:
            place = place_of(target.data_dir, target.database)
            raise LibraryError(f"{place[0].upper()}{place[1:]} is not empty: name a new one, or empty it.")
        _forget_vectors(target, index_name(meta))
        _drop(connection, names)


def _forget_vectors(target: IngestSettings, name: str) -> None:
    index = VectorIndex(target.data_dir, target.chroma_url, name)
    with suppress(IndexDamagedError):  # else its vectors stay there, under a name that nobody asks for
        index.empty()


def _drop(connection: Connection, names: list[str]) -> None:
    quoted = ", ".join(connection.dialect.identifier_preparer.quote(name) for name in names)
    connection.execute(text(f"DROP TABLE {quoted} CASCADE"))
