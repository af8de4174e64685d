"""Questions come first: what is read in the background waits while somebody waits for an answer."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

MOST = 0.25  # seconds that one page waits: however many people ask, the background gets on


class Quiet:
    """How many questions are in hand. Safe to share between threads."""

    def __init__(self) -> None:
        self._asked = 0
        self._changed = threading.Condition()

    @contextmanager
    def broken(self) -> Iterator[None]:
        """While a question is answered."""
        with self._changed:
            self._asked += 1
        try:
            yield
        finally:
            with self._changed:
                self._asked -= 1
                self._changed.notify_all()

    def rest(self, seconds: float = 0.0) -> None:
        """So long, and until no question is in hand, but no longer than MOST."""
        time.sleep(seconds)
        with self._changed:
            self._changed.wait_for(lambda: not self._asked, MOST)
