"""Time of a whole answer against the floor, at 1,000 and at 100,000 chunks, in one run: `python -m evals.answer_time`.

The floor is what nobody can leave out: the question embedded, one Chroma query (60 hits), one FTS5 query of the
question's telling words. Both are measured in turns, in one process, over the starter documents' questions: when a
question is asked for the first time, and when it is asked again. As in the service, the sentences of a library that
fits into memory have been read ahead. Start-up and memory are those of fresh processes.
Exit code 1 when the median answer, of questions asked for the first time, takes more than 2.0 times the floor.
"""

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from assistant.assistant import Assistant
from assistant.lexicon import words_of
from assistant.types import Question
from assistant.wordlists import STOP
from evals.filling import fill
from evals.memory import PeakMemory
from evals.questions import STARTER, read_questions
from ingest.library import Library
from ingest.programme import load_programme
from ingest.settings import IngestSettings
from ingest.store import reads
from ingest.store.opening import FILE_NAME
from ingest.store.words import quote_term
from ingest.vectors import VectorIndex, index_name

TARGET = 2.0
HITS = 60
_FIND = "SELECT rowid, rank FROM chunk_words WHERE chunk_words MATCH ? ORDER BY rank LIMIT ?"


@dataclass(frozen=True, slots=True)
class Pair:
    """Milliseconds of one question: the floor and the whole answer. `turn` 0 is the first time it is asked."""

    turn: int
    floor: float
    answer: float


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds of a fresh process, part by part, and the most memory it held."""

    imports: float
    model: float
    library: float
    shelf: float
    answer: float
    peak_mb: int = 0

    @property
    def total(self) -> float:
        return self.imports + self.model + self.library + self.shelf + self.answer


class Floor:
    """The least that finding anything takes, with no code of the answer in between."""

    def __init__(self, library: Library) -> None:
        with library.connect() as connection:
            name = index_name(reads.meta(connection))
        self._embed = library.embed
        self._index = VectorIndex(library.settings.data_dir, None, name)
        self._words = sqlite3.connect(library.settings.data_dir / FILE_NAME)

    def find(self, question: str) -> None:
        self._index.nearest(self._embed([question])[0], HITS)
        telling = [word for word in words_of(question) if word not in STOP] or words_of(question)
        self._words.execute(_FIND, (" OR ".join(map(quote_term, telling)), HITS)).fetchall()

    def close(self) -> None:
        self._words.close()


def questions(count: int) -> list[str]:
    """So many single questions of the tuning half, spread over its kinds."""
    single = [one.turns[0] for one in read_questions(STARTER) if one.split == "tune" and len(one.turns) == 1]
    return single[:: max(1, len(single) // count)][:count]


def measure(data_dir: Path, asked: Sequence[str], turns: int) -> list[Pair]:
    with _open(data_dir) as library:
        assistant, floor = Assistant(library, load_programme()), Floor(library)
        assistant.warm()
        shelf = assistant.shelf()
        for document in shelf.unread():  # as the service does in the background, once it is ready
            shelf.read_ahead(document, lambda: False)
        _answer(assistant, "What is this?")
        floor.find("What is this?")
        found: list[Pair] = []
        for turn in range(turns):
            for number, question in enumerate(asked):
                works = [lambda q=question: floor.find(q), lambda q=question: _answer(assistant, q)]
                # Each goes first as often as the other: who goes second finds the question's rows in memory
                order = (0, 1) if (turn + number) % 2 else (1, 0)
                taken = {which: _timed(works[which]) for which in order}
                found.append(Pair(turn, taken[0], taken[1]))
        floor.close()
        return found


def _answer(assistant: Assistant, question: str) -> None:
    assistant.ask(Question(question, answerer="quotes"))


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def start(data_dir: Path, began: float, floor_only: bool) -> Start:
    """Opens the library in this process, up to the first answer; `began` is when the process was asked for."""
    marks = [began, time.time()]
    with _open(data_dir) as library:
        library.embed(["warm"])
        marks.append(time.time())
        library.find_nearest(library.embed(["warm"])[0], HITS)
        marks.append(time.time())
        if floor_only:
            floor = Floor(library)
            for question in questions(60):
                floor.find(question)
            floor.close()
            marks += [time.time()] * 2
        else:
            assistant = Assistant(library, load_programme())
            assistant.warm()
            marks.append(time.time())
            _answer(assistant, questions(60)[0])
            marks.append(time.time())
            for question in questions(60):
                _answer(assistant, question)
    imports, model, opened, shelf, answer = (after - before for before, after in pairwise(marks))
    return Start(imports, model, opened, shelf, answer)


def start_in_child(data_dir: Path, floor_only: bool) -> Start:
    command = [sys.executable, "-m", "evals.answer_time", "--open", str(data_dir), "--began", str(time.time())]
    with PeakMemory() as memory:
        done = subprocess.run([*command, *["--floor"][: int(floor_only)]], stdout=subprocess.PIPE, check=True)
    return Start(**json.loads(done.stdout) | {"peak_mb": memory.peak_mb})


def _open(data_dir: Path) -> Library:
    return Library.open(IngestSettings(data_dir=data_dir), load_programme())


def make_library(data_dir: Path, chunks: int) -> None:
    """In `data_dir`, unless it is there already."""
    with _open(data_dir) as library:
        if library.counts()[1] != chunks:
            if library.counts()[1]:
                raise SystemExit(f"{data_dir} holds another number of chunks than {chunks:,}: name another folder.")
            fill(library, chunks)


def ratio(pairs: Sequence[Pair]) -> float:
    return median(one.answer for one in pairs) / median(one.floor for one in pairs)


def compare(folder: Path, sizes: Sequence[int], count: int, turns: int, console: Console) -> int:
    table = Table("", *(f"{size:,} chunks" for size in sizes), title="A whole answer against the floor")
    columns: list[list[str]] = []
    worst = 0.0
    for size in sizes:
        data_dir = folder / f"{size} chunks"
        make_library(data_dir, size)
        pairs = measure(data_dir, questions(count), turns)
        whole, floor = start_in_child(data_dir, False), start_in_child(data_dir, True)
        first = [one for one in pairs if one.turn == 0]
        worst = max(worst, ratio(first))
        columns.append([*_times(first), *_times([one for one in pairs if one.turn]), *_starts(whole, floor)])
    for name, *cells in zip(_ROWS, *columns, strict=True):
        table.add_row(name, *cells)
    console.print(table)
    console.print(f"Asked for the first time, at most {worst:.2f} times the floor; wanted {TARGET:g}.")
    return 1 if worst > TARGET else 0


_ROWS = (
    *(f"{when}: {what}" for when in ("first time", "again") for what in ("answer ms", "floor ms", "ratio", "of pairs")),
    *("start s, whole", "imports", "model", "library", "shelf", "first answer", "peak MB, whole", "peak MB, floor"),
)


def _times(pairs: Sequence[Pair]) -> list[str]:
    if not pairs:
        return ["-"] * 4
    answer, floor = median(one.answer for one in pairs), median(one.floor for one in pairs)
    of_pairs = median(one.answer / one.floor for one in pairs)
    return [f"{answer:.1f}", f"{floor:.1f}", f"{ratio(pairs):.2f}", f"{of_pairs:.2f}"]


def _starts(whole: Start, floor: Start) -> list[str]:
    parts = (whole.total, whole.imports, whole.model, whole.library, whole.shelf, whole.answer)
    return [*(f"{part:.2f}" for part in parts), str(whole.peak_mb), str(floor.peak_mb)]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.answer_time", description=__doc__)
    parser.add_argument("--chunks", type=int, nargs="+", default=[1_000, 100_000], help="sizes of the libraries")
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--turns", type=int, default=3, help="how often each question is asked")
    parser.add_argument("--keep", type=Path, help="keep the libraries in this folder, and use them")
    for name, kind in (("--open", Path), ("--began", float)):
        parser.add_argument(name, type=kind, help=argparse.SUPPRESS)
    parser.add_argument("--floor", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.open is not None:
        print(json.dumps(asdict(start(given.open, given.began, given.floor))))
        return 0
    with tempfile.TemporaryDirectory(prefix="assistant-evals-", ignore_cleanup_errors=True) as folder:
        return compare(given.keep or Path(folder), given.chunks, given.questions, given.turns, Console())


if __name__ == "__main__":
    sys.exit(main())
