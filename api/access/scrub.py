"""What was deleted, off the disk: SQLite overwrites freed pages (see words.py), once its log has been written back."""

import logging
import time

from sqlalchemy import Engine

logger = logging.getLogger(__name__)

TRIES, PAUSE = 5, 0.2


def scrub(engine: Engine) -> bool:
    """Writes SQLite's log back and empties it; False when somebody was reading all the while: the next run does it.

    PostgreSQL is told to vacuum; what its own log and backups hold is its administrator's to expire.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            for table in ("messages", "conversations", "feedback", "board_items", "boards", "sessions", "audit"):
                connection.exec_driver_sql(f"VACUUM {table}")
            return True
        for _ in range(TRIES):
            busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            if not busy:
                return True
            time.sleep(PAUSE)
    logger.warning("Deleted text is still in the library's write-ahead log: it goes at the next run.")
    return False
