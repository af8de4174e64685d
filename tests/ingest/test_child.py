"""Reading within limits: a bomb, a slow file or a crash costs one process, and says so."""

import os
import signal
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.child import read_in_child
from ingest.errors import DamagedError, EncryptedError, LimitError, NoPagesError, ReadError
from ingest.pdf import read_pdf
from ingest.settings import IngestSettings
from ingest.store.codec import unpack_layout
from ingest.types import PageHealth, ParsedDocument
from tests.ingest.conftest import Open
from tests.ingest.pdfs import bomb, bomb_content, build, encrypted, make_pdf, report

ENDLESS = 200  # pages: more than the pipe takes, so that the child is still there when it is struck


def _read(
    tmp_path: Path, data: bytes, progress: Callable[[int, int], None] | None = None, **limits: float
) -> ParsedDocument:
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    return read_in_child(path, IngestSettings.model_validate(limits), progress)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (encrypted(), EncryptedError),
        (report("beds")[:300], DamagedError),
        (b"%PDF-1.7 and no more", DamagedError),
        (make_pdf([]), NoPagesError),
    ],
    ids=["encrypted", "truncated", "a head only", "no pages"],
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
    assert told == sorted(told)
    assert {pages for _, pages in told} <= {0, 3}  # 0 while the file is being opened
    assert told[-1] == (3, 3)


@pytest.mark.skipif(sys.platform != "linux", reason="finds the child in /proc")
@pytest.mark.parametrize(("blow", "error"), [(signal.SIGSEGV, DamagedError), (signal.SIGKILL, LimitError)])
def test_a_child_that_is_struck_down_is_told(tmp_path: Path, blow: signal.Signals, error: type[ReadError]) -> None:
    def strike(_page: int, _pages: int) -> None:
        for child in _children():
            os.kill(child, blow)

    with pytest.raises(error):
        _read(tmp_path, report("beds", pages=ENDLESS), strike)


@pytest.mark.skipif(sys.platform != "linux", reason="finds the child in /proc")
@pytest.mark.parametrize(
    ("blow", "health"), [(signal.SIGSEGV, PageHealth.FAILED), (signal.SIGKILL, PageHealth.SKIPPED)]
)
def test_one_poisonous_page_does_not_lose_the_file(tmp_path: Path, blow: signal.Signals, health: PageHealth) -> None:
    struck: list[int] = []

    def strike(page: int, _pages: int) -> None:
        if page > 3 and not struck:
            struck.extend(_children())
            os.kill(struck[0], blow)

    pages = _read(tmp_path, report("beds", pages=ENDLESS), strike).pages
    lost = [page for page in pages if page.health is not PageHealth.READ]
    assert [page.health for page in lost] == [health]
    assert lost[0].detail is not None
    assert (lost[0].text, lost[0].width) == ("", 595.0)
    assert [page.number for page in pages] == list(range(1, ENDLESS + 1))


def test_pages_come_with_their_layout_packed_as_it_is_stored(tmp_path: Path) -> None:
    parsed = _read(tmp_path, report("beds"))
    whole = read_pdf(tmp_path / "file.pdf")
    assert all(page.words == () and page.blocks for page in parsed.pages)
    assert [unpack_layout(layout) for layout in parsed.layouts] == [(page.words, page.blocks) for page in whole.pages]


def test_a_page_past_a_limit_is_passed_over(tmp_path: Path) -> None:
    """The second page unpacks to more than the process may have; the others are read."""
    good = b"BT /F1 11 Tf 60 740 Td (Every family is met within five working days.) Tj ET"
    data = build([zlib.compress(good), bomb_content(), zlib.compress(good)], coded=True)
    pages = _read(tmp_path, data, read_memory_mb=256).pages
    assert [page.health for page in pages] == [PageHealth.READ, PageHealth.SKIPPED, PageHealth.READ]
    assert "256 MB" in str(pages[1].detail)


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
