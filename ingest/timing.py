"""How long an ingest still takes: what a file, a page and a passage cost is learnt while it runs.

Of a file that waits, only its size is known: it costs so much as a file, and so much for each byte.
"""

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from operator import mul

FADE = 0.97  # what was learnt counts so much less with each file
MEMORY = 200  # files
LARGE = 1_000_000.0  # bytes
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


class Sizes:
    """What a file costs by its size: the line through the files so far, weighted least squares, nothing below 0."""

    def __init__(self, a_file: float, a_byte: float) -> None:
        self._guesses = [(0.0, a_file), (LARGE, a_file + LARGE * a_byte)]
        self._seen: deque[tuple[float, float]] = deque(maxlen=MEMORY)
        self._line = (a_file, a_byte)

    def learn(self, size: int, seconds: float) -> None:
        self._seen.append((float(size), seconds))
        points = [*self._guesses, *self._seen]
        ages = [*(len(points) + 20.0 for _ in self._guesses), *range(len(self._seen), 0, -1)]
        # Costs scatter in proportion to size, so large files weigh less
        scale = sum(size for size, _ in points) / len(points) + 1
        weights = [FADE**age / (1 + size / scale) ** 2 for age, (size, _) in zip(ages, points, strict=True)]
        x, y = (sum(map(mul, weights, values)) / sum(weights) for values in zip(*points, strict=True))
        xx = sum(w * (size - x) ** 2 for w, (size, _) in zip(weights, points, strict=True))
        xy = sum(w * (size - x) * (cost - y) for w, (size, cost) in zip(weights, points, strict=True))
        slope = min(max(xy / xx, 0.0), y / x) if xx and x else 0.0
        self._line = (y - slope * x, slope)

    def cost(self, count: int, size: int) -> float:
        a_file, a_byte = self._line
        return a_file * count + a_byte * size


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
        # Seconds; the first guesses are of a small machine
        self._sizes = Sizes(1.5, 1e-5)
        self._page = Pace(0.03, 20)
        self._chunk = Pace(0.03, 30)
        self._chunks = Pace(3, 10)  # of a page
        self._files = 0
        self._has_embedded = False
        self._size: int | None = None
        self._began = self._loading = 0.0
        self._stages: dict[str, Stage] = {}

    def begin(self, size: int) -> None:
        with self._lock:
            self._size, self._began, self._loading, self._stages = size, self._clock(), 0.0, {}

    def tell(self, stage: str, done: int, total: int) -> None:
        with self._lock:
            if total:
                now = self._clock()
                if stage not in self._stages:
                    self._stages[stage] = self._begin(stage, now, done)
                self._stages[stage].tell(now, done, total)

    def end(self) -> None:
        """What it took is learnt; of a file that was not read there is only that."""
        with self._lock:
            if self._size is None:
                return
            pages, chunks = self._total("reading"), self._total("embedding")
            for stage, pace in (("reading", self._page), ("embedding", self._chunk)):
                seconds, units = self._stages[stage].seen if stage in self._stages else (0.0, 0)
                if units:
                    pace.learn(seconds, units)
            if pages and chunks:
                self._chunks.learn(chunks, pages)
            # Bytes tell nothing where none were read
            self._sizes.learn(self._size if pages else 0, self._clock() - self._began - self._loading)
            self._files += 1
            self._size = None

    def forget(self) -> None:
        """The file in hand was given up: nothing is learnt from it."""
        with self._lock:
            self._size = None

    def expected(self, count: int, size: int) -> float:
        """Seconds for so many files of so many bytes together."""
        with self._lock:
            return self._sizes.cost(count, size)

    def left(self) -> float:
        """Seconds for what is left of the file in hand."""
        with self._lock:
            return self._left() if self._size is not None else 0.0

    @property
    def is_known(self) -> bool:
        """Whether anything was learnt yet."""
        return self._files > 0 or any(stage.seen[1] > 0 for stage in list(self._stages.values()))

    def _left(self) -> float:
        if "storing" in self._stages:
            return 0.0
        if "embedding" in self._stages:
            return self._stage_left("embedding", self._chunk)
        if "reading" in self._stages:
            chunks = self._total("reading") * self._chunks.mean
            return self._stage_left("reading", self._page) + chunks * self._chunk.mean
        expected = self._sizes.cost(1, self._size or 0)
        return max(expected - (self._clock() - self._began), expected / 10)

    def _stage_left(self, name: str, pace: Pace) -> float:
        stage = self._stages[name]
        return (stage.total - stage.done) * pace.with_own(*stage.seen)

    def _begin(self, stage: str, now: float, done: int) -> Stage:
        """Embedding runs since reading ended, but the first time the model is loaded in that time."""
        if stage != "embedding":
            return Stage(now, done)
        before = self._stages["reading"].at if "reading" in self._stages else self._began
        if self._has_embedded:
            return Stage(before, 0)
        self._has_embedded = True
        self._loading = max(now - before - done * self._chunk.mean, 0.0)
        return Stage(now, done)

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
