"""Memory and progress of large ingests: `python -m evals.sizes`.

50 files, 500 files and one file of 2,000 pages, each in a process of its own: the largest memory of the whole process
tree (at most 1.5 times that of the 50 files), and the longest time without a sign of progress (at most a second,
once the first file is open). Linux only: memory is read from /proc. Exit code 1 when a limit is passed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from evals.memory import PeakMemory
from ingest.library import Library
from ingest.programme import CORPUS, load_programme
from ingest.settings import IngestSettings

GROWTH = 1.5
SILENCE = 1.0  # seconds
PAGES_A_FILE = 2


@dataclass(frozen=True, slots=True)
class Ingest:
    """`silence` is the longest time between two signs of progress, in seconds."""

    pages: int
    seconds: float
    silence: float
    peak_mb: int = 0


def write_files(folder: Path, files: int, pages: int) -> None:
    """Files of so many pages each, out of the starter documents, no two of them the same."""
    folder.mkdir(parents=True)
    source = [page for file in sorted(CORPUS.glob("*.pdf")) for page in PdfReader(file).pages]
    for number in range(files):
        writer = PdfWriter()
        for page in range(pages):
            writer.add_page(source[(number * pages + page) % len(source)])
        writer.add_metadata({"/Title": f"File {number}"})
        writer.write(folder / f"file-{number:03}.pdf")


def measure(folder: Path, data_dir: Path) -> Ingest:
    command = [sys.executable, "-m", "evals.sizes", "--add", str(folder), "--library", str(data_dir)]
    with PeakMemory() as memory:
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return Ingest(**json.loads(done.stdout) | {"peak_mb": memory.peak_mb})


def add(folder: Path, data_dir: Path) -> Ingest:
    """Adds a folder in this process."""
    signs: list[float] = []
    with Library.open(IngestSettings(data_dir=data_dir), load_programme()) as library:
        library.embed(["warm"])
        began = time.perf_counter()
        reports = library.add([folder], lambda *_: signs.append(time.perf_counter()))
        seconds = time.perf_counter() - began
    if any(report.document_id is None for report in reports):
        raise RuntimeError("A file was not added.")
    silence = max(after - before for before, after in zip(signs, [*signs[1:], began + seconds], strict=True))
    return Ingest(sum(report.pages for report in reports), seconds, silence)


def compare() -> int:
    wanted = {"50 files": (50, PAGES_A_FILE), "500 files": (500, PAGES_A_FILE), "2,000 pages": (1, 2000)}
    found: dict[str, Ingest] = {}
    with tempfile.TemporaryDirectory() as place:
        for name, (files, pages) in wanted.items():
            write_files(Path(place) / name, files, pages)
            found[name] = one = measure(Path(place) / name, Path(place) / f"{name} library")
            share = one.peak_mb / found["50 files"].peak_mb
            print(
                f"{name:12} {one.pages:5} pages {one.seconds:7.1f} s  {one.pages / one.seconds:5.1f} pages/s"
                f"  peak {one.peak_mb:5} MB ({share:.2f})  longest silence {one.silence:.2f} s",
                flush=True,
            )
    grown = max(one.peak_mb for one in found.values()) / found["50 files"].peak_mb
    silence = max(one.silence for one in found.values())
    print(f"memory at most {grown:.2f} of 50 files (limit {GROWTH}), silence {silence:.2f} s (limit {SILENCE:g})")
    return 1 if grown > GROWTH or silence > SILENCE else 0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.sizes", description=__doc__)
    parser.add_argument("--add", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--library", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.add is None:
        return compare()
    print(json.dumps(asdict(add(given.add, given.library))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
