"""Reading a file in a child process, within limits of time and memory: a file can be a bomb, or end the process.

This is the parent's side; `child_reader.py` is the child, and says what it sends. JSON and not pickle, because the
child has handled bytes that nobody vouches for. A page that kills its reader is passed over, and says so: a new child
goes on after it.
"""

import base64
import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import ingest.errors
from ingest.child_reader import NO_ROOM, Job
from ingest.child_watch import Clock, Watch, end
from ingest.errors import DamagedError, LimitError, ReadError
from ingest.settings import IngestSettings
from ingest.store.codec import article_from_json, page_from_json, storable
from ingest.types import Format, Page, PageHealth, ParsedDocument

MAX_REPLY = 512 * 1024 * 1024  # bytes of JSON; 3,000 full pages are a tenth of it
MAX_LOST = 5  # pages that kill their reader, before the whole file is given up
_ROOT = Path(__file__).resolve().parent.parent
_OUT_OF_BOUNDS = ("SIGKILL", "SIGXCPU", "SIGABRT", "SIGTRAP")  # how the system and its allocators stop a process
_ADVICE = "it may be a decompression bomb. Split it or export it anew."

Progress = Callable[[int, int], None]
logger = logging.getLogger(__name__)


class _LostError(Exception):
    """The reader ended: `error` says why for the whole file, `health` and `detail` for the page it was at."""

    def __init__(self, page: int | None, error: ReadError, health: PageHealth, detail: str) -> None:
        super().__init__(str(error))
        self.page, self.error, self.health, self.detail = page, error, health, detail


def read_in_child(
    path: Path, settings: IngestSettings, progress: Progress | None = None, file_name: str | None = None
) -> ParsedDocument:
    """The document, its pages without words, and their layouts as they are stored.

    `progress(pages done, pages)` is called at least once a second; what it raises ends the reading and is passed on.
    Raises a ReadError: the reader's own, LimitError past a limit, DamagedError when the process crashed; OSError when
    the disk has no room to read it.
    """
    job = Job(
        path=str(path),
        file_name=file_name or path.name,
        memory_mb=settings.read_memory_mb,
        cpu_seconds=int(settings.read_seconds) + 5,
        ocr=settings.ocr,
        ocr_languages=settings.ocr_languages,
        page_seconds=settings.page_seconds,
    )
    clock = Clock(settings)
    first: ReadError | None = None
    with tempfile.TemporaryFile() as spool:
        if os.name == "posix":
            job = replace(job, spool=spool.fileno())
        while True:
            try:
                parsed = _Reader(job, settings, clock, progress).read()
            except _LostError as lost:
                if lost.page is None or clock.is_out or len(job.lost) == MAX_LOST:
                    raise lost.error from None
                logger.warning("Page %d of a file is passed over: %s", lost.page, lost.detail)
                first = first or lost.error
                job = replace(job, lost=(*job.lost, (lost.page, lost.health.value, lost.detail)))
                continue
            if first is not None and len(job.lost) == len(parsed.pages):
                raise first
            return parsed


class _Reader:
    """One process that reads the file, and what it has sent."""

    def __init__(self, job: Job, settings: IngestSettings, clock: Clock, progress: Progress | None) -> None:
        self._settings = settings
        self._clock = clock
        self._progress = progress
        self._told: tuple[int, int] | None = None
        self._at: int | None = None
        self._pages: list[Page] = []
        self._layouts: list[bytes] = []
        self._process = _start(job)
        self._watch = Watch(self._process, clock, settings.page_seconds)

    def read(self) -> ParsedDocument:
        try:
            for message in _messages(self._process):
                if "document" in message:
                    return self._document(message["document"])
                self._take(message)
            raise self._ended()
        finally:
            self._watch.stop()
            end(self._process)
            self._process.communicate()

    def _take(self, message: dict[str, Any]) -> None:
        if "tick" not in message:
            self._watch.hear()
        if "progress" in message:
            self._told = message["progress"][0], message["progress"][1]
            self._check_pages(self._told[1])
        elif "at" in message:
            self._at = message["at"] or None
        elif "ocr" in message:
            self._clock.end += message["ocr"]
        elif "page" in message:
            self._pages.append(page_from_json(message["page"]))
            self._layouts.append(base64.b64decode(message["layout"]))
        elif "error" in message:
            raise self._error(*message["error"])
        if self._progress is not None and ("progress" in message or "tick" in message):
            self._progress(*(self._told or (0, 0)))

    def _check_pages(self, count: int) -> None:
        if count > self._settings.max_pages:
            raise LimitError(
                f"It has {count:,} pages, and the limit is {self._settings.max_pages:,}: split it, or raise"
                " ASSISTANT_MAX_PAGES."
            )

    def _document(self, data: dict[str, Any]) -> ParsedDocument:
        return ParsedDocument(
            title=storable(data["title"]),
            authors=tuple(map(storable, data["authors"])),
            published=data["published"],
            pages=tuple(self._pages),
            articles=tuple(map(article_from_json, data["articles"])),
            format=Format(data["format"]),
            layouts=tuple(self._layouts),
        )

    def _error(self, name: str, sentence: str) -> Exception:
        if name == "MemoryError":
            return self._out_of_memory()
        if name == NO_ROOM:
            return OSError(sentence)
        found = getattr(ingest.errors, name, None)
        if isinstance(found, type) and issubclass(found, ReadError):
            return found(storable(sentence))
        logger.error("The reader failed in a way it does not know: %s", sentence)
        return DamagedError("The file cannot be read: it is broken in a way that the reader does not know.")

    def _ended(self) -> _LostError:
        """What it means that the process ended without a result."""
        code = self._process.wait()
        if self._watch.late:
            return self._late()
        if code < 0 and signal.Signals(-code).name in _OUT_OF_BOUNDS:
            return self._out_of_memory()
        logger.error("The reading process ended with exit code %d", code)
        error = DamagedError(
            "The file is damaged: reading it crashed the reading process. Export or download it again."
        )
        return _LostError(self._at, error, PageHealth.FAILED, "reading it crashed the reading process")

    def _late(self) -> _LostError:
        seconds, what = self._settings.page_seconds, "One of its pages"
        if self._clock.is_out:
            seconds, what = self._settings.read_seconds, "Reading it"
        error = LimitError(f"{what} took longer than {seconds:g} seconds, and was stopped: {_ADVICE}")
        return _LostError(self._at, error, PageHealth.SKIPPED, f"reading it took longer than {seconds:g} seconds")

    def _out_of_memory(self) -> _LostError:
        took = f"more than {self._settings.read_memory_mb:,} MB of memory"
        error = LimitError(f"Reading it took {took}, and was stopped: {_ADVICE}")
        return _LostError(self._at, error, PageHealth.SKIPPED, f"reading it took {took}")


def _start(job: Job) -> subprocess.Popen[bytes]:
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest.child_reader"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        pass_fds=() if job.spool is None else (job.spool,),
        start_new_session=True,  # so that what it starts for text recognition ends with it
    )
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError):  # it ended at once: its exit code will say so
        process.stdin.write(json.dumps(asdict(job)).encode() + b"\n")
        process.stdin.flush()  # it stays open: the child ends itself when it closes, that is when this process is gone
    return process


def _messages(process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    assert process.stdout is not None
    total = 0
    for line in process.stdout:
        total += len(line)
        if total > MAX_REPLY:
            raise LimitError("It holds more text than can be stored: it may be a decompression bomb. Split it.")
        if line.endswith(b"\n"):  # a line cut short means that the process ended in the middle of it
            yield json.loads(line)
