"""Kills an ingest again and again, at random moments, and looks at what is left: `python -m evals.faults`.

Thirty documents get new versions while the process that adds them is ended with SIGKILL: half of the times at any
moment, half of the times while it swaps. After every kill the library must open, hold each document whole, old or
new, and have lost none; the run after the last kill must finish the work. Exit code 1 when anything was wrong.
"""

import argparse
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter

from ingest.doctor import examine
from ingest.library import Library
from ingest.programme import CORPUS, load_programme
from ingest.settings import IngestSettings

SWAPPING = 0.03  # seconds after the swap began, at most: it takes about that long
NEVER = 600.0


@dataclass(slots=True)
class Tally:
    """What the kills have shown; `faults` is empty when all is well."""

    kills: int = 0
    swapping: int = 0
    rounds: int = 0
    told_before_opening: int = 0
    faults: list[str] = field(default_factory=list)


def run(kills: int, documents: int, seed: int, folder: Path) -> Tally:
    """Adds version after version of the same documents, until so many of the processes were killed."""
    random_source, tally = random.Random(seed), Tally()
    settings = IngestSettings(data_dir=folder / "library")
    done: dict[str, int] = {}
    write_documents(folder / "in", documents, 1)
    lasting = _ingest(settings, folder / "in", NEVER, None, done)
    while tally.kills < kills:
        tally.rounds += 1
        write_documents(folder / "in", documents, 1 + tally.rounds)
        while tally.kills < kills and min(done.values()) <= tally.rounds:
            swap = random_source.randrange(documents) if random_source.random() < 0.5 else None
            moment = random_source.uniform(0, lasting if swap is None else SWAPPING)
            _ingest(settings, folder / "in", moment, swap, done)
            tally.kills += 1
            tally.swapping += swap is not None
            _look(settings, done, tally)
    _ingest(settings, folder / "in", NEVER, None, done)
    if unfinished := [name for name, version in done.items() if version != 1 + tally.rounds]:
        tally.faults.append(f"the last run did not finish {len(unfinished)} documents")
    _look(settings, done, tally)
    return tally


def write_documents(folder: Path, count: int, version: int) -> list[Path]:
    """PDFs of two pages each out of the starter documents; the title says which part and version it is."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = [page for file in sorted(CORPUS.glob("*.pdf")) for page in PdfReader(file).pages]
    made: list[Path] = []
    for number in range(count):
        writer = PdfWriter()
        for page in (pages[(2 * number) % len(pages)], pages[(2 * number + 1) % len(pages)]):
            writer.add_page(page)
        writer.add_metadata({"/Title": title(number, version)})
        made.append(folder / f"part-{number:02}.pdf")
        writer.write(made[-1])
    return made


def title(number: int, version: int) -> str:
    return f"Part {number}, version {version}"


def _ingest(settings: IngestSettings, folder: Path, moment: float, swap: int | None, done: dict[str, int]) -> float:
    """Runs the ingest in a process of its own and ends it `moment` seconds after it began, or, where `swap` says so,
    after the swap of that many files began. Notes in `done` what was reported; returns how long it ran."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["sentence_transformers", "chromadb", "evals.faults"])
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_add_all, args=(settings, folder, there))
    process.start()
    there.close()
    for kind, value in _events(here):
        if kind == "begun":
            began = time.perf_counter()
            end = began + (moment if swap is None else NEVER)
        elif kind == "storing" and swap is not None:
            swap -= 1
            end = time.perf_counter() + moment if swap < 0 else end
        elif kind == "report":
            name, version = value
            done[name] = max(version, done.get(name, 0))
        if _waits_past(here, end):
            _kill(process)
    process.join()
    return time.perf_counter() - began


def _waits_past(pipe: Connection, end: float) -> bool:
    return not pipe.poll(max(0.0, end - time.perf_counter()))


def _events(pipe: Connection) -> Iterator[tuple[str, Any]]:
    while True:
        try:
            yield pipe.recv()
        except (EOFError, ConnectionResetError):
            return


def _kill(process: BaseProcess) -> None:
    if process.pid is not None:
        os.kill(process.pid, signal.SIGKILL)


def _add_all(settings: IngestSettings, folder: Path, pipe: Connection) -> None:
    with Library.open(settings, load_programme()) as library:
        library.embed(["warm"])
        pipe.send(("begun", None))

        def told(_file: int, _files: int, stage: str, _done: int, _total: int) -> None:
            pipe.send((stage, None))

        for report in library.add_each([folder], told):
            if report.document_id is None:
                raise RuntimeError(report.reason)
            record = library.document(report.document_id)
            pipe.send(("report", (record.file_name, _version(record.title))))


def _version(text: str) -> int:
    return int(text.rpartition(" ")[2])


def _look(settings: IngestSettings, done: dict[str, int], tally: Tally) -> None:
    """The library as the next person finds it."""
    programme = load_programme()
    if tally.kills % 5 == 0:
        tally.told_before_opening += len(examine(settings, programme))
    with Library.open(settings, programme) as library:
        chunks = library.counts()[1]
        if len(library.find_nearest(library.embed(["family"])[0], chunks)) != chunks:
            tally.faults.append(f"after kill {tally.kills}, a search does not reach every chunk")
        there = {record.file_name: _version(record.title) for record in library.documents()}
    for name, version in done.items():
        if there.get(name, 0) < version:
            found = f"version {there[name]}" if name in there else "nothing"
            tally.faults.append(f"after kill {tally.kills}, {name} is {found}, and version {version} was reported")
        done[name] = max(version, there.get(name, 0))
    tally.faults += [f"after kill {tally.kills}: {finding.what}" for finding in examine(settings, programme)]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--documents", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        tally = run(given.kills, given.documents, given.seed, Path(folder))
    print(
        f"killed {tally.kills} times, {tally.swapping} of them in a swap; {tally.rounds} new versions of each document"
    )
    print(f"told by the doctor before the library was opened again: {tally.told_before_opening}")
    for fault in tally.faults:
        print(fault)
    print("FAULTS" if tally.faults else "no document lost, none half there, every run finished the work")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
