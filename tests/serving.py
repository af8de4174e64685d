"""The real application on a real port."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address it is served on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="error", ws="none", server_header=False, proxy_headers=False)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the application did not start"
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process_serving(data_dir: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    """`assistant serve` as a process of its own, once it serves."""
    environment = {"PATH": "", "PYTHONPATH": str(ROOT), "ASSISTANT_DATA_DIR": str(data_dir)}
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, cwd=data_dir.parent, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            assert any("Serving on" in line for line in process.stderr)
            yield process
        finally:
            process.terminate()
