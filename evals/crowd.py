"""Many people at once: `python -m evals.load --people 50` asks a real service as an office would, on the hour.

Each person asks a golden question with all its turns, one in five by /chat as the page does, and then reads: THINK
seconds in the mean, drawn anew each time (exponentially, as arrivals are). Beside them one reads an answer slowly, a
few bytes at a time, and one adds and removes documents. Before that the same service is asked by one person alone: that
median is what the crowd's times are compared with. Exit code 1 when anything failed, or the 95 % are above six medians.
"""

import random
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from evals.crowd_people import Editor, Person, SlowReader, Times
from evals.questions import CONVERSATIONS, STARTER, GoldenQuestion, read_questions
from evals.serving import Running, service
from ingest.doctor import examine
from ingest.library import Library
from ingest.programme import CORPUS, load_programme
from ingest.settings import IngestSettings

THINK = 10.0  # seconds; the answers have about 70 words, which take 17 to read
TARGET = 6.0  # of the median of one person alone
GROWTH = 1.1  # of the memory, from the middle to the end
ALONE = 40  # questions
SLOW = 10  # readers, whom nobody else should notice
STEP = 1.0  # seconds between two looks at the memory


@dataclass
class Found:
    """Times are milliseconds; `memory` megabytes, in order of time."""

    alone: Times = field(default_factory=Times)
    beside_slow: Times = field(default_factory=Times)
    crowd: Times = field(default_factory=Times)
    memory: list[int] = field(default_factory=list)
    changes: int = 0
    slow: int = 0

    @property
    def ratio(self) -> float:
        return self.crowd.late(0.95) / self.alone.late(0.5)

    @property
    def growth(self) -> float:
        half = len(self.memory) // 2
        return max(self.memory[half:], default=0) / max(1, max(self.memory[:half], default=0))


def questions() -> list[GoldenQuestion]:
    return [*read_questions(STARTER), *read_questions(CONVERSATIONS)]


def crowd(data_dir: Path, people: int, seconds: float, think: float) -> Found:
    """Against a service of its own on `data_dir`; with the starter documents, where that is empty."""
    settings, found = IngestSettings(data_dir=data_dir, chroma_url=None), Found()
    with Library.open(settings, load_programme()) as library:
        if not library.counts()[0]:
            library.add(sorted(CORPUS.glob("*.pdf")))
    with service(data_dir) as running:
        asked = questions()
        time.sleep(min(15.0, seconds))  # the pages for new people are made once, after the start
        Person(running.url, asked, found.alone, random.Random(1)).ask_some(ALONE)
        with ExitStack() as slow:
            for number in range(SLOW):
                slow.enter_context(SlowReader(running.url, asked[number].turns[0], found.beside_slow))
            Person(running.url, asked, found.beside_slow, random.Random(1)).ask_some(ALONE)
        _run(running, found, asked, people, seconds, think)
    found.crowd.faults += [f"The doctor found: {one.what}" for one in examine(settings, load_programme())]
    return found


def _run(
    running: Running, found: Found, asked: Sequence[GoldenQuestion], people: int, seconds: float, think: float
) -> None:
    end = time.monotonic() + seconds
    crowd = [Person(running.url, asked, found.crowd, random.Random(100 + n), think) for n in range(people)]
    editor = Editor(running.url, found.crowd)
    runs = [editor.run, *(one.run for one in crowd)]
    threads = [threading.Thread(target=run, args=(end,)) for run in runs]
    for thread in threads:
        thread.start()
    while time.monotonic() < end:
        with SlowReader(running.url, asked[found.slow % len(asked)].turns[0], found.crowd) as slow:
            while not slow.done and time.monotonic() < end:
                found.memory.append(running.memory_mb)
                time.sleep(STEP)
        found.slow += 1
    for thread in threads:
        thread.join()
    found.changes = editor.changes


def tell(found: Found, people: int, seconds: float, think: float, console: Console) -> int:
    title = f"{people} people, {seconds:.0f} s, reading {think:g} s in the mean"
    table = Table("", "Answers", "Median ms", "95 %", "99 %", "Longest", title=title)
    rows = {"one person alone": found.alone, f"beside {SLOW} slow readers": found.beside_slow, "the crowd": found.crowd}
    for name, times in rows.items():
        table.add_row(name, f"{len(times.answers):,}", *(f"{times.late(share):,.0f}" for share in (0.5, 0.95, 0.99, 1)))
    console.print(table)
    held = found.memory
    if held:
        told = f"{held[0]:,} MB, in the middle {held[len(held) // 2]:,}, at the end {held[-1]:,}"
        console.print(f"Memory at the start {told}; largest in the second half {found.growth:.2f} of the first's.")
    rate = len(found.crowd.answers) / seconds
    console.print(f"{rate:.1f} answers a second, {found.changes} changes of the library, {found.slow} slow readers.")
    faults = [*found.alone.faults, *found.beside_slow.faults, *found.crowd.faults]
    for fault in faults:
        console.print(fault, markup=False, highlight=False)
    console.print(f"{len(faults)} faults; 95 % within {found.ratio:.1f} medians of one alone, wanted {TARGET:g}.")
    return 1 if faults or found.ratio > TARGET else 0


def figures(found: Found) -> dict[str, float]:
    """For the file of results."""
    return {
        "answers": len(found.crowd.answers),
        "faults": len(found.alone.faults) + len(found.beside_slow.faults) + len(found.crowd.faults),
        "alone_median": median(found.alone.answers),
        "beside_slow_median": median(found.beside_slow.answers),
        "median": found.crowd.late(0.5),
        "p95": found.crowd.late(0.95),
        "p99": found.crowd.late(0.99),
        "ratio": found.ratio,
        "memory_start_mb": found.memory[0],
        "memory_middle_mb": found.memory[len(found.memory) // 2],
        "memory_end_mb": found.memory[-1],
        "changes": found.changes,
    }
