"""Reading a file in a child process, within limits of time and memory: a PDF can be a bomb, or end the process.

This is the parent's side; `child_reader.py` is the child, and says what it sends. JSON and not pickle, because the
child has handled bytes that nobody vouches for.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ingest.errors
from ingest.errors import DamagedError, LimitError, ReadError
from ingest.settings import IngestSettings
from ingest.store.codec import article_from_json, page_from_json, storable
from ingest.types import Page, ParsedDocument

MAX_REPLY = 512 * 1024 * 1024  # bytes of JSON; 3,000 full pages are a fifth of it
_ROOT = Path(__file__).resolve().parent.parent
_OUT_OF_BOUNDS = ("SIGKILL", "SIGXCPU", "SIGABRT")  # how the system and its allocators stop a process

logger = logging.getLogger(__name__)


def read_in_child(
    path: Path, settings: IngestSettings, progress: Callable[[int, int], None] | None = None
) -> ParsedDocument:
    """Raises a ReadError: the reader's own, LimitError past a limit, DamagedError when the process crashed."""
    process = _start(path, settings)
    watch = _Watch(process, settings)
    try:
        return _listen(process, watch, settings, progress)
    finally:
        watch.stop()
        process.kill()
        process.communicate()


def _start(path: Path, settings: IngestSettings) -> subprocess.Popen[bytes]:
    cpu_seconds = int(settings.read_seconds) + 5
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "ingest.child_reader", str(path), str(settings.read_memory_mb), str(cpu_seconds)]
    # The child ends itself when its standard input closes, that is when this process is gone.
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )


class _Watch:
    """Kills the process when it is too slow as a whole, or has shown no progress for too long."""

    def __init__(self, process: subprocess.Popen[bytes], settings: IngestSettings) -> None:
        self.reason: str | None = None
        self._process = process
        self._settings = settings
        self._end = time.monotonic() + settings.read_seconds
        self._heard = time.monotonic()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def hear(self) -> None:
        self._heard = time.monotonic()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            wait = min(self._end, self._heard + self._settings.page_seconds) - time.monotonic()
            if wait <= 0:
                break
            if self._stopped.wait(wait):
                return
        self.reason = (
            f"Reading it took longer than {self._settings.read_seconds:g} seconds"
            if time.monotonic() >= self._end
            else f"One of its pages took longer than {self._settings.page_seconds:g} seconds"
        )
        self._process.kill()


def _listen(
    process: subprocess.Popen[bytes],
    watch: _Watch,
    settings: IngestSettings,
    progress: Callable[[int, int], None] | None,
) -> ParsedDocument:
    pages: list[Page] = []
    for message in _messages(process):
        watch.hear()
        if "progress" in message:
            page, count = message["progress"]
            if count > settings.max_pages:
                raise LimitError(
                    f"It has {count:,} pages, and the limit is {settings.max_pages:,}: split it, or raise"
                    " ASSISTANT_MAX_PAGES."
                )
            if progress is not None:
                progress(page, count)
        elif "page" in message:
            pages.append(page_from_json(message["page"]))
        elif "error" in message:
            raise _error(*message["error"])
        else:
            return _document(message["document"], pages)
    raise _ended(process, watch, settings)


def _messages(process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    assert process.stdout is not None
    total = 0
    for line in process.stdout:
        total += len(line)
        if total > MAX_REPLY:
            raise LimitError("It holds more text than can be stored: it may be a decompression bomb. Split it.")
        if line.endswith(b"\n"):  # a line cut short means that the process ended in the middle of it
            yield json.loads(line)


def _document(data: dict[str, Any], pages: list[Page]) -> ParsedDocument:
    return ParsedDocument(
        title=storable(data["title"]),
        authors=tuple(map(storable, data["authors"])),
        published=data["published"],
        pages=tuple(pages),
        articles=tuple(map(article_from_json, data["articles"])),
    )


def _error(name: str, sentence: str) -> ReadError:
    found = getattr(ingest.errors, name, None)
    if isinstance(found, type) and issubclass(found, ReadError):
        return found(storable(sentence))
    logger.error("The reader failed in a way it does not know: %s", sentence)
    return DamagedError("The file cannot be read: it is broken in a way that the reader does not know.")


def _ended(process: subprocess.Popen[bytes], watch: _Watch, settings: IngestSettings) -> ReadError:
    """What it means that the process ended without a result."""
    code = process.wait()
    if watch.reason is not None:
        return LimitError(
            f"{watch.reason}, and was stopped: it may be a decompression bomb. Split it or export it anew."
        )
    if code < 0 and signal.Signals(-code).name in _OUT_OF_BOUNDS:
        return LimitError(
            f"Reading it took more than {settings.read_memory_mb:,} MB of memory, and was stopped: it may be a"
            " decompression bomb. Split it or export it anew."
        )
    logger.error("The reading process ended with exit code %d", code)
    return DamagedError("The file is damaged: reading it crashed the reading process. Export or download it again.")
