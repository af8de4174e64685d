"""The peak memory of the processes that this one starts; Linux tells it in /proc, elsewhere it is 0."""

import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

_STEP = 0.02  # seconds


class PeakMemory:
    """Measures while its `with` lasts: the largest sum of what all descendants hold, in `peak_mb`."""

    def __init__(self) -> None:
        self._peak = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def peak_mb(self) -> int:
        return self._peak // (1024 * 1024)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(_STEP):
            self._peak = max(self._peak, held_by_children(os.getpid()))


def held_by_children(process: int) -> int:
    """Bytes that the descendants of a process hold in memory now.

    Until a new process runs its own program it shares its parent's memory, and is not counted.
    """
    total, own = 0, _sizes(process)
    for child in _children(process):
        sizes = _sizes(child)
        if sizes is not None and (own is None or sizes[0] != own[0]):
            total += sizes[1] * os.sysconf("SC_PAGE_SIZE") + held_by_children(child)
    return total


def _sizes(process: int) -> tuple[int, int] | None:
    """Pages of address space and of memory; None when it has ended."""
    try:
        space, resident, *_ = Path(f"/proc/{process}/statm").read_text().split()
    except (OSError, ValueError):
        return None
    return int(space), int(resident)


def _children(process: int) -> list[int]:
    try:
        lists = [path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return []
    return [int(number) for text in lists for number in text.split()]
