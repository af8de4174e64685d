"""Reading within limits: a bomb, a slow file or a crash costs one process, and says so."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.child import read_in_child
from ingest.errors import DamagedError, EncryptedError, LimitError, NoPagesError, NoTextError, ReadError
from ingest.settings import IngestSettings
from tests.ingest.conftest import Open
from tests.ingest.pdfs import bomb, encrypted, make_pdf, report

ENDLESS = 200  # pages: more than the pipe takes, so that the child is still there when it is struck


def _read(tmp_path: Path, data: bytes, progress: Callable[[int, int], None] | None = None, **limits: float) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    read_in_child(path, IngestSettings.model_validate(limits), progress)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (encrypted(), EncryptedError),
        (report("beds")[:300], DamagedError),
        (b"%PDF-1.7 and no more", DamagedError),
        (make_pdf([]), NoPagesError),
        (make_pdf([[], []]), NoTextError),
    ],
    ids=["encrypted", "truncated", "a head only", "no pages", "no text"],
)
def test_the_readers_own_errors_come_through(tmp_path: Path, data: bytes, error: type[ReadError]) -> None:
    with pytest.raises(error, match=r"\w.*\.$"):
        _read(tmp_path, data)


def test_a_bomb_runs_into_the_memory_limit(tmp_path: Path) -> None:
    with pytest.raises(LimitError, match="memory"):
        _read(tmp_path, bomb(), read_memory_mb=128)


def test_a_slow_file_runs_into_the_time_limits(tmp_path: Path) -> None:
    with pytest.raises(LimitError, match="longer than"):
        _read(tmp_path, report("beds"), read_seconds=0.02)
    with pytest.raises(LimitError, match="One of its pages"):
        _read(tmp_path, report("beds"), page_seconds=0.02)


def test_too_many_pages_are_refused_early(tmp_path: Path) -> None:
    with pytest.raises(LimitError, match="ASSISTANT_MAX_PAGES"):
        _read(tmp_path, report("beds", pages=4), max_pages=3)


def test_progress_counts_the_pages(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    _read(tmp_path, report("beds", pages=3), lambda page, pages: told.append((page, pages)))
    assert [step for step in told if step[0]] == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.skipif(sys.platform != "linux", reason="finds the child in /proc")
@pytest.mark.parametrize(("blow", "error"), [(signal.SIGSEGV, DamagedError), (signal.SIGKILL, LimitError)])
def test_a_child_that_is_struck_down_is_told(tmp_path: Path, blow: signal.Signals, error: type[ReadError]) -> None:
    def strike(_page: int, _pages: int) -> None:
        for child in _children():
            os.kill(child, blow)

    with pytest.raises(error):
        _read(tmp_path, report("beds", pages=ENDLESS), strike)


@pytest.mark.skipif(sys.platform != "linux", reason="finds the child in /proc")
def test_no_child_outlives_a_caller_that_gives_up(tmp_path: Path) -> None:
    def give_up(_page: int, _pages: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _read(tmp_path, report("beds", pages=ENDLESS), give_up)
    assert _children() == []


def test_after_a_bomb_the_library_goes_on(open_library: Open, tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", read_memory_mb=256)
    started = time.monotonic()
    assert library.add_bytes("bomb.pdf", bomb()).status == "failed"
    assert time.monotonic() - started < 30
    assert library.add_bytes("beds.pdf", report("beds")).status == "added"
    assert len(list((tmp_path / "library" / "files").iterdir())) == 1


def _children() -> list[int]:
    """Processes of this one that read a file."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(") ")[2].split() if entry.name.isdigit() else []
            if fields and fields[1] == str(os.getpid()) and b"child_reader" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue  # it ended while it was looked at
    return found
