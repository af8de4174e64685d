"""Adds the waiting files to the library, one after another, in a thread of its own."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from api.queue import InHand, Queue
from ingest.errors import CancelledError, LibraryAwayError
from ingest.library import Library
from ingest.records import FileReport
from ingest.store import jobs as store
from ingest.store.jobs import JobFile
from ingest.timing import Timing

logger = logging.getLogger(__name__)

KEPT_JOBS = 200
IDLE = 1.0  # seconds between two looks at the queue: another process that shares the library may have filled it
RETRY = 5.0  # seconds, after the queue itself could not be read or written
TIDY = 10.0  # seconds between two looks for jobs that ended with another process
CHECK = 0.25  # seconds between two looks whether the file in hand was cancelled
TELL = 0.5  # seconds between two signs of how far it is, to other processes

OnReport = Callable[[FileReport], None]


class Worker:
    """What a stop interrupts is begun again: at the next start, or by another worker of a library on servers.

    Without `working` it takes no file, and only keeps house: others work.
    """

    def __init__(
        self,
        library: Library,
        queue: Queue,
        timing: Timing,
        on_report: OnReport | None = None,
        *,
        working: bool = True,
    ) -> None:
        self.in_hand: InHand | None = None
        self._library = library
        self._queue = queue
        self._timing = timing
        self._on_report = on_report
        self._working = working
        self._told = self._checked = self._tidied = 0.0
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ingest", daemon=True)
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def wake(self) -> None:
        self._wake.set()

    def stop(self, timeout: float = 30.0) -> None:
        self._stopping.set()
        self._wake.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._wake.clear()
                if not self._work():
                    self._wake.wait(IDLE)
        finally:
            self._queue.release()

    def _work(self) -> bool:
        """One file, if there is one to add. Whatever happens, the worker stays up for the next one."""
        try:
            file = self._queue.take() if self._owns() and self._working else None
            if file is not None:
                self._add(file)
            return file is not None
        except LibraryAwayError as error:
            logger.warning("The queue of uploads waits: %s", error)
        except Exception:
            logger.exception("The queue of uploads cannot be worked on; it is tried again")
        self._stopping.wait(RETRY)
        return False

    def _owns(self) -> bool:
        if not self._queue.owns():
            self._tidied = 0.0
            return False
        if not self._tidied or time.monotonic() - self._tidied > TIDY:
            self._tidied = time.monotonic()
            self._tidy()
        return True

    def _tidy(self) -> None:
        """Ends jobs whose last file was done when the process ended, and removes what nobody will read any more."""
        with self._library.connect() as connection:
            jobs = store.unfinished(connection)
        self._queue.tidy({job for job in jobs if not end_job(self._library, self._queue, job)})

    def _add(self, file: JobFile) -> None:
        self._timing.begin(file.size)
        self.in_hand = InHand(file.job_id, file.number, file.size)
        try:
            report = None if self._queue.is_given_up(file) else self._report(file, self.in_hand)
            if report is None and self._stopping.is_set():
                self._queue.put_back(file)
                return
            self._queue.end(file, report)
        finally:
            self.in_hand = None
        if report is not None and self._on_report is not None:
            self._on_report(report)
        end_job(self._library, self._queue, file.job_id)

    def _report(self, file: JobFile, in_hand: InHand) -> FileReport | None:
        """None when it was stopped."""

        def progress(_file: int, _files: int, stage: str, done: int, total: int) -> None:
            in_hand.tell(stage, done, total)
            self._timing.tell(stage, done, total)
            if self._stopping.is_set() or self._is_given_up(file, in_hand):
                raise CancelledError("Adding it was stopped.")

        try:
            with self._queue.open(file) as path:
                report = self._library.add_upload(file.file_name, path, progress, file.collection)
        except CancelledError:
            self._timing.forget()
            return None
        except LibraryAwayError:
            self._timing.forget()
            raise  # it is begun again when the database is back
        except Exception:
            logger.exception("Ingest of an uploaded file failed")
            report = failed(file.file_name, "The assistant failed on this file, and did not add it. Its log says why.")
        self._timing.end()
        return report

    def _is_given_up(self, file: JobFile, in_hand: InHand) -> bool:
        now = time.monotonic()
        if now - self._told > TELL:
            self._told = now
            self._queue.tell(in_hand)
        if now - self._checked < CHECK and in_hand.stage != "storing":
            return False
        self._checked = now
        return self._queue.is_given_up(file)


def end_job(library: Library, queue: Queue, job_id: str) -> bool:
    """If none of its files is left to do."""
    with library.begin() as connection:
        ended = store.end_job(connection, job_id, now())
        if ended:
            store.forget_jobs(connection, KEPT_JOBS)
    if ended:
        queue.forget_job(job_id)
    return ended


def failed(name: str, reason: str) -> FileReport:
    return FileReport(name, "failed", reason)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
