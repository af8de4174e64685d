"""The child that reads one file: `python -m ingest.child_reader`, its job as a line of JSON on standard input.

It writes JSON lines while it reads: {"at": page} before it works on a page (0: on the whole), {"progress": [done,
pages]}, {"tick": 1} twice a second whatever it does, {"ocr": seconds} for time that text recognition took, {"page": …,
"layout": …} for each page when it is ready (the layout packed as it is stored, in base64); and at the end
{"document": …}, or {"error": [name of the ReadError, its sentence]}. Any other error's name is its class.
"""

import base64
import contextlib
import errno
import json
import math
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ingest.store.codec import article_to_json, pack_layout, page_to_json
from ingest.types import Format, Page, PageHealth, ParsedDocument

TICK = 0.5  # seconds
NO_ROOM = "NoRoom"  # the disk is full, which says nothing of the file


@dataclass(frozen=True, slots=True)
class Job:
    """What the parent asks for. `spool` is the descriptor of an open file, `lost` the pages that killed a reader."""

    path: str
    file_name: str
    memory_mb: int
    cpu_seconds: int
    spool: int | None = None
    lost: tuple[tuple[int, str, str], ...] = ()
    ocr: str = "off"
    ocr_languages: str = "eng"
    page_seconds: float = 60.0


class _Pipe:
    """The pipe to the parent; whatever a library prints goes to standard error instead."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "wb", buffering=0)
        self._lock = threading.Lock()
        os.dup2(2, 1)

    def send(self, message: dict[str, Any]) -> None:
        data = json.dumps(message, separators=(",", ":")).encode() + b"\n"
        with self._lock:
            while data:
                data = data[self._out.write(data) :]

    def send_page(self, page: Page) -> None:
        self.send({"page": page_to_json(page), "layout": base64.b64encode(pack_layout(page)).decode()})

    def send_progress(self, done: int, pages: int) -> None:
        self.send({"progress": [done, pages]})

    def send_recognition(self, seconds: float) -> None:
        _allow_cpu(seconds)
        self.send({"ocr": seconds})

    def tick(self) -> None:
        """Lets the parent tell its progress, or give up, while one page takes long."""
        with contextlib.suppress(OSError):
            while True:
                self.send({"tick": 1})
                time.sleep(TICK)


def main() -> None:
    pipe = _Pipe()
    job = Job(**json.loads(sys.stdin.buffer.readline()))
    for task in (_end_with_parent, pipe.tick):
        threading.Thread(target=task, daemon=True).start()
    try:
        read = _reader(job, pipe)
        _limit(job.memory_mb, job.cpu_seconds)  # for reading: what loading the readers took is not counted
        pipe.send({"document": _facts(read())})
    except MemoryError:
        pipe.send({"error": ["MemoryError", "memory"]})
    except RecursionError:
        pipe.send({"error": ["DamagedError", "The file is damaged: its parts refer to each other without end."]})
    except OSError as error:
        no_room = error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
        pipe.send({"error": [NO_ROOM if no_room else "OSError", str(error.strerror or error)]})
    except Exception as error:
        sentence = str(error) if type(error).__module__ == "ingest.errors" else f"{type(error).__name__}: {error}"
        pipe.send({"error": [type(error).__name__, sentence]})


def _reader(job: Job, pipe: _Pipe) -> Callable[[], ParsedDocument]:
    """What reads the file, loaded and ready."""
    from ingest.formats import read_flow, tell_format

    path = Path(job.path)
    format = tell_format(path, job.file_name)
    if format is Format.PDF:
        return _pdf_reader(path, job, pipe)

    def read() -> ParsedDocument:
        parsed = read_flow(path, format, job.file_name, pipe.send_progress)
        for page in parsed.pages:
            pipe.send_page(page)
        return parsed

    return read


def _pdf_reader(path: Path, job: Job, pipe: _Pipe) -> Callable[[], ParsedDocument]:
    from ingest.ocr import engine_absent, find_engine
    from ingest.pdf import read_pdf
    from ingest.pdf.read import Reading
    from ingest.pdf.scans import Scanner

    # The engine has a little less than the page: it then says itself that it took too long, and nothing is killed.
    scanner = Scanner(partial(find_engine, job), engine_absent(job), 0.9 * job.page_seconds, pipe.send_recognition)
    reading = Reading(
        progress=pipe.send_progress,
        begin=lambda page: pipe.send({"at": page}),
        on_page=pipe.send_page,
        lost={page: (PageHealth(health), detail) for page, health, detail in job.lost},
        scanner=scanner,
        spool=None if job.spool is None else os.fdopen(job.spool, "r+b"),
    )
    return lambda: read_pdf(path, reading=reading)


def _facts(parsed: ParsedDocument) -> dict[str, Any]:
    return {
        "title": parsed.title,
        "authors": list(parsed.authors),
        "published": parsed.published,
        "articles": [article_to_json(article) for article in parsed.articles],
        "format": parsed.format.value,
    }


def _end_with_parent() -> None:
    with contextlib.suppress(OSError):
        sys.stdin.buffer.read()
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():  # text recognition runs in processes of its own
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


def _limit(memory_mb: int, cpu_seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the limit there
        return
    memory = _held() + memory_mb * 1024 * 1024
    for kind, limits in (
        (resource.RLIMIT_AS, (memory, memory)),
        (resource.RLIMIT_CPU, (cpu_seconds, resource.getrlimit(resource.RLIMIT_CPU)[1])),
        (resource.RLIMIT_CORE, (0, 0)),
    ):
        with contextlib.suppress(ValueError, OSError):  # a lower limit is set already, or the system has none
            resource.setrlimit(kind, limits)


def _held() -> int:
    """Bytes of addresses that this process has taken so far: libraries take many and use few of them."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):  # not Linux
        return 256 * 1024 * 1024


def _allow_cpu(seconds: float) -> None:
    """Moves the limit of processor time by what text recognition took: that is limited page by page."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        if soft != resource.RLIM_INFINITY:
            resource.setrlimit(resource.RLIMIT_CPU, (soft + math.ceil(seconds), hard))


if __name__ == "__main__":
    main()
