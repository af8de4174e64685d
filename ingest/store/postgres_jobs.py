"""Who has which waiting file in hand, where several workers share a queue.

A worker holds a lock of its own number for as long as it lives (postgres_lock.py): a file whose worker holds none any
more is taken up by the next.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from ingest.store.postgres_lock import WORKERS

_ALIVE = """alive AS (
    SELECT objid::bigint AS worker FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND classid::bigint = :class AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"""
# Rows that another worker is just taking are passed over. What is in a dead worker's hand is as good as waiting, and
# so is what is in one's own: it was dropped when the server went away
_CLAIM = text(
    f"""WITH {_ALIVE}, next AS (
    SELECT f.job_id, f.number FROM job_files f JOIN jobs j ON j.id = f.job_id
    WHERE f.state IN ('waiting', 'running') AND NOT EXISTS (
        SELECT FROM hands h JOIN alive ON alive.worker = h.worker
        WHERE h.job_id = f.job_id AND h.number = f.number AND h.worker <> :worker)
    ORDER BY j.number, f.number LIMIT 1 FOR UPDATE OF f SKIP LOCKED
    ) INSERT INTO hands (job_id, number, worker) SELECT job_id, number, :worker FROM next
    ON CONFLICT (job_id, number) DO UPDATE SET worker = excluded.worker, stage = NULL, done = 0, total = 0,
    page = 0, pages = 0 WHERE hands.worker = :worker OR hands.worker NOT IN (SELECT worker FROM alive)
    RETURNING job_id, number"""
)
_TELL = text(
    "UPDATE hands SET stage = :stage, done = :done, total = :total, page = :page, pages = :pages"
    " WHERE job_id = :job_id AND number = :number AND worker = :worker"
)
_MINE = text("SELECT worker = :worker FROM hands WHERE job_id = :job_id AND number = :number FOR UPDATE")
_LET_GO = text("DELETE FROM hands WHERE job_id = :job_id AND number = :number AND worker = :worker")
_ALL = text(
    f"WITH {_ALIVE} SELECT job_id, number, stage, done, total, page, pages FROM hands JOIN alive USING (worker)"
)


@dataclass(frozen=True, slots=True)
class Hand:
    """How far the worker of a file has come, as it last said."""

    job_id: str
    number: int
    stage: str | None
    done: int
    total: int
    page: int
    pages: int


def claim(connection: Connection, worker: int) -> tuple[str, int] | None:
    """The first file that waits and that nobody living has in hand, taken into this worker's."""
    row = connection.execute(_CLAIM, {"class": WORKERS, "worker": worker}).first()
    return None if row is None else (row.job_id, row.number)


def tell(connection: Connection, hand: Hand, worker: int) -> None:
    values = {name: getattr(hand, name) for name in ("stage", "done", "total", "page", "pages", "job_id", "number")}
    connection.execute(_TELL, values | {"worker": worker})


def is_mine(connection: Connection, job_id: str, number: int, worker: int) -> bool:
    """And stays so until this transaction ends."""
    return bool(connection.execute(_MINE, {"job_id": job_id, "number": number, "worker": worker}).scalar())


def let_go(connection: Connection, job_id: str, number: int, worker: int) -> None:
    connection.execute(_LET_GO, {"job_id": job_id, "number": number, "worker": worker})


def hands(connection: Connection) -> Iterable[Hand]:
    return [Hand(*row) for row in connection.execute(_ALL, {"class": WORKERS})]


def forget_upload(connection: Connection, job_id: str, number: int | None = None) -> None:
    """The bytes of one file of a job, or of all."""
    which = "job_id = :job_id" if number is None else "job_id = :job_id AND number = :number"
    connection.execute(text(f"DELETE FROM uploads WHERE {which}"), {"job_id": job_id, "number": number})
