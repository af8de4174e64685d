"""How answers, memory and disk grow with the library: `python -m evals.scale`.

Libraries of several sizes, made of the starter documents (see multiplying.py), each asked through its own service
process: the starter documents' golden questions, searches, the pages *Library* and *Start here*; then, in this process,
how many of the ten nearest vectors the index finds. With `--postgres` and `--chroma` each is moved to servers first and
asked there. Exit code 1 when the median question of the largest library takes more than three times that of the 10,000
chunks (or of the smallest, where there is none of that size).
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import torch
from rich.console import Console

from assistant.assistant import Assistant
from assistant.types import Question
from evals.multiplying import multiply
from evals.questions import STARTER, GoldenQuestion, read_questions
from evals.scale_servers import Servers
from evals.scale_service import Asked, ask_service
from evals.scale_table import print_table
from evals.scale_vectors import recall
from evals.serving import service
from ingest.library import Library
from ingest.programme import load_programme
from ingest.settings import IngestSettings
from ingest.store.opening import FILE_NAME
from ingest.vectors import FOLDER

SIZES = (1_000, 10_000, 100_000, 1_000_000)
BASE = 10_000
TARGET = 3.0
MADE = "made.json"  # beside what it tells of


@dataclass(frozen=True, slots=True)
class Size:
    """The figures of one library. Times are milliseconds unless their name says seconds (`_s`)."""

    chunks: int
    documents: int
    pages: int
    build_s: float
    database_mb: int
    vectors_mb: int
    files_mb: int
    ready_s: float
    memory_ready_mb: int
    memory_mb: int
    ask_median: float
    ask_p95: float
    ask_processor: float
    again_median: float
    search_median: float
    search_p95: float
    library_page: float
    start_page: float
    facts: float
    facts_within: float
    recall: float
    nearest_median: float


def questions(count: int | None = None) -> list[GoldenQuestion]:
    """The starter documents' golden questions of one turn; so many of them, spread over all kinds."""
    single = [one for one in read_questions(STARTER) if len(one.turns) == 1]
    return single if count is None else single[:: max(1, len(single) // count)][:count]


def make(data_dir: Path, chunks: int, console: Console) -> float:
    """In `data_dir`, unless it is there already; the seconds of processor time that it took."""
    told = data_dir.with_suffix(f".{MADE}")
    if told.is_file():
        return float(json.loads(told.read_text())["seconds"])
    began, spent = time.monotonic(), time.process_time()
    shown = began

    def progress(done: int, wanted: int) -> None:
        nonlocal shown
        if time.monotonic() - shown > 30:
            shown = time.monotonic()
            console.print(f"{done:,} of {wanted:,} chunks after {shown - began:,.0f} s", highlight=False)

    with Library.open(IngestSettings(data_dir=data_dir, chroma_url=None), load_programme()) as library:
        if library.counts()[1]:
            raise SystemExit(f"{data_dir} holds a library that was not finished: delete that folder and begin again.")
        multiply(library, chunks, progress)
    seconds = time.process_time() - spent
    told.write_text(json.dumps({"seconds": seconds}))
    return seconds


def measure(
    data_dir: Path, build: float, asked: Sequence[GoldenQuestion], console: Console, servers: Servers | None = None
) -> Size:
    """With `servers` the library is moved there first, and `build` are the seconds by the clock that this took."""
    settings, environment = IngestSettings(data_dir=data_dir, chroma_url=None), dict[str, str]()
    if servers is not None:
        settings, build = servers.move(data_dir, console)
        environment = {
            "ASSISTANT_DATABASE_URL": settings.database or "",
            "ASSISTANT_CHROMA_URL": servers.chroma,
        }
    settings.data_dir.mkdir(exist_ok=True)
    with service(settings.data_dir, environment) as running:
        found = ask_service(running, asked)
    with Library.open(settings, load_programme()) as library:
        documents, chunks = library.counts()
        pages = sum(record.pages for record in library.documents())
        nearest = recall(library, [one.turns[0] for one in asked])
        processor = processor_times(library, [one.turns[0] for one in asked])
    return Size(
        chunks=chunks,
        documents=documents,
        pages=pages,
        build_s=build,
        database_mb=_megabytes(data_dir / FILE_NAME) if servers is None else servers.database_mb(settings),
        vectors_mb=_megabytes(data_dir / FOLDER if servers is None else servers.chroma_folder),
        files_mb=_megabytes(data_dir / "files") if servers is None else 0,
        recall=nearest.recall,
        nearest_median=nearest.milliseconds,
        ask_processor=median(processor),
        **_told(found),
    )


def processor_times(library: Library, texts: Sequence[str]) -> list[float]:
    """Milliseconds of processor time of each answer, in this process: other work on the machine changes them little."""
    torch.set_num_threads(1)  # several spin while they wait for one another, which counts as work
    assistant = Assistant(library, library.programme)
    assistant.warm()
    times: list[float] = []
    for text in texts:
        began = time.process_time()
        assistant.ask(Question(text, answerer="quotes"))
        times.append(1000 * (time.process_time() - began))
    return times


def _told(found: Asked) -> dict[str, Any]:
    return {
        "ready_s": found.ready,
        "memory_ready_mb": found.memory_ready,
        "memory_mb": found.memory,
        "ask_median": median(found.ask),
        "ask_p95": late(found.ask),
        "again_median": median(found.again),
        "search_median": median(found.search),
        "search_p95": late(found.search),
        "library_page": found.library_page,
        "start_page": found.start_page,
        "facts": found.facts,
        "facts_within": found.facts_within,
    }


def late(times: Sequence[float], share: float = 0.95) -> float:
    """So many of the times are no longer."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def _megabytes(path: Path | None) -> int:
    if path is None:
        return 0
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return round(sum(one.stat().st_size for one in files) / 1_000_000)


def growth(sizes: Sequence[Size], figure: str) -> float:
    """A figure of the largest library, as a multiple of that of the base."""
    base = next((one for one in sizes if abs(one.chunks - BASE) < BASE / 100), sizes[0])
    return float(getattr(sizes[-1], figure) / getattr(base, figure))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.scale", description=__doc__)
    parser.add_argument("--chunks", type=int, nargs="+", default=list(SIZES), help="sizes of the libraries")
    parser.add_argument("--questions", type=int, help="so many golden questions only")
    parser.add_argument("--keep", type=Path, help="keep the libraries in this folder, and use them")
    parser.add_argument("--json", type=Path, help="write the figures to this file (evals/scale-results.json)")
    parser.add_argument(
        "--postgres", help="measure on servers: postgresql://user@host/postgres of a role that may make databases"
    )
    parser.add_argument("--chroma", help="and http://host:port of an empty Chroma server")
    parser.add_argument("--chroma-folder", type=Path, help="where that keeps its index, for its size")
    given = parser.parse_args(arguments)
    if (given.postgres is None) != (given.chroma is None):
        parser.error("Give both --postgres and --chroma, or neither.")
    servers = Servers(given.postgres, given.chroma, given.chroma_folder) if given.postgres else None
    console = Console()
    with tempfile.TemporaryDirectory(prefix="assistant-evals-", ignore_cleanup_errors=True) as folder:
        sizes: list[Size] = []
        for chunks in sorted(given.chunks):
            data_dir = (given.keep or Path(folder)) / f"{chunks} chunks"
            build = make(data_dir, chunks, console)
            sizes.append(measure(data_dir, build, questions(given.questions), console, servers))
            if given.json:
                given.json.write_text(json.dumps([asdict(one) for one in sizes], indent=1) + "\n", "utf-8")
            print_table(sizes, console)
    found, spent = growth(sizes, "ask_median"), growth(sizes, "ask_processor")
    console.print(f"The median question takes {found:.2f} times as long in the largest; wanted {TARGET:g} at most.")
    console.print(
        f"Of processor time it takes {spent:.2f} times as much, which other work on the machine changes less."
    )
    return 1 if found > TARGET else 0


if __name__ == "__main__":
    sys.exit(main())
