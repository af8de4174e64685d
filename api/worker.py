"""Adds the waiting files to the library, one after another, in a thread of its own."""

import logging
import shutil
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import CancelledError
from ingest.library import Library
from ingest.records import FileReport
from ingest.store import jobs as store
from ingest.store.jobs import JobFile
from ingest.timing import Timing

logger = logging.getLogger(__name__)

KEPT_JOBS = 200
IDLE = 1.0  # seconds between two looks at the queue: another process that shares the library may have filled it
RETRY = 5.0  # seconds, after the queue itself could not be read or written
CHECK = 0.25  # seconds between two looks whether the file in hand was cancelled


class InHand:
    """The file that is being added, and how far it is. `done` of `total` belong to the stage."""

    def __init__(self, file: JobFile) -> None:
        self.file = file
        self.stage: str | None = None
        self.done = self.total = self.page = self.pages = 0
        self.checked = 0.0

    def tell(self, stage: str, done: int, total: int) -> None:
        self.stage, self.done, self.total = stage, done, total
        if stage == "reading":
            self.page, self.pages = done, total


class Worker:
    """Among processes that share a library one works. What a stop interrupts is begun again at the next start."""

    def __init__(self, library: Library, uploads: Path, timing: Timing) -> None:
        self.in_hand: InHand | None = None
        self._library = library
        self._uploads = uploads
        self._timing = timing
        # thread_local would hide the lock from the thread that stops the worker
        self._lock = FileLock(uploads / ".lock", thread_local=False)
        # Listed before any request is served; with a Chroma server, another process may be receiving into them
        alone = library.settings.chroma_url is None and uploads.is_dir()
        self._leftovers = [path for path in uploads.iterdir() if path.is_dir()] if alone else []
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ingest", daemon=True)
        self._thread.start()

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
            self._lock.release()

    def _work(self) -> bool:
        """One file, if there is one to add. Whatever happens, the worker stays up for the next one."""
        try:
            file = self._next() if self._owns() else None
            if file is not None:
                self._add(file)
            return file is not None
        except Exception:
            logger.exception("The queue of uploads cannot be worked on; it is tried again")
            self._stopping.wait(RETRY)
            return False

    def _owns(self) -> bool:
        if self._lock.is_locked:
            return True
        try:
            self._uploads.mkdir(exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        self._tidy()
        return True

    def _tidy(self) -> None:
        """Ends jobs whose last file was done when the process ended, and removes what nobody will read any more."""
        with self._library.connect() as connection:
            jobs = store.unfinished(connection)
        left = {job for job in jobs if not self.end_job(job)}
        for folder in self._leftovers:
            if folder.name not in left:
                shutil.rmtree(folder, ignore_errors=True)

    def _next(self) -> JobFile | None:
        with self._library.connect() as connection:
            return store.next_file(connection)

    def _add(self, file: JobFile) -> None:
        self._timing.begin(file.size)
        self.in_hand = InHand(file)
        try:
            report = self._report(self.in_hand) if self._begins(file) else None
            if report is not None:
                with self._library.begin() as connection:
                    store.end_file(connection, file, report)
        finally:
            self.in_hand = None
        if report is None and self._stopping.is_set():
            return
        (self._library.settings.data_dir / str(file.path)).unlink(missing_ok=True)
        self.end_job(file.job_id)

    def _begins(self, file: JobFile) -> bool:
        with self._library.begin() as connection:
            return store.begin_file(connection, file)

    def _report(self, in_hand: InHand) -> FileReport | None:
        """None when it was stopped."""
        file = in_hand.file

        def progress(_file: int, _files: int, stage: str, done: int, total: int) -> None:
            in_hand.tell(stage, done, total)
            self._timing.tell(stage, done, total)
            if self._stopping.is_set() or self._is_cancelled(in_hand):
                raise CancelledError("Adding it was stopped.")

        try:
            report = self._library.add_upload(
                file.file_name, self._library.settings.data_dir / str(file.path), progress, file.collection
            )
        except CancelledError:
            self._timing.forget()
            return None
        except Exception:
            logger.exception("Ingest of an uploaded file failed")
            report = failed(file.file_name, "The assistant failed on this file, and did not add it. Its log says why.")
        self._timing.end()
        return report

    def _is_cancelled(self, in_hand: InHand) -> bool:
        now = time.monotonic()
        if now - in_hand.checked < CHECK and in_hand.stage != "storing":
            return False
        in_hand.checked = now
        with self._library.connect() as connection:
            return store.file_state(connection, in_hand.file.job_id, in_hand.file.number) == "cancelled"

    def end_job(self, job_id: str) -> bool:
        """If none of its files is left to do."""
        with self._library.begin() as connection:
            ended = store.end_job(connection, job_id, now())
            if ended:
                store.forget_jobs(connection, KEPT_JOBS)
        if ended:
            shutil.rmtree(self._uploads / job_id, ignore_errors=True)
        return ended


def failed(name: str, reason: str) -> FileReport:
    return FileReport(name, "failed", reason)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
