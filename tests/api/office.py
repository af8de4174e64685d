"""A library on servers as an office has it: services and workers, each a process of its own."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.serving import ROOT


@contextmanager
def command(folder: Path, settings: Mapping[str, str], *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """`assistant …` on a machine of its own, as far as its folder goes; it is stopped in the end."""
    environment = {"PATH": "", "PYTHONPATH": str(ROOT), "ASSISTANT_DATA_DIR": str(folder), "OMP_NUM_THREADS": "1"}
    environment |= {f"ASSISTANT_{name.upper()}": value for name, value in settings.items()}
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "api.cli", *arguments],
        env=environment,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(60)
        if process.stderr is not None:
            process.stderr.close()


def said(process: "subprocess.Popen[str]", words: str) -> None:
    """Waits until it says so on standard error."""
    assert process.stderr is not None
    lines: list[str] = []
    for line in process.stderr:
        lines.append(line)
        if words in line:
            return
    raise AssertionError("".join(lines))
