"""Whether the parts of the service do their work, each asked anew, and given two seconds to answer."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass

logger = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds; who asks whether we are ready asks often, and gives up soon
FRESH = 1.0  # seconds for which an answer stands


@dataclass(frozen=True, slots=True)
class Part:
    """`trouble` is a sentence; None where all is well."""

    name: str
    trouble: str | None

    @property
    def is_well(self) -> bool:
        return self.trouble is None


@dataclass(frozen=True, slots=True)
class Health:
    """Without the model or the database no question can be answered; without the others the service does less."""

    parts: tuple[Part, ...]

    @property
    def is_ready(self) -> bool:
        return all(part.is_well for part in self.parts if part.name in ("model", "database"))

    @property
    def status(self) -> str:
        return "ready" if all(part.is_well for part in self.parts) else "degraded" if self.is_ready else "not ready"


class HealthBook:
    """`probes` return a sentence or None, or raise; `failing` turns what they raise into a sentence."""

    def __init__(self, probes: dict[str, Callable[[], str | None]]) -> None:
        self._probes = probes
        # One thread a part: a database that hangs must not hide that the vectors answer
        self._threads = ThreadPoolExecutor(max_workers=len(probes), thread_name_prefix="health")
        self._running: dict[str, Future[str | None]] = {}
        self._seen: tuple[float, Health] | None = None
        self._was_well: set[str] = set()
        self._in_trouble: set[str] = set()
        self._lock = threading.Lock()

    def look(self) -> Health:
        with self._lock:
            if self._seen is None or time.monotonic() > self._seen[0] + FRESH:
                end = time.monotonic() + PATIENCE
                for name, probe in self._probes.items():
                    if name not in self._running:  # one that hangs is not asked a second time
                        self._running[name] = self._threads.submit(probe)
                parts = tuple(self._part(name, end) for name in self._probes)
                self._tell(parts)
                self._seen = (time.monotonic(), Health(parts))
            return self._seen[1]

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _tell(self, parts: tuple[Part, ...]) -> None:
        """Logs what changed: whoever asks /ready is told less, because anybody may ask."""
        for part in parts:
            if part.is_well:
                if part.name in self._in_trouble:
                    logger.warning("A part of the service is well again: %s.", part.name)
                self._was_well.add(part.name)
                self._in_trouble.discard(part.name)
            elif part.name in self._was_well and part.name not in self._in_trouble:  # a start is no trouble
                logger.warning("A part of the service is in trouble: %s. %s", part.name, part.trouble)
                self._in_trouble.add(part.name)

    def _part(self, name: str, end: float) -> Part:
        asked = self._running[name]
        try:
            trouble = asked.result(max(0.0, end - time.monotonic()))
        except Late:
            return Part(name, f"It has not answered for {PATIENCE:g} seconds.")
        except Exception as error:  # of any kind: that is what is asked here
            trouble = str(error) or type(error).__name__
        del self._running[name]
        return Part(name, trouble)
