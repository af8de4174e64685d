"""How PostgreSQL is reached: a server that has gone, hangs or comes back is noticed, and told in a sentence.

A statement may take long; a server may not be silent and refuse another connection as well. So nobody waits for ever,
and while it is away requests fail at once.
"""

import json
import time
from collections.abc import Generator
from typing import Any, TypeVar

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.url import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from ingest.errors import LibraryAwayError, LibraryError

T = TypeVar("T")

SILENCE = 4.0  # seconds without a sign, after which the server is tried by another connection
PROBE = 3  # seconds for that
REST = 2.0  # seconds for which a server that is away is left alone
POOL, MORE, WAIT = 8, 16, 15.0  # connections kept, more for a while, seconds to wait for one
FRESH = 1.0  # seconds for which a connection is taken as good
_OPTIONS = (
    "-c jit=off",  # compiling takes longer than what is asked here
    "-c plan_cache_mode=force_custom_plan",  # how rare a word is decides how it is best looked for
    "-c lock_timeout=30s",
    "-c idle_in_transaction_session_timeout=10min",
    "-c TimeZone=UTC",
    # A machine without power says nothing any more: its locks are let go within a minute
    "-c tcp_keepalives_idle=20 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3",
)
# Classes of SQLSTATE: the connection lost, or ended by the server, or one too many; then, others are in the way
_AWAY = ("08", "57P0", "53300")
_BUSY = ("55P03", "40P01", "40001", "57014")
_FULL = ("53100", "53200")


class Link:
    """The server as one process sees it."""

    def __init__(self, url: str) -> None:
        self.place = place_of(url)
        self._url = url.replace("postgresql+psycopg:", "postgresql:", 1)
        self._away_until = 0.0

    def connect(self) -> "Watched":
        self.check()
        given = str(conninfo_to_dict(self._url).get("options") or "")
        try:
            opened = Watched.connect(
                self._url,
                connect_timeout=PROBE + 1,
                keepalives_idle=20,
                application_name="programme-assistant",
                options=" ".join((given, *_OPTIONS)).strip(),
            )
        except psycopg.errors.ConnectionTimeout:
            self.rest()
            raise
        opened.link = self
        opened.server_cursor_factory = _Cursor
        return opened

    def check(self) -> None:
        """Raises OperationalError while the server is known to be away."""
        if time.monotonic() < self._away_until:
            raise psycopg.OperationalError("it did not answer a moment ago")

    def rest(self) -> None:
        self._away_until = time.monotonic() + REST

    def probe(self) -> None:
        """Raises OperationalError when the server takes no connection."""
        try:
            psycopg.connect(self._url, connect_timeout=PROBE).close()
        except psycopg.Error as error:
            self.rest()
            raise psycopg.OperationalError(f"it has been silent for {SILENCE:.0f} seconds") from error


class Watched(psycopg.Connection[Any]):
    """A connection that does not wait for ever."""

    link: Link | None = None

    def wait(self, gen: Generator[Any, Any, T], interval: float = 0.1, timeout: float | None = None) -> T:
        return super().wait(self._watch(gen), interval, timeout)

    def _watch(self, gen: Generator[Any, Any, T]) -> Generator[Any, Any, T]:
        link, heard = self.link, time.monotonic()
        try:
            if link is not None:
                link.check()
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    heard = time.monotonic()
                elif link is not None and time.monotonic() - heard > SILENCE:
                    link.probe()
                    heard = time.monotonic()
                wanted = gen.send(ready)
        except StopIteration as done:
            result: T = done.value
            return result
        except psycopg.OperationalError:
            self.pgconn.finish()
            raise


class _Cursor(psycopg.ServerCursor[Any]):
    """Whoever stops reading in the middle, or is stopped, need not close it: it ends with its transaction."""

    def __del__(self, *_: Any) -> None:
        pass


def place_of(url: str) -> str:
    """The server and the database, without who connects and how."""
    parsed = make_url(url)
    where = parsed.host or str(parsed.query.get("host") or "this machine")
    return f"“{parsed.database or parsed.username or ''}” on {where}" + (f":{parsed.port}" if parsed.port else "")


def open_postgres(url: str) -> Engine:
    """Nothing is connected yet. What the server refuses is told by a LibraryError, whoever asked it."""
    link = Link(url)
    engine = create_engine(
        "postgresql+psycopg://",
        creator=link.connect,
        pool_size=POOL,
        max_overflow=MORE,
        pool_timeout=WAIT,
        hide_parameters=True,  # errors are logged, people's words are not
        json_serializer=_storable_json,
    )
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", _try_out)
    event.listen(engine, "handle_error", lambda context: _translate(context, link.place), retval=True)
    return engine


def _note_use(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["used"] = time.monotonic()


def _try_out(connection: psycopg.Connection[Any], record: ConnectionPoolEntry, _proxy: object) -> None:
    """A connection that nobody has used for a moment may lead nowhere; then the pool makes another one."""
    if time.monotonic() - record.info.get("used", time.monotonic()) < FRESH:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except psycopg.Error as error:
        raise DisconnectionError(str(error)) from error


def _translate(context: ExceptionContext, place: str) -> LibraryError | None:
    error = context.original_exception
    if not isinstance(error, psycopg.Error):
        return None
    state, said = error.sqlstate or "", " ".join(str(error).split())[:300]
    if state.startswith(_BUSY):
        return LibraryAwayError(f"The database {place} is busy ({said}).")
    if state.startswith(_FULL):
        return LibraryError(f"The database {place} cannot take more ({said}): make room on its machine.")
    if state.startswith(_AWAY) or (isinstance(error, psycopg.OperationalError) and not state):
        return LibraryAwayError(f"The database {place} cannot be reached ({said}).")
    if state.startswith(("28", "3D", "42501")):
        return LibraryError(f"The database {place} lets nobody in ({said}): check ASSISTANT_DATABASE_URL.")
    return None


def _storable_json(value: object) -> str:
    """As SQLAlchemy writes it; PostgreSQL takes no NUL in JSON either."""
    written = json.dumps(value)
    return json.dumps(_without_nul(value)) if "\\u0000" in written else written


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd")
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(one) for key, one in value.items()}
    return [_without_nul(one) for one in value] if isinstance(value, list | tuple) else value
