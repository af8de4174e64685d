"""The progress bar of an ingest, on standard error where that is a terminal."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from ingest.files import Source
from ingest.records import Progress
from ingest.timing import Countdown, Timing, told

STAGES = {"reading": "reading page", "embedding": "indexing passage"}


@contextmanager
def ingest_bar(sources: Sequence[Source]) -> Iterator[Progress]:
    """File n of m, what is being done to it, and about how long all of it still takes."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[left]}"))
    with Bar(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=1.0, left="")
        ahead = Ahead([_size(source) for source in sources])

        def show(file: int, files: int, stage: str, done: int, total: int) -> None:
            share, seconds = ahead.tell(file, stage, done, total)
            words = f"File {file + 1} of {files}: {step(stage, done, total)}"
            bar.update(task, description=words, completed=share, left="" if seconds is None else told(seconds))

        yield show


class Ahead:
    """What is still ahead of an ingest of files of these sizes, in bytes."""

    def __init__(self, sizes: Sequence[int], timing: Timing | None = None, countdown: Countdown | None = None) -> None:
        self._sizes = sizes
        self._timing = timing or Timing()
        self._countdown = countdown or Countdown()
        self._file: int | None = None

    def tell(self, file: int, stage: str, done: int, total: int) -> tuple[float, float | None]:
        """The share that is done, and the seconds that are left once something is known of them."""
        timing = self._timing
        if file != self._file:
            timing.end()
            timing.begin(self._sizes[file])
            self._file = file
        timing.tell(stage, done, total)
        waiting = self._sizes[file + 1 :]
        left = timing.left() + timing.expected(len(waiting), sum(waiting))
        whole = max(timing.expected(len(self._sizes), sum(self._sizes)), left, 0.001)
        return self._countdown.share(1 - left / whole), self._countdown.show(left) if timing.is_known else None


def step(stage: str, done: int, total: int) -> str:
    return f"{STAGES[stage]} {done:,} of {total:,}" if stage in STAGES and total else stage


def _size(source: Source) -> int:
    try:
        return source.path.stat().st_size
    except OSError:
        return 0
