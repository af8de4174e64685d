"""Looks into Chroma from a process of its own: a truncated segment file can end the process that opens it.

`python -m ingest.probe DATA_DIR URL NAME` (URL may be empty) takes ids and vectors that it should hold, as JSON on
standard input, and writes one JSON object: {"ids": [...], "holds": true} or {"error": "…"}.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import numpy as np

from ingest.embedding import Vectors
from ingest.errors import IndexDamagedError
from ingest.vectors import VectorIndex

_ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 180.0  # seconds; opening 100,000 vectors takes a few


def held_ids(data_dir: Path, url: str | None, name: str, ids: Sequence[int], vectors: Vectors) -> set[int]:
    """The chunk ids that Chroma holds and can search. Raises IndexDamagedError, also after a crash."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))}
    command = [sys.executable, "-m", "ingest.probe", str(data_dir), url or "", name]
    try:
        done = subprocess.run(
            command,
            input=json.dumps([list(ids), vectors.tolist()]).encode(),
            capture_output=True,
            timeout=_PATIENCE,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise IndexDamagedError(f"The vector index did not open within {_PATIENCE:.0f} seconds.") from None
    if done.returncode != 0:
        raise IndexDamagedError(f"Opening the vector index crashed the process (exit code {done.returncode}).")
    found = json.loads(done.stdout.splitlines()[-1])
    if "error" in found:
        raise IndexDamagedError(found["error"])
    if not found["holds"]:
        raise IndexDamagedError("It does not hold the vectors that it should.")
    return set(found["ids"])


def _look(data_dir: Path, url: str | None, name: str, sample: tuple[list[int], Vectors], out: IO[str]) -> None:
    index = VectorIndex(data_dir, url, name)
    try:
        ids = index.ids()
        holds = index.holds(*sample)  # loads the segment files, which counting does not
        print(json.dumps({"ids": sorted(ids), "holds": holds}), file=out)
    except IndexDamagedError as error:
        print(json.dumps({"error": str(error)}), file=out)
    out.flush()
    os._exit(0)  # closing a damaged index may hang


if __name__ == "__main__":
    sampled, rows = json.load(sys.stdin)
    given = sampled, np.array(rows, dtype=np.float32)
    _look(Path(sys.argv[1]), sys.argv[2] or None, sys.argv[3], given, sys.stdout)
