"""Opening the database: made when it is not there, refused when it is not ours to read."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoneFreeError

from ingest.errors import LibraryAwayError, LibraryError
from ingest.store import reads, sqlite, words, writes
from ingest.store.dialect import dialect_of
from ingest.store.migrations import migrate
from ingest.store.schema import SCHEMA_VERSION, Base

FILE_NAME = "library.db"
RESTORING = ".restoring"  # where a backup is unpacked
MOVING = "moving"  # in `meta`, while a library is being moved to this place


def open_store(folder: Path, create: bool = True, url: str | None = None) -> Engine:
    """The file in `folder`, or the server at `url`.

    Raises LibraryError when it is damaged, of a newer version, or missing while `create` is false.
    """
    place = place_of(folder, url)
    if url is None and (folder / RESTORING).exists() and not (folder / FILE_NAME).exists():
        raise LibraryError(
            f"A restore into {folder} was interrupted: run `assistant restore` again, or empty the folder."
        )
    engine = engine_of(folder, url)
    try:
        with translated(place):
            if not create and not _is_there(engine, folder, url):
                raise LibraryError(
                    f"There is no library in {place} yet: `assistant add` with a file or folder makes one."
                )
            if create:
                with engine.begin() as connection:
                    prepare(connection)
                migrate(engine)
            with engine.connect() as connection:
                _check_version(connection, place)
    except BaseException:
        engine.dispose()
        raise
    return engine


def engine_of(folder: Path, url: str | None) -> Engine:
    """Nothing is opened yet. Raises LibraryError when PostgreSQL's driver is not installed."""
    if url is None:
        return sqlite.open_engine(folder / FILE_NAME)
    try:
        from ingest.store.postgres_link import open_postgres
    except ImportError as error:
        raise LibraryError(
            f"PostgreSQL's driver is not installed ({error}): install this package with its extra `servers`."
        ) from error
    return open_postgres(url)


def place_of(folder: Path, url: str | None) -> str:
    """Where the library stands, in words; a server's without who connects."""
    if url is None:
        return str(folder / FILE_NAME)
    from ingest.store.postgres_link import place_of as server

    return f"the database {server(url)}"


def is_there(folder: Path, url: str | None) -> bool:
    """Whether a library has been made there. Raises LibraryAwayError."""
    if url is None:
        return (folder / FILE_NAME).is_file()
    engine = engine_of(folder, url)
    try:
        with translated(place_of(folder, url)):
            return _is_there(engine, folder, url)
    finally:
        engine.dispose()


def _is_there(engine: Engine, folder: Path, url: str | None) -> bool:
    if url is None:
        return (folder / FILE_NAME).is_file()
    with engine.connect() as connection:
        return inspect(connection).has_table("meta")


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Turns the database's errors into a LibraryError with a sentence."""
    try:
        yield
    except NoneFreeError as error:
        raise LibraryAwayError("The database has more to do than it can: too many ask at once.") from error
    except SQLAlchemyError as error:
        said = " ".join(str(getattr(error, "orig", None) or error).split())
        raise LibraryError(
            f"The library file {place} cannot be used ({said}): check that the disk has room and that the file may be"
            " written; if it is damaged, put back a copy of the data directory or begin in another one."
        ) from error


def prepare(connection: Connection) -> None:
    """Makes what is missing; a library that is complete is left as it is."""
    dialect_of(connection).wait_turn(connection)
    if inspect(connection).has_table("meta") and "schema" in reads.meta(connection):
        return
    Base.metadata.create_all(connection)
    words.create_index(connection)
    for key, value in {"library": uuid.uuid4().hex[:12], "generation": "0", "vectors": "0"}.items():
        if key not in reads.meta(connection):
            writes.set_meta(connection, key, value)
    writes.set_meta(connection, "schema", str(SCHEMA_VERSION))


def _check_version(connection: Connection, place: str) -> None:
    meta = reads.meta(connection)
    if MOVING in meta:
        raise LibraryError(f"{place} is half moved: run the same `assistant move` again, which begins it anew.")
    version = meta.get("schema", "")
    if version.isdigit() and int(version) < SCHEMA_VERSION:  # only where nothing may be written
        raise LibraryError(f"{place} was made by an earlier version: `assistant rebuild` brings it up to date.")
    if version != str(SCHEMA_VERSION):
        raise LibraryError(
            f"{place} has version {version or 'unknown'}, and this program reads version {SCHEMA_VERSION}:"
            " update the program, or set ASSISTANT_DATA_DIR to a new folder and add the documents again."
        )


def make_folder(folder: Path) -> None:
    """Raises LibraryError when there is no folder there that may be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK)
    except OSError as error:
        raise LibraryError(f"The data directory {folder} cannot be made ({error.strerror}): {_ELSEWHERE}") from error
    if not writable:
        raise LibraryError(f"The data directory {folder} may not be written to: {_ELSEWHERE}")


_ELSEWHERE = "set ASSISTANT_DATA_DIR to a folder that may be written."
