"""The files that wait, and who works on which: in a folder for one machine, in the database for several."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Connection

from ingest.library import Library
from ingest.records import FileReport
from ingest.store import jobs as store
from ingest.store.jobs import JobFile


class InHand:
    """A file that is being added, and how far it is. `done` of `total` belong to the stage."""

    def __init__(self, job_id: str, number: int, size: int = 0) -> None:
        self.key = (job_id, number)
        self.size = size
        self.stage: str | None = None
        self.done = self.total = self.page = self.pages = 0

    def tell(self, stage: str, done: int, total: int) -> None:
        self.stage, self.done, self.total = stage, done, total
        if stage == "reading":
            self.page, self.pages = done, total


class Queue(Protocol):
    """`uploads` is where what is received is put together. Methods may raise a LibraryError."""

    uploads: Path

    def owns(self) -> bool:
        """Whether this process may work on the queue at this moment."""

    def release(self) -> None: ...

    def take(self) -> JobFile | None:
        """The next file, if there is one, marked as being worked on."""

    def open(self, file: JobFile) -> AbstractContextManager[Path]:
        """The file's bytes, at a path."""

    def tell(self, in_hand: InHand) -> None:
        """Lets other processes know how far it is."""

    def is_given_up(self, file: JobFile) -> bool:
        """Whether it was cancelled, or another worker has it now."""

    def end(self, file: JobFile, report: FileReport | None) -> None:
        """It is done, or without a report was cancelled; its bytes are not kept any longer."""

    def put_back(self, file: JobFile) -> None:
        """This process ends, and has not done it."""

    def receive(self, connection: Connection, folder: Path, files: Sequence[JobFile]) -> None:
        """Takes over the bytes of a new job's files, in the transaction that makes the job."""

    def received(self, folder: Path) -> None:
        """After that transaction."""

    def forget_job(self, job_id: str) -> None:
        """What is left of the bytes of a job that has ended."""

    def tidy(self, unfinished: set[str]) -> None:
        """Removes what nobody will read any more; `unfinished` are the jobs that are not."""

    def others(self, connection: Connection) -> list[InHand]:
        """What other processes have in hand, as far as they tell."""


class FolderQueue:
    """The bytes lie below the data directory; among processes that share it, one works."""

    def __init__(self, library: Library) -> None:
        self.uploads = library.settings.data_dir / "uploads"
        self._library = library
        # thread_local would hide the lock from the thread that stops the worker
        self._lock = FileLock(self.uploads / ".lock", thread_local=False)
        # Listed before any request is served; with a Chroma server, another process may be receiving into them
        alone = not library.settings.is_shared and self.uploads.is_dir()
        self._leftovers = [path for path in self.uploads.iterdir() if path.is_dir()] if alone else []

    def owns(self) -> bool:
        if self._lock.is_locked:
            return True
        try:
            self.uploads.mkdir(exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def release(self) -> None:
        self._lock.release()

    def take(self) -> JobFile | None:
        with self._library.connect() as connection:
            file = store.next_file(connection)
        if file is None:
            return None
        with self._library.begin() as connection:
            store.begin_file(connection, file)
        return file

    @contextmanager
    def open(self, file: JobFile) -> Iterator[Path]:
        yield self._library.settings.data_dir / str(file.path)

    def tell(self, in_hand: InHand) -> None:
        pass

    def is_given_up(self, file: JobFile) -> bool:
        with self._library.connect() as connection:
            return store.file_state(connection, file.job_id, file.number) == "cancelled"

    def end(self, file: JobFile, report: FileReport | None) -> None:
        if report is not None:
            with self._library.begin() as connection:
                store.end_file(connection, file, report)
        (self._library.settings.data_dir / str(file.path)).unlink(missing_ok=True)

    def put_back(self, file: JobFile) -> None:
        pass  # it is the first to be taken when the service starts again

    def receive(self, connection: Connection, folder: Path, files: Sequence[JobFile]) -> None:
        pass  # they lie where they are read from

    def received(self, folder: Path) -> None:
        pass

    def forget_job(self, job_id: str) -> None:
        shutil.rmtree(self.uploads / job_id, ignore_errors=True)

    def tidy(self, unfinished: set[str]) -> None:
        for folder in self._leftovers:
            if folder.name not in unfinished:
                shutil.rmtree(folder, ignore_errors=True)

    def others(self, connection: Connection) -> list[InHand]:
        return []


def queue_of(library: Library) -> Queue:
    if library.settings.database is None:
        return FolderQueue(library)
    from api.shared_queue import SharedQueue

    return SharedQueue(library)
