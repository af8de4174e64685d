"""Locks that PostgreSQL keeps for a connection, and lets go when its process dies: in place of lock files."""

import logging
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from ingest.errors import LibraryError, LibraryInUseError
from ingest.lock import Lock

logger = logging.getLogger(__name__)

LIBRARY, WORKERS = 20_190_424, 20_190_425  # classes of locks: the library's own, and one for each process
MAKING, WRITING, USING = 0, 1, 2  # in the class LIBRARY
_LOOK = 0.05  # seconds between two tries

_BUSY = "Another process is changing the library at this moment, and has been for long: try again later."
_MOVING = "The library is being moved to another place: wait until that is done, then use it there."


class WriterLock(Lock):
    """One writer among all processes that use the database. For one thread at a time; it may be taken again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._depth = 0

    def acquire(self, wait: float = 0) -> None:
        """Raises LibraryInUseError when another process still holds it after `wait` seconds."""
        if self._depth == 0:
            connection = _own(self._engine)
            try:
                _take(connection, "pg_try_advisory_lock", WRITING, wait)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        self._depth += 1

    def release(self) -> None:
        self._depth = max(0, self._depth - 1)
        if self._depth == 0 and self._connection is not None:
            # Closed, and not only unlocked: then it is free whatever state the connection is in
            _close(self._connection)
            self._connection = None


class Presence:
    """Says that this process uses the library, and under which number: others see whether it lives."""

    def __init__(self, engine: Engine) -> None:
        self.number = random.SystemRandom().randrange(1, 2**31)
        self._engine = engine
        self._connection: Connection | None = None
        self._lock = threading.Lock()

    def ensure(self) -> None:
        """Also after the server was away. Raises LibraryInUseError while the library is being moved."""
        with self._lock:
            if self._connection is not None:
                try:
                    self._connection.execute(text("SELECT 1"))
                    return
                except (SQLAlchemyError, LibraryError):
                    _close(self._connection)
                    self._connection = None
            connection = _own(self._engine)
            try:
                _take(connection, "pg_try_advisory_lock_shared", USING, 0, _MOVING)
                connection.execute(text("SELECT pg_advisory_lock(:a, :b)"), {"a": WORKERS, "b": self.number})
            except BaseException:
                connection.close()
                raise
            self._connection = connection

    def leave(self) -> None:
        with self._lock:
            if self._connection is not None:
                _close(self._connection)
                self._connection = None


@contextmanager
def nobody_else(engine: Engine) -> Iterator[None]:
    """Raises LibraryInUseError while any process uses the library; none can begin to meanwhile."""
    connection = _own(engine)
    try:
        in_use = "Processes use this library: stop every `assistant serve` and `assistant work` on it first."
        _take(connection, "pg_try_advisory_lock", USING, 0, in_use)
        yield
    finally:
        _close(connection)


def _own(engine: Engine) -> Connection:
    """A connection outside of the pool, so that its end is the end of its locks."""
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.detach()
    return connection


def _take(connection: Connection, function: str, which: int, wait: float, refusal: str = _BUSY) -> None:
    end = time.monotonic() + wait
    while not connection.execute(text(f"SELECT {function}(:a, :b)"), {"a": LIBRARY, "b": which}).scalar_one():
        if time.monotonic() >= end:
            raise LibraryInUseError(refusal)
        time.sleep(_LOOK)


def _close(connection: Connection) -> None:
    with suppress(SQLAlchemyError, LibraryError):
        connection.close()
