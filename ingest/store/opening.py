"""Opening the database file: made when it is not there, refused when it is not ours to read."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from ingest.errors import LibraryError
from ingest.store import reads, words, writes
from ingest.store.migrations import migrate
from ingest.store.schema import SCHEMA_VERSION, Base

FILE_NAME = "library.db"
RESTORING = ".restoring"  # where a backup is unpacked


def open_store(folder: Path, create: bool = True) -> Engine:
    """Raises LibraryError when the file is damaged, of a newer version, or missing while `create` is false."""
    path = folder / FILE_NAME
    if (folder / RESTORING).exists() and not path.exists():
        raise LibraryError(
            f"A restore into {folder} was interrupted: run `assistant restore` again, or empty the folder."
        )
    if not create and not path.is_file():
        raise LibraryError(f"There is no library in {folder} yet: `assistant add` with a file or folder makes one.")
    engine = words.open_engine(path)
    try:
        with translated(path):
            if create:
                with engine.begin() as connection:
                    _prepare(connection)
                migrate(engine)
            with engine.connect() as connection:
                _check_version(connection, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns the database's errors into a LibraryError with a sentence."""
    try:
        yield
    except SQLAlchemyError as error:
        said = " ".join(str(getattr(error, "orig", None) or error).split())
        raise LibraryError(
            f"The library file {path} cannot be used ({said}): check that the disk has room and that the file may be"
            " written; if it is damaged, put back a copy of the data directory or begin in another one."
        ) from error


def _prepare(connection: Connection) -> None:
    """Makes what is missing; a file that is complete is left as it is."""
    if inspect(connection).has_table("meta") and "schema" in reads.meta(connection):
        return
    Base.metadata.create_all(connection)
    words.create_index(connection)
    for key, value in {"library": uuid.uuid4().hex[:12], "generation": "0", "vectors": "0"}.items():
        if key not in reads.meta(connection):
            writes.set_meta(connection, key, value)
    writes.set_meta(connection, "schema", str(SCHEMA_VERSION))


def _check_version(connection: Connection, path: Path) -> None:
    version = reads.meta(connection).get("schema", "")
    if version.isdigit() and int(version) < SCHEMA_VERSION:  # only where nothing may be written
        raise LibraryError(f"{path} was made by an earlier version: `assistant rebuild` brings it up to date.")
    if version != str(SCHEMA_VERSION):
        raise LibraryError(
            f"{path} has version {version or 'unknown'}, and this program reads version {SCHEMA_VERSION}:"
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
