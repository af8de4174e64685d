"""What is done beside the requests: when sessions were last used, and once a day what was kept long enough."""

import logging
import threading
import time

from api.access.audit import TERMINAL, AuditBook
from api.access.keys import KeyBook
from api.access.person import Person
from api.access.retention import Retention
from api.access.sessions import SessionBook

logger = logging.getLogger(__name__)

EVERY, DAY = 30.0, 86_400.0  # seconds
FIRST = 60.0  # seconds after the start: questions come first
CLOCK = Person("service", "The service itself", "steward", None, "local")


class Housekeeping:
    """Runs until `stop`. Several processes may each do it: what one has deleted, another no longer finds."""

    def __init__(self, keys: KeyBook, sessions: SessionBook, retention: Retention, audit: AuditBook) -> None:
        self._keys, self._sessions, self._retention, self._audit = keys, sessions, retention, audit
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(30)
        self._write()

    def sweep(self, by: Person = CLOCK) -> dict[str, int]:
        gone = self._retention.run()
        if any(gone.values()) or by.id == TERMINAL.id:
            self._audit.write(by, "retention.run", detail=gone)
        return gone

    def _run(self) -> None:
        next_sweep = time.monotonic() + FIRST
        while not self._stop.wait(EVERY):
            self._write()
            if time.monotonic() >= next_sweep:
                self._try(self.sweep)
                next_sweep = time.monotonic() + DAY

    def _write(self) -> None:
        self._try(self._sessions.write_seen)
        self._try(self._keys.write_used)

    def _try(self, what: object) -> None:
        try:
            what()  # type: ignore[operator]
        except Exception:
            logger.exception("Housekeeping failed; it is tried again")
