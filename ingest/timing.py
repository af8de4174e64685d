"""How long an ingest still takes: what a page, a passage and a file cost is learnt while it runs.

Of a file that waits, only its size is known. Its pages are guessed twice, from the pages of a file so far and from the
pages of a byte, and the mean is taken: pictures make one guess wrong, unlike files the other.
"""

import math
import threading
import time
from collections.abc import Callable

FADE = 0.9  # what was learnt counts so much less with each file
OWN = 5.0  # units after which a file's own pace counts as much as that of the files before it
FOLLOWING = 4.0  # seconds in which what is shown has mostly followed the estimate

Clock = Callable[[], float]


class Pace:
    """A mean that forgets slowly; the first guess counts as `weight` units."""

    def __init__(self, guess: float, weight: float) -> None:
        self._amount, self._units = guess * weight, weight

    def learn(self, amount: float, units: float) -> None:
        self._amount = self._amount * FADE + amount
        self._units = self._units * FADE + units

    @property
    def mean(self) -> float:
        return self._amount / self._units

    def with_own(self, amount: float, units: float) -> float:
        return (amount + OWN * self.mean) / (units + OWN)


class Stage:
    """One stage of the file in hand, timed between its first and its last sign."""

    def __init__(self, now: float, done: int) -> None:
        self.began = self.at = now
        self.first = self.done = done
        self.total = 0

    def tell(self, now: float, done: int, total: int) -> None:
        if done > self.done:
            self.at = now
        self.done, self.total = done, total

    @property
    def seen(self) -> tuple[float, int]:
        """Seconds, and the units that were done in them."""
        return self.at - self.began, self.done - self.first


class Timing:
    """Told of one file after another by `begin`, `tell` and `end`. Safe to share between threads."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._page = Pace(0.03, 20)  # seconds
        self._chunk = Pace(0.03, 30)  # seconds
        self._rest = Pace(0.5, 1)  # seconds a file that belong to no page and no chunk
        self._chunks = Pace(3, 10)  # of a page
        self._pages = Pace(8, 1)  # of a file
        self._per_byte = Pace(1 / 30_000, 100_000)  # pages
        self._files = 0
        self._size: int | None = None
        self._began = 0.0
        self._stages: dict[str, Stage] = {}

    def begin(self, size: int) -> None:
        with self._lock:
            self._size, self._began, self._stages = size, self._clock(), {}

    def tell(self, stage: str, done: int, total: int) -> None:
        with self._lock:
            now = self._clock()
            if total and stage not in self._stages:
                self._stages[stage] = Stage(self._beginning(stage, now), 0 if self._files else done)
            if total:
                self._stages[stage].tell(now, done, total)

    def end(self) -> None:
        """What it took is learnt; of a file that was not read there is only that."""
        with self._lock:
            if self._size is None:
                return
            pages, chunks = self._total("reading"), self._total("embedding")
            measured = [
                self._learn(stage, pace) for stage, pace in (("reading", self._page), ("embedding", self._chunk))
            ]
            self._pages.learn(pages, 1)
            self._per_byte.learn(pages, self._size)
            if pages and chunks:
                self._chunks.learn(chunks, pages)
            # The first file also waits for the model and for libraries to be loaded
            if self._files:
                self._rest.learn(max(self._clock() - self._began - sum(measured), 0), 1)
            self._files += 1
            self._size = None

    def forget(self) -> None:
        """The file in hand was given up: nothing is learnt from it."""
        with self._lock:
            self._size = None

    def expected(self, count: int, size: int) -> float:
        """Seconds for so many files of so many bytes together."""
        with self._lock:
            return self._expected(count, size)

    def left(self) -> float:
        """Seconds for what is left of the file in hand."""
        with self._lock:
            return self._left() if self._size is not None else 0.0

    @property
    def is_known(self) -> bool:
        """Whether anything was learnt yet."""
        return self._files > 0 or any(stage.seen[1] > 0 for stage in list(self._stages.values()))

    def _expected(self, count: int, size: int) -> float:
        pages = (self._pages.mean * count + self._per_byte.mean * size) / 2
        return count * self._rest.mean + pages * (self._page.mean + self._chunks.mean * self._chunk.mean)

    def _left(self) -> float:
        if "storing" in self._stages:
            return self._rest.mean / 2
        if "embedding" in self._stages:
            return self._rest.mean / 2 + self._stage_left("embedding", self._chunk)
        if "reading" in self._stages:
            chunks = self._total("reading") * self._chunks.mean
            return self._rest.mean / 2 + self._stage_left("reading", self._page) + chunks * self._chunk.mean
        expected = self._expected(1, self._size or 0)
        return max(expected - (self._clock() - self._began), expected / 10)

    def _stage_left(self, name: str, pace: Pace) -> float:
        stage = self._stages[name]
        return (stage.total - stage.done) * pace.with_own(*stage.seen)

    def _beginning(self, stage: str, now: float) -> float:
        """Embedding has run since reading ended; before a first file, the model is loaded in that time."""
        before = self._stages.get("reading")
        return before.at if stage == "embedding" and before is not None and self._files else now

    def _learn(self, name: str, pace: Pace) -> float:
        """The seconds it took."""
        if name not in self._stages:
            return 0.0
        seconds, units = self._stages[name].seen
        if units:
            pace.learn(seconds, units)
        return seconds

    def _total(self, name: str) -> int:
        return self._stages[name].total if name in self._stages else 0


class Countdown:
    """What a person is shown: it goes down with the clock and follows the estimate, but does not jump with it."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._at = 0.0
        self._shown: float | None = None
        self._share = 0.0

    def show(self, estimate: float) -> float:
        now = self._clock()
        if self._shown is None:
            self._shown = estimate
        else:
            passed = max(now - self._at, 0.0)
            expected = max(self._shown - passed, 0.0)
            self._shown = expected + (estimate - expected) * (1 - math.exp(-passed / FOLLOWING))
        self._at = now
        return self._shown

    def share(self, share: float) -> float:
        """The share that is done, 0 to 1: it never falls."""
        self._share = max(self._share, min(share, 1.0))
        return self._share


def told(seconds: float) -> str:
    """In the words of a person who waits."""
    if seconds < 5:
        return "a few seconds left"
    if seconds < 90:
        return f"about {math.ceil(seconds / 5) * 5} seconds left"
    if seconds < 90 * 60:
        return f"about {round(seconds / 60)} minutes left"
    return f"about {round(seconds / 3600)} hours left"
