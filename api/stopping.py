"""Being stopped: answers under way may go on for a while, then they end with a word; a second signal shortens that.

A process is stopped once and as a whole, so this is the one thing here that belongs to the process.
"""

import threading
import time

LAST_WORDS = 2.0  # seconds, after the grace, for an answer to end by itself with what it has


class Stopping:
    """Safe to be told from a signal handler."""

    def __init__(self) -> None:
        self._begun = threading.Event()
        self._deadline = 0.0

    def begin(self, grace: float) -> None:
        """The second time, nobody is waited for any longer."""
        self._deadline = time.monotonic() + (0.0 if self._begun.is_set() else grace)
        self._begun.set()

    def reset(self) -> None:
        """For a process that serves once more, as tests do."""
        self._begun.clear()

    @property
    def hurries(self) -> bool:
        """Whether answers should end with what they have: a language model is not waited for any longer."""
        return self._begun.is_set() and time.monotonic() >= self._deadline

    @property
    def is_over(self) -> bool:
        """Whether answers that have not ended are broken off."""
        return self._begun.is_set() and time.monotonic() >= self._deadline + LAST_WORDS


STOPPING = Stopping()
