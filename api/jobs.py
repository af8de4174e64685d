"""Uploads are read one at a time by one worker; a job tells how far each of its files is."""

import logging
import shutil
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Literal

from api.errors import UnknownJobError
from ingest.records import FileReport

logger = logging.getLogger(__name__)

State = Literal["waiting", "running", "done"]
Advance = Callable[[str, int, int], None]
Ingest = Callable[[str, Path, Advance], FileReport]
KEPT_JOBS = 200


@dataclass(frozen=True, slots=True)
class Received:
    """An uploaded file: the name it came with, and where it lies or why it was refused."""

    name: str
    path: Path | None
    refusal: str | None = None


@dataclass(slots=True)
class FileProgress:
    """Changes while the worker reads. `done` of `total` belong to the stage; `page` of `pages` have been read."""

    file: str
    state: State = "waiting"
    stage: str | None = None
    done: int = 0
    total: int = 0
    page: int = 0
    pages: int = 0
    report: FileReport | None = None


@dataclass(slots=True)
class Job:
    id: str
    folder: Path
    received: Sequence[Received]
    files: list[FileProgress]
    state: State = "waiting"
    done: threading.Event = field(default_factory=threading.Event)


class Jobs:
    """`ingest` adds one file to the library and reports; it is never called twice at once."""

    def __init__(self, ingest: Ingest) -> None:
        self._ingest = ingest
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._waiting: SimpleQueue[Job | None] = SimpleQueue()
        self._stopping = threading.Event()
        self._worker = threading.Thread(target=self._run, name="ingest", daemon=True)
        self._worker.start()

    def submit(self, folder: Path, received: Sequence[Received]) -> Job:
        """Takes over `folder`, which is removed when the job is done."""
        job = Job(uuid.uuid4().hex, folder, received, [FileProgress(file.name) for file in received])
        self._jobs[job.id] = job
        while len(self._jobs) > KEPT_JOBS and next(iter(self._jobs.values())).state == "done":
            self._jobs.popitem(last=False)
        self._waiting.put(job)
        return job

    def get(self, job_id: str) -> Job:
        if job_id not in self._jobs:
            raise UnknownJobError("No upload of this id is known here.")
        return self._jobs[job_id]

    def stop(self, timeout: float = 30.0) -> None:
        """Lets the file in hand finish; files behind it are dropped."""
        self._stopping.set()
        self._waiting.put(None)
        self._worker.join(timeout)

    def _run(self) -> None:
        while (job := self._waiting.get()) is not None:
            job.state = "running"
            for received, progress in zip(job.received, job.files, strict=True):
                self._read(received, progress)
            job.state = "done"
            shutil.rmtree(job.folder, ignore_errors=True)
            job.done.set()

    def _read(self, received: Received, progress: FileProgress) -> None:
        def advance(stage: str, done: int, total: int) -> None:
            progress.stage, progress.done, progress.total = stage, done, total
            if stage == "reading":
                progress.page, progress.pages = done, total

        progress.state = "running"
        progress.report = self._report(received, advance)
        progress.state = "done"

    def _report(self, received: Received, advance: Advance) -> FileReport:
        if self._stopping.is_set():
            return failed(received.name, "The service was stopped before this file was read. Upload it again.")
        if received.path is None:
            return failed(received.name, received.refusal or "This file could not be received.")
        try:
            return self._ingest(received.name, received.path, advance)
        except Exception:
            # Whatever a file does, the worker stays up for the next one.
            logger.exception("Ingest of an uploaded file failed")
            return failed(received.name, "The assistant failed on this file, and did not add it. Its log says why.")


def failed(name: str, reason: str) -> FileReport:
    return FileReport(name, "failed", reason)
