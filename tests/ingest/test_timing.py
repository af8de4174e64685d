"""Time left, on a clock of the test's own: what files cost is made up, and never what the estimate was told."""

import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pytest

from ingest.timing import Countdown, Timing, told


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True, slots=True)
class File:
    size: int
    pages: int
    chunks: int
    page_seconds: float


def make_files(seed: int, count: int = 30) -> list[File]:
    """Lengths spread over two orders of magnitude, with pictures or without, some scanned, a tenth unreadable."""
    rng = random.Random(seed)
    files = []
    for _ in range(count):
        pages = 0 if rng.random() < 0.1 else int(rng.lognormvariate(2, 1)) + 1
        scanned = rng.random() < 0.1
        size = int((pages + 1) * rng.lognormvariate(10, 0.7))
        files.append(File(size, pages, int(pages * rng.uniform(1, 4)), 0.5 if scanned else rng.uniform(0.01, 0.05)))
    return files


def run(
    files: Sequence[File], chunk_seconds: float = 0.03, load_seconds: float = 6.0
) -> list[tuple[float, float | None]]:
    """(time, what is shown) at every sign of life; the first file also waits for the model."""
    clock = Clock()
    timing, countdown = Timing(clock), Countdown(clock)
    shown: list[tuple[float, float | None]] = []
    for number, file in enumerate(files):
        waiting = [one.size for one in files[number + 1 :]]

        def tell(stage: str, done: int, total: int, waiting: Sequence[int] = waiting) -> None:
            timing.tell(stage, done, total)
            left = timing.left() + timing.expected(len(waiting), sum(waiting))
            shown.append((clock.now, countdown.show(left) if timing.is_known else None))

        timing.begin(file.size)
        tell("reading", 0, 0)
        clock.now += 0.8
        for page in range(1, file.pages + 1):
            clock.now += file.page_seconds
            tell("reading", page, file.pages)
        clock.now += load_seconds if number == 0 else 0
        for done in range(0, file.chunks, 32):
            clock.now += chunk_seconds * min(32, file.chunks - done)
            tell("embedding", min(done + 32, file.chunks), file.chunks)
        tell("storing", 0, 1)
        clock.now += 0.1
        timing.end()
    return [*shown, (clock.now, 0.0)]


@pytest.fixture(scope="module")
def runs() -> list[list[tuple[float, float | None]]]:
    return [run(make_files(seed)) for seed in range(60)]


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
def test_the_time_left_is_within_a_factor_of_two(runs: list[list[tuple[float, float | None]]], share: float) -> None:
    """Of nine ingests in ten: nobody can know of the one long scan that waits among short files."""
    ratios = []
    for shown in runs:
        whole = shown[-1][0]
        at, left = min(shown, key=lambda one: abs(one[0] - share * whole))
        ratios.append((left or 0) / (whole - at))
    assert sum(0.5 <= ratio <= 2 for ratio in ratios) >= 0.85 * len(ratios)
    assert 0.8 < statistics.median(ratios) < 1.35


def test_what_is_shown_is_never_negative_and_seldom_jumps(runs: list[list[tuple[float, float | None]]]) -> None:
    jumps = 0
    for told_left in runs:
        shown = [left for _, left in told_left if left is not None]
        assert min(shown) >= 0
        jumps += sum(after > before + 0.1 * shown[0] for before, after in pairwise(shown))
    assert jumps < len(runs) / 2


def test_nothing_is_known_before_anything_was_read() -> None:
    timing = Timing(Clock())
    timing.begin(1000)
    timing.tell("reading", 0, 0)
    assert not timing.is_known


def test_a_file_that_was_given_up_teaches_nothing() -> None:
    clock = Clock()
    timing = Timing(clock)
    before = timing.expected(1, 1000)
    timing.begin(1000)
    clock.now += 500
    timing.forget()
    timing.end()
    assert timing.expected(1, 1000) == before
    assert timing.left() == 0


def test_a_slow_file_does_not_stop_the_clock() -> None:
    """One page that takes a minute: what is shown goes down with the clock, and not below nought."""
    clock = Clock()
    countdown = Countdown(clock)
    assert countdown.show(10) == 10
    clock.now = 2
    assert countdown.show(8) == pytest.approx(8)
    clock.now = 60
    assert countdown.show(0) >= 0
    assert [countdown.share(share) for share in (0.2, 0.1, 1.5)] == [0.2, 0.2, 1.0]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(2, "a few seconds"), (17, "about 20 seconds"), (200, "about 3 minutes"), (8000, "about 2 hours")],
)
def test_time_is_told_as_a_person_would(seconds: float, words: str) -> None:
    assert told(seconds) == f"{words} left"
