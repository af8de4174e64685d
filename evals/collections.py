"""Whether closed documents leave a trace in answers to who may not see them: `assistant evals collections`.

Every golden question of the starter documents is put twice by a reader who sees only what is open: to a library of
these documents, and to one that also holds closed documents about the same councils, models and figures. The answers
must be the same to the last digit. The time that both take is told beside.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.assistant import Assistant
from assistant.types import NOTHING_MORE, Answer, Question, Timings
from evals.sets import starter_set
from ingest.library import Library
from ingest.programme import Programme, load_programme
from ingest.settings import IngestSettings

_NO_TIME = Timings(0, 0, 0, 0)
COPIES = 3  # closed documents for each council and model


def closed_texts(programme: Programme) -> list[str]:
    """What says something else of everybody whom a question may name."""
    names = [one.name for one in (*programme.models, *programme.councils)]
    return [
        f"Closed notes {number} on {name}\n\n{name} began in June {2001 + number}, with {7000 + at} families and"
        f" {number + 2} teams. {name} was ended by a closed committee; its cost was £{at}.{number} million.\n"
        for number in range(COPIES)
        for at, name in enumerate(names)
    ]


def without_time(answer: Answer) -> Answer:
    return replace(answer, timings=_NO_TIME)


def asked(assistant: Assistant, text: str) -> tuple[Answer, float]:
    started = time.perf_counter()
    answer = assistant.ask(Question(text, answerer="quotes"), sight=NOTHING_MORE)
    return without_time(answer), 1000 * (time.perf_counter() - started)


def compare(without: Assistant, having: Assistant, questions: Sequence[str]) -> tuple[list[str], list[float]]:
    """The questions that are answered otherwise, and by how many milliseconds each took longer."""
    different: list[str] = []
    longer: list[float] = []
    for number, question in enumerate(questions):
        order = (without, having) if number % 2 else (having, without)
        told = {id(one): asked(one, question) for one in order}
        (plain, first), (beside, second) = told[id(without)], told[id(having)]
        longer.append(second - first)
        if plain != beside:
            different.append(question)
    return different, longer


def main(arguments: Sequence[str]) -> int:
    """1 when an answer differs."""
    parser = argparse.ArgumentParser(prog="assistant evals collections", description=__doc__)
    parser.add_argument("--limit", type=int, default=None, help="ask only so many questions")
    limit = parser.parse_args(arguments).limit
    programme, golden = load_programme(), starter_set()
    questions = [one.turns[-1] for one in golden.questions][:limit]
    with tempfile.TemporaryDirectory() as folder:
        settings = [IngestSettings(data_dir=Path(folder) / name) for name in ("without", "having")]
        with Library.open(settings[0], programme) as without, Library.open(settings[1], programme) as having:
            name = having.collections.make("Closed").name
            for number, text in enumerate(closed_texts(programme)):
                having.add_bytes(f"closed-{number}.txt", text.encode(), collection=name)
            for library in (without, having):
                library.add(golden.documents)
            print(f"{having.counts()[0] - without.counts()[0]} closed documents beside {without.counts()[0]} open ones")
            different, longer = compare(Assistant(without, programme), Assistant(having, programme), questions)
    print(f"{len(questions)} questions, {len(different)} answered otherwise")
    for question in different:
        print(f"  {question}")
    low, middle, high = statistics.quantiles(longer, n=4)
    print(f"With closed documents an answer took {middle:+.1f} ms (half of them {low:+.1f} to {high:+.1f} ms)")
    return 1 if different else 0
