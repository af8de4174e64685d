"""Several people who go on asking while something is done to what the service stands on."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx

Ask = Callable[[httpx.Client], str]  # one request, and what came of it in a word


class Told:
    """What came of the requests; `next` waits until one more came out so."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.faults: list[BaseException] = []
        self._changed = threading.Condition()

    def add(self, what: str) -> None:
        with self._changed:
            self.counts[what] += 1
            self._changed.notify_all()

    def fail(self, error: BaseException) -> None:
        with self._changed:
            self.faults.append(error)
            self._changed.notify_all()

    def next(self, what: str, times: int = 1, seconds: float = 60) -> None:
        with self._changed:
            wanted = self.counts[what] + times
            came = self._changed.wait_for(lambda: self.counts[what] >= wanted or bool(self.faults), seconds)
            assert not self.faults, self.faults
            assert came, f"“{what}” did not come {times} times: {self.counts}"


@contextmanager
def asking(people: int, url: httpx.URL | str, ask: Ask, **client: object) -> Iterator[Told]:
    """So many, each without a pause and over a line of its own; any exception of theirs is a fault."""
    told, stop = Told(), threading.Event()

    def run() -> None:
        with httpx.Client(base_url=url, timeout=60, **client) as http:  # type: ignore[arg-type]
            while not stop.is_set():
                try:
                    told.add(ask(http))
                except BaseException as error:
                    told.fail(error)
                    return

    threads = [threading.Thread(target=run) for _ in range(people)]
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert not told.faults, told.faults
