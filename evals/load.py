"""`python -m evals.load`: eight clients at once upload, replace, cancel, delete, ask and open pages of a real service.

With `--people 50` they ask and read as an office does: see crowd.py.

At the end every document that was uploaded last and not deleted must be there, none that was deleted, every job ended,
and the library sound. Any other answer than the intended ones is a fault; exit code 1 when there is one.
"""

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

from evals.crowd import THINK, crowd, figures, tell
from evals.load_client import API, Client, Ledger
from evals.load_files import File, make_file
from evals.serving import service
from ingest.doctor import examine
from ingest.library import Library
from ingest.programme import load_programme
from ingest.settings import IngestSettings


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=120, help="how long the clients go on")
    parser.add_argument("--clients", type=int, default=8, help="how many at once")
    parser.add_argument("--people", type=int, help="instead: so many people who ask and read (see crowd.py)")
    parser.add_argument("--think", type=float, default=THINK, help="seconds that they read, in the mean")
    parser.add_argument("--library", type=Path, help="the library that they ask; the starter documents otherwise")
    parser.add_argument("--json", type=Path, help="write their figures to this file")
    given = parser.parse_args(arguments)
    if given.people:
        return _crowd(given)
    with tempfile.TemporaryDirectory() as folder:
        ledger = load(Path(folder) / "library", given.seconds, given.clients)
    title = f"{given.clients} clients, {given.seconds:.0f} s"
    table = Table("Request", "Answers", "Median ms", "95 % ms", title=title)
    for row in ledger.rows():
        table.add_row(*row)
    console = Console()
    console.print(table)
    for fault in ledger.faults:
        console.print(fault, markup=False, highlight=False)
    console.print(f"{len(ledger.faults)} faults")
    return 1 if ledger.faults else 0


def _crowd(given: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = crowd(given.library or Path(folder) / "library", given.people, given.seconds, given.think)
    if given.json:
        told = {"people": given.people, "seconds": given.seconds, "think": given.think}
        given.json.write_text(json.dumps(told | figures(found), indent=1) + "\n", "utf-8")
    return tell(found, given.people, given.seconds, given.think, Console())


def load(data_dir: Path, seconds: float, clients: int) -> Ledger:
    """Runs the clients against a service of its own on `data_dir`, and checks what is left."""
    ledger, rng = Ledger(), random.Random(0)
    first, shared = make_file("first.pdf", rng), make_file("of every client.pdf", rng)
    settings = IngestSettings(data_dir=data_dir)
    with Library.open(settings, load_programme()) as library:  # a service adds starter documents to an empty library
        library.add_bytes(first.name, first.data)
    with service(data_dir) as running:
        crowd = [Client(number, running.url, ledger, first, shared) for number in range(clients)]
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=client.run, args=(end,)) for client in crowd]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with httpx.Client(base_url=running.url + API, timeout=60) as http:
            check(http, crowd, first, ledger)
    for finding in examine(settings, load_programme()):
        ledger.fault(f"The doctor found: {finding.what}")
    return ledger


def check(http: httpx.Client, crowd: Sequence[Client], first: File, ledger: Ledger) -> None:
    """What the library must hold, now that all clients have finished."""
    wanted = {first.document_id: first.name}
    for client in crowd:
        wanted |= {file.document_id: name for name, file in client.here.items()}
    rows: list[dict[str, Any]] = http.get("/documents").json()["documents"]
    found = {row["id"]: row["file_name"] for row in rows}
    deleted = set().union(*(client.deleted for client in crowd))
    for document_id in wanted.keys() - found.keys():
        ledger.fault(f"{wanted[document_id]} was uploaded and is not there.")
    for document_id in found.keys() - wanted.keys():
        why = "deleted" if document_id in deleted else "replaced or never added"
        ledger.fault(f"{found[document_id]} is there, and was {why}.")
    for job in http.get("/jobs").json()["jobs"]:
        if job["ended_at"] is None:
            ledger.fault(f"The job {job['job_id']} is {job['state']}.")


if __name__ == "__main__":
    sys.exit(main())
