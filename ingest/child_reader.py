"""The child that reads one file: `python -m ingest.child_reader PATH MEMORY_MB CPU_SECONDS`.

It writes JSON lines: {"progress": [page, pages]} while it reads, then a {"page": …} for each page and
{"document": …}, or {"error": [name of the ReadError, its sentence]}. Any other error's name is its class.
"""

import contextlib
import json
import os
import sys
import threading
from pathlib import Path
from typing import IO, Any

from ingest.store.codec import article_to_json, page_to_json
from ingest.types import ParsedDocument


def main(path: Path, memory_mb: int, cpu_seconds: int) -> None:
    out = _take_stdout()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from ingest.pdf import read_pdf  # before the limits, which are for reading and not for loading the readers

    _limit(memory_mb, cpu_seconds)
    try:
        _send_all(read_pdf(path, lambda page, pages: _send(out, {"progress": [page, pages]})), out)
    except MemoryError:
        sentence = f"Reading it took more than {memory_mb:,} MB of memory: it may be a decompression bomb. Split it."
        _send(out, {"error": ["LimitError", sentence]})
    except RecursionError:
        _send(out, {"error": ["DamagedError", "The file is damaged: its parts refer to each other without end."]})
    except Exception as error:
        sentence = str(error) if type(error).__module__ == "ingest.errors" else f"{type(error).__name__}: {error}"
        _send(out, {"error": [type(error).__name__, sentence]})


def _send_all(parsed: ParsedDocument, out: IO[bytes]) -> None:
    for page in parsed.pages:
        _send(out, {"page": page_to_json(page)})
    document = {
        "title": parsed.title,
        "authors": list(parsed.authors),
        "published": parsed.published,
        "articles": [article_to_json(article) for article in parsed.articles],
    }
    _send(out, {"document": document})


def _take_stdout() -> IO[bytes]:
    """The pipe to the parent; whatever a library prints goes to standard error instead."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return out


def _send(out: IO[bytes], message: dict[str, Any]) -> None:
    data = json.dumps(message, separators=(",", ":")).encode() + b"\n"
    while data:
        data = data[out.write(data) :]


def _end_with_parent() -> None:
    with contextlib.suppress(OSError):
        sys.stdin.buffer.read()
    os._exit(1)


def _limit(memory_mb: int, cpu_seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the limit there
        return
    for kind, amount in (
        (resource.RLIMIT_AS, memory_mb * 1024 * 1024),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a lower limit is set already, or the system has none
            resource.setrlimit(kind, (amount, amount))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
