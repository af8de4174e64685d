"""The parent's clock over a reading process: it kills one that is too slow as a whole, or over one page."""

import contextlib
import os
import signal
import subprocess
import threading
import time

from ingest.settings import IngestSettings


class Clock:
    """The time left for a file, over all the processes that read it; text recognition does not count."""

    def __init__(self, settings: IngestSettings) -> None:
        self.seconds = settings.read_seconds
        self.end = time.monotonic() + settings.read_seconds

    @property
    def is_out(self) -> bool:
        return time.monotonic() >= self.end


class Watch:
    """`late` says, once the process was killed, whether the file or one of its pages took too long."""

    def __init__(self, process: subprocess.Popen[bytes], clock: Clock, page_seconds: float) -> None:
        self.late = False
        self._process = process
        self._clock = clock
        self._page_seconds = page_seconds
        self._heard = time.monotonic()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def hear(self) -> None:
        self._heard = time.monotonic()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while (wait := min(self._clock.end, self._heard + self._page_seconds) - time.monotonic()) > 0:
            if self._stopped.wait(wait):
                return
        self.late = True
        end(self._process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kills the process and those it started."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
