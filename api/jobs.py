"""The queue of uploads as requests see it: files come in, jobs tell how far they are, a person may cancel.

The database holds the queue, so that it outlives the process; `worker.py` works on it.
"""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from api.errors import QueueFullError, UnknownJobError
from api.queue import InHand, queue_of
from api.uploads import Received
from api.worker import Worker, end_job, failed, now
from ingest.library import Library
from ingest.records import OPEN, FileReport, Sight
from ingest.store import jobs as store
from ingest.store.jobs import Job, JobFile, JobState
from ingest.timing import Countdown, Timing

MAX_WAITING = 1000
CANCELLED = "It was cancelled before it was added: the library is as it was."


@dataclass(frozen=True, slots=True)
class FileStatus:
    """`done` of `total` belong to the stage; `page` of `pages` have been read."""

    number: int
    file: str
    size: int
    state: JobState
    stage: str | None
    done: int
    total: int
    page: int
    pages: int
    report: FileReport | None


@dataclass(frozen=True, slots=True)
class JobStatus:
    """`progress` is the share that is done, 0 to 1; `seconds_left` also counts the jobs before it."""

    job_id: str
    state: JobState
    created_at: str
    ended_at: str | None
    progress: float
    seconds_left: float | None
    counts: dict[str, int]


class Jobs:
    """Every method may raise a LibraryError. Without `working`, others work on the queue: see `assistant work`."""

    def __init__(self, library: Library, working: bool = True) -> None:
        self._library = library
        self._queue = queue_of(library)
        self.uploads = self._queue.uploads
        self._timing = Timing()
        self._countdowns: dict[str, Countdown] = {}
        self._lock = threading.Lock()
        self._worker = Worker(library, self._queue, self._timing, working=working)

    def stop(self) -> None:
        """Gives up the file in hand; it is begun again when the service starts."""
        self._worker.stop()

    @property
    def is_working(self) -> bool:
        return self._worker.is_alive

    def queue(self) -> tuple[int, dict[str, int]]:
        """How many jobs are not done, and the files of all jobs that are remembered, by state or outcome."""
        with self._library.connect() as connection:
            total: Counter[str] = Counter()
            for one in store.counts(connection).values():
                total.update(one)
            return len(store.unfinished(connection)), dict(total)

    def check_room(self, more: int = 1) -> None:
        """Raises QueueFullError when `more` files are too many."""
        with self._library.connect() as connection:
            waiting = len(store.open_sizes(connection))
        if waiting + more > MAX_WAITING:
            raise QueueFullError(f"{waiting:,} files are waiting, and {MAX_WAITING:,} may.")

    def submit(self, folder: Path, received: Sequence[Received], collection: str = OPEN) -> str:
        """Takes over `folder`, one of `uploads`, and returns the job's id. Raises QueueFullError."""
        self.check_room(sum(file.path is not None for file in received))
        files = [self._file(folder.name, number, file, collection) for number, file in enumerate(received, 1)]
        with self._library.begin() as connection:
            store.add_job(connection, folder.name, now(), files)
            self._queue.receive(connection, folder, files)
        self._queue.received(folder)
        if not any(file.state == "waiting" for file in files):
            end_job(self._library, self._queue, folder.name)
        self._worker.wake()
        return folder.name

    def job(self, job_id: str, sight: Sight = None) -> JobStatus:
        """Raises UnknownJobError, also where its files go somewhere that may not be seen."""
        with self._library.connect() as connection:
            job = self._known(connection, job_id, sight)
            return self._status(connection, job, store.counts(connection, job_id).get(job_id, {}))

    def has_ended(self, job_id: str) -> bool:
        """Also when it was forgotten since."""
        with self._library.connect() as connection:
            job = store.job(connection, job_id)
            return job is None or job.ended_at is not None

    def files(self, job_id: str) -> list[FileStatus]:
        with self._library.connect() as connection:
            hands = self._hands(connection)
            files = store.job_files(connection, job_id)
            return [_file_status(file, hands.get((job_id, file.number))) for file in files]

    def jobs(self, sight: Sight = None) -> list[JobStatus]:
        """Newest first; those whose files go where somebody may see them."""
        with self._library.connect() as connection:
            counts = store.counts(connection)
            return [self._status(connection, job, counts.get(job.id, {})) for job in store.jobs(connection, sight)]

    def cancel(self, job_id: str, sight: Sight = None) -> None:
        """Files that wait never start; the one in hand stops within about a second. Raises UnknownJobError."""
        with self._library.begin() as connection:
            job = self._known(connection, job_id, sight)
            if job.ended_at is None:
                store.cancel_job(connection, job_id)
                self._cancel_files(connection, job_id, None)
        self._end(job_id)

    def cancel_file(self, job_id: str, number: int, sight: Sight = None) -> None:
        """Raises UnknownJobError also when the job has no such file."""
        with self._library.begin() as connection:
            self._known(connection, job_id, sight)
            if not self._cancel_files(connection, job_id, number):
                raise UnknownJobError("This upload has no such file.")
        self._end(job_id)

    def _cancel_files(self, connection: Connection, job_id: str, number: int | None) -> bool:
        files = [file for file in store.job_files(connection, job_id) if number in (None, file.number)]
        store.cancel_files(connection, job_id, {file.number: failed(file.file_name, CANCELLED) for file in files})
        return bool(files)

    def _end(self, job_id: str) -> None:
        """Unless a file of it is in hand: then the worker ends it when that has stopped."""
        with self._library.connect() as connection:
            in_hand = any(of == job_id for of, _ in self._hands(connection))
        if not in_hand:
            end_job(self._library, self._queue, job_id)

    def _hands(self, connection: Connection) -> dict[tuple[str, int], InHand]:
        """The files that are being added, here and in other processes."""
        mine = self._worker.in_hand
        return {one.key: one for one in (*self._queue.others(connection), *([mine] if mine is not None else []))}

    def _known(self, connection: Connection, job_id: str, sight: Sight) -> Job:
        job = store.job(connection, job_id, sight)
        if job is None:
            raise UnknownJobError("No upload of this id is known here.")
        return job

    def _file(self, job_id: str, number: int, file: Received, collection: str) -> JobFile:
        if file.path is None:
            report = failed(file.name, file.refusal or "This file could not be received.")
            return JobFile(job_id, number, file.name, None, file.size, "done", report, collection)
        path = file.path.relative_to(self._library.settings.data_dir).as_posix()
        return JobFile(job_id, number, file.name, path, file.size, "waiting", None, collection)

    def _status(self, connection: Connection, job: Job, counts: dict[str, int]) -> JobStatus:
        told = {"files": sum(counts.values())} | dict.fromkeys(COUNTED, 0) | counts
        if job.ended_at is not None:
            with self._lock:
                self._countdowns.pop(job.id, None)
            return JobStatus(job.id, job.state, job.created_at, job.ended_at, 1.0, 0.0, told)
        state: JobState = "waiting" if job.state == "waiting" else "running"
        progress, seconds = self._estimate(connection, job)
        return JobStatus(job.id, state, job.created_at, None, progress, seconds, told)

    def _estimate(self, connection: Connection, job: Job) -> tuple[float, float | None]:
        """The share that is done, and the seconds until the job ends."""
        in_hand = self._worker.in_hand
        hand = in_hand.key if in_hand is not None else None
        open_files = store.open_sizes(connection, job.number)
        waiting = [size for one, number, size in open_files if (one, number) != hand]
        mine = [size for one, number, size in open_files if one == job.id and (one, number) != hand]
        left_in_hand = self._timing.left()
        before = self._timing.expected(len(waiting), sum(waiting)) + left_in_hand
        left = self._timing.expected(len(mine), sum(mine))
        if hand is not None and hand[0] == job.id:
            left += left_in_hand
        sizes = [file.size for file in store.job_files(connection, job.id)]
        whole = max(self._timing.expected(len(sizes), sum(sizes)), left, 0.001)
        with self._lock:
            while len(self._countdowns) > MAX_WAITING:  # of jobs that nobody asked for again once they had ended
                self._countdowns.pop(next(iter(self._countdowns)))
            countdown = self._countdowns.setdefault(job.id, Countdown())
            seconds = round(countdown.show(before), 1) if self._timing.is_known else None
            return round(countdown.share(1 - left / whole), 3), seconds


COUNTED = ("waiting", "running", "added", "replaced", "unchanged", "failed", "cancelled")


def _file_status(file: JobFile, in_hand: InHand | None) -> FileStatus:
    told = (file.number, file.file_name, file.size)
    if (one := in_hand) is not None and file.state in ("running", "cancelled"):
        return FileStatus(*told, "running", one.stage, one.done, one.total, one.page, one.pages, None)
    pages = file.report.pages if file.report is not None else 0
    return FileStatus(*told, file.state, None, 0, 0, pages, pages, file.report)
