"""`assistant serve` as a process whose standard error is kept, line by line."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.serving import ROOT, free_port


@dataclass(slots=True)
class Serving:
    url: str
    process: "subprocess.Popen[str]"
    lines: list[str] = field(default_factory=list)

    @property
    def log(self) -> str:
        return "".join(self.lines)


@contextmanager
def serve(data_dir: Path, **settings: str) -> Iterator[Serving]:
    """Ready for questions; ended at the end, if it lives."""
    port = free_port()
    environment = {"PATH": "", "PYTHONPATH": str(ROOT), "ASSISTANT_DATA_DIR": str(data_dir), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port)]
    with subprocess.Popen(
        command, env=environment | settings, cwd=data_dir.parent, stderr=subprocess.PIPE, text=True
    ) as process:
        served = Serving(f"http://127.0.0.1:{port}", process)
        reader = threading.Thread(target=_keep, args=(process, served.lines))
        reader.start()
        try:
            until(lambda: _is_ready(served), process, seconds=200)
            yield served
        finally:
            process.kill()
            process.wait()
            reader.join(10)


def until(done: Callable[[], bool], process: "subprocess.Popen[Any] | None" = None, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not come to pass"
        assert process is None or process.poll() is None, "the process has ended"
        time.sleep(0.05)


def _keep(process: "subprocess.Popen[str]", lines: list[str]) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        lines.append(line)


def _is_ready(served: Serving) -> bool:
    try:
        return httpx.get(f"{served.url}/ready", timeout=10).status_code == 200
    except httpx.TransportError:
        return False
