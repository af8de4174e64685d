"""The progress bar of an ingest, on standard error where that is a terminal."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, Task, TextColumn
from rich.progress import Progress as Bar
from rich.text import Text

from ingest.files import Source
from ingest.records import Progress
from ingest.timing import Clock, Countdown, Timing, told

STAGES = {"reading": "reading page", "embedding": "indexing passage"}


@contextmanager
def ingest_bar(sources: Sequence[Source]) -> Iterator[Progress]:
    """File n of m, what is being done to it, and about how long all of it still takes."""
    ahead = Ahead([_size(source) for source in sources])
    columns = (TextColumn("{task.description}"), BarColumn(), _Left(ahead))
    with Bar(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=1.0)

        def show(file: int, files: int, stage: str, done: int, total: int) -> None:
            ahead.tell(file, stage, done, total)
            words = f"File {file + 1} of {files}: {step(stage, done, total)}"
            bar.update(task, description=words, completed=ahead.share())

        yield show


class Ahead:
    """What is still ahead of an ingest of files of these sizes, in bytes."""

    def __init__(self, sizes: Sequence[int], clock: Clock = time.monotonic) -> None:
        self._sizes = sizes
        self._clock = clock
        self._began = clock()
        self._timing = Timing(clock)
        self._countdown = Countdown(clock)
        self._file: int | None = None

    def tell(self, file: int, stage: str, done: int, total: int) -> None:
        if file != self._file:
            self._timing.end()
            self._timing.begin(self._sizes[file])
            self._file = file
        self._timing.tell(stage, done, total)

    def share(self) -> float:
        """The share of the time that has passed, 0 to 1."""
        passed = self._clock() - self._began
        return self._countdown.share(passed / max(passed + self._left(), 0.001))

    def seconds(self) -> float | None:
        """None while nothing is known of them."""
        return self._countdown.show(self._left()) if self._timing.is_known else None

    def _left(self) -> float:
        waiting = self._sizes[self._file + 1 :] if self._file is not None else self._sizes
        return self._timing.left() + self._timing.expected(len(waiting), sum(waiting))


class _Left(ProgressColumn):
    """Asked ten times a second, so that it also counts down where a single page takes long."""

    def __init__(self, ahead: Ahead) -> None:
        super().__init__()
        self._ahead = ahead

    def render(self, task: Task) -> Text:
        seconds = self._ahead.seconds()
        return Text("" if seconds is None else told(seconds))


def step(stage: str, done: int, total: int) -> str:
    return f"{STAGES[stage]} {done:,} of {total:,}" if stage in STAGES and total else stage


def _size(source: Source) -> int:
    try:
        return source.path.stat().st_size
    except OSError:
        return 0
