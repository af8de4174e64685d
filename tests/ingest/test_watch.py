"""A watched folder: what is handed out, when, and under which name."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.watch import QUIET, Look, WatchedFolder, watch_folder


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    return tmp_path / "in"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watched(folder: Path, clock: Clock) -> WatchedFolder:
    return WatchedFolder(folder, folder / "library", clock)


def later(watched: WatchedFolder, clock: Clock) -> list[str]:
    """The names that are handed out once everything has been left alone for a while."""
    watched.look()
    clock.now += QUIET
    look = watched.look()
    return [source.file_name for source in look.ready] if look else []


def test_files_are_handed_out_once_and_again_when_they_change(
    watched: WatchedFolder, folder: Path, clock: Clock
) -> None:
    (folder / "a.txt").write_text("one")
    (folder / "sub" / "b.pdf").write_bytes(b"%PDF-")
    assert later(watched, clock) == ["a.txt", "b.pdf"]
    assert later(watched, clock) == []
    (folder / "a.txt").write_text("two and more")
    assert later(watched, clock) == ["a.txt"]


def test_a_file_that_is_still_being_written_is_left_alone(watched: WatchedFolder, folder: Path, clock: Clock) -> None:
    with (folder / "a.txt").open("w") as file:
        for _ in range(5):
            file.write("more\n")
            file.flush()
            assert watched.look() is None
            assert watched.is_busy
            clock.now += QUIET * 0.9
    assert later(watched, clock) == ["a.txt"]
    assert not watched.is_busy


def test_temporary_and_hidden_files_and_the_library_itself_are_left_out(
    watched: WatchedFolder, folder: Path, clock: Clock
) -> None:
    for name in ("~$a.docx", "a.pdf.part", "b.pdf.CRDOWNLOAD", "c.tmp", ".d.pdf", "e.docx~", "picture.jpg"):
        (folder / name).write_bytes(b"%PDF-" if "pdf" in name else b"words")
    for place in (".hidden", "library"):
        (folder / place).mkdir()
        (folder / place / "f.pdf").write_bytes(b"%PDF-")
    os.mkfifo(folder / "pipe.pdf")
    assert later(watched, clock) == []
    (folder / "a.pdf.part").rename(folder / "a.pdf")
    assert later(watched, clock) == ["a.pdf"]


def test_names_are_told_apart_and_kept(watched: WatchedFolder, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_text("first")
    assert later(watched, clock) == ["a.txt"]
    (folder / "sub" / "a.txt").write_text("second")
    assert later(watched, clock) == ["sub - a.txt"]
    for place in ("x/sub", "y/sub"):
        (folder / place).mkdir(parents=True)
        (folder / place / "a.txt").write_text(place)
    assert later(watched, clock) == ["x - sub - a.txt", "y - sub - a.txt"]
    (folder / "a.txt").write_text("first, changed")
    assert later(watched, clock) == ["a.txt"]


def test_what_is_gone_is_told(watched: WatchedFolder, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_text("one")
    (folder / "picture.jpg").write_bytes(b"picture")
    assert later(watched, clock) == ["a.txt"]
    (folder / "a.txt").unlink()
    (folder / "picture.jpg").unlink()
    look = watched.look()
    assert look is not None
    assert [(source.path, source.file_name) for source in look.gone] == [(folder / "a.txt", "a.txt")]
    assert watched.look() is None


def test_a_folder_that_goes_and_comes_back_is_watched_again(folder: Path) -> None:
    """With the system's own notices, and no clock but its own."""
    stop = threading.Event()
    (folder / "a.txt").write_text("one")
    looks = watch_folder(folder, stop, folder / "library")
    timer = threading.Timer(30, stop.set)  # so that a failure ends too
    timer.start()
    try:
        assert names(looks) == ["a.txt"]
        shutil.rmtree(folder)
        assert next(looks) == Look(is_there=False)
        (folder / "new").mkdir(parents=True)
        assert [source.file_name for source in next(looks).gone] == ["a.txt"]
        threading.Timer(0.5, lambda: (folder / "new" / "b.txt").write_text("two")).start()
        assert names(looks) == ["b.txt"]
        stop.set()
        assert list(looks) == []
    finally:
        timer.cancel()


def names(looks: Iterator[Look]) -> list[str]:
    return [source.file_name for source in next(looks).ready]
