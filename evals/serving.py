"""`assistant serve` as a process of its own, as a check asks it: where it is, how long it took, what it holds."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
START = 600.0  # seconds


@dataclass(frozen=True, slots=True)
class Running:
    """`ready` are the seconds until questions could be answered."""

    url: str
    process: int
    ready: float

    @property
    def memory_mb(self) -> int:
        """What the process holds now; Linux tells it, elsewhere it is 0."""
        try:
            pages = int(Path(f"/proc/{self.process}/statm").read_text().split()[1])
        except (OSError, ValueError, IndexError):
            return 0
        return pages * os.sysconf("SC_PAGE_SIZE") // (1024 * 1024)


@contextmanager
def service(data_dir: Path, settings: Mapping[str, str] | None = None) -> Iterator[Running]:
    """Serves the library in `data_dir`; `settings` are further environment variables."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"ASSISTANT_DATA_DIR": str(data_dir), "PYTHONPATH": str(ROOT)} | dict(settings or {})
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port)]
    url = f"http://127.0.0.1:{port}"
    began = time.monotonic()
    with subprocess.Popen(command, env=environment, cwd=data_dir.parent) as process:
        try:
            while not _is_ready(url):
                if process.poll() is not None or time.monotonic() > began + START:
                    raise SystemExit("The service did not start.")
                time.sleep(0.05)
            yield Running(url, process.pid, time.monotonic() - began)
        finally:
            process.terminate()


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/ready", timeout=60).status_code == 200
    except httpx.TransportError:
        return False
