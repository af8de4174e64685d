"""The service's own watched folder: what is new in it goes into the queue, like an upload."""

import hashlib
import logging
import shutil
import threading
import uuid
from collections.abc import Sequence
from pathlib import Path

from api.access.audit import AuditBook
from api.access.housekeeping import CLOCK
from api.jobs import Jobs
from api.security import MB
from api.uploads import Received, too_large
from ingest.files import Source
from ingest.library import Library
from ingest.reading_again import worth_another_reading
from ingest.watch import watch_folder

logger = logging.getLogger(__name__)

BATCH = 20  # files a job: so many are copied ahead, and people's uploads wait for no more than that
RETRY = 5.0  # seconds


class Watching:
    """Runs until `stop`; without a folder it does nothing."""

    def __init__(self, folder: Path | None, library: Library, jobs: Jobs) -> None:
        self._library = library
        self._jobs = jobs
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        if folder is not None:
            self._thread = threading.Thread(target=self._run, args=(folder,), name="watch", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(10)

    def _run(self, folder: Path) -> None:
        for look in watch_folder(folder, self._stopping, self._library.settings.data_dir):
            if not look.is_there:
                logger.warning("The watched folder %s is not there; it is watched again when it is back.", folder)
            for source in look.gone:
                logger.warning("A file is gone from the watched folder and stays in the library.")
                logger.debug("It was %s", source.path)
            for start in range(0, len(look.ready), BATCH):
                self._add(look.ready[start : start + BATCH])

    def _add(self, sources: Sequence[Source]) -> None:
        """Tries until it is done, because a full queue and a full disk pass; then waits until the job has ended."""
        while not self._stopping.is_set():
            room = self._jobs.uploads / uuid.uuid4().hex
            try:
                new = [source for source in sources if self._is_new(source.path)]
                received = [self._copy(source, room / f"{number}") for number, source in enumerate(new, 1)]
                job_id = self._jobs.submit(room, received) if received else None
                if job_id is not None:
                    files = {"files": [file.name for file in received][:100]}
                    AuditBook(self._library.engine).write(CLOCK, "documents.add", job_id, detail=files)
            except Exception as error:
                shutil.rmtree(room, ignore_errors=True)
                logger.warning("The watched folder cannot be read now (%s); it is tried again.", type(error).__name__)
                self._stopping.wait(RETRY)
                continue
            while job_id is not None and not self._jobs.has_ended(job_id) and not self._stopping.wait(0.5):
                pass
            return

    def _is_new(self, path: Path) -> bool:
        """Whether reading it could change the library: at each start, every file of the folder is found again."""
        try:
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return True  # its report will say why
        known = self._library.with_bytes(sha256)
        return known is None or known.state != "current" or worth_another_reading(self._library, known)

    def _copy(self, source: Source, path: Path) -> Received:
        """A copy, because the file may change again while it waits."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            size = source.path.stat().st_size
            if size > self._library.settings.max_file_mb * MB:
                return Received(source.file_name, None, size, too_large(self._library.settings.max_file_mb))
            opened = source.path.open("rb")
        except OSError as error:
            reason = f"The file cannot be opened ({error.strerror}): check its permissions."
            return Received(source.file_name, None, 0, reason)
        with opened, path.open("wb") as copy:
            shutil.copyfileobj(opened, copy)
        return Received(source.file_name, path, path.stat().st_size)
