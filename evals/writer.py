"""Answers that a language model phrased, beside the quotes: `assistant evals writer` replays what was recorded.

The same questions are asked both ways, over the same library. `shown` is the share of the model's statements that the
documents proved. `precise` is the share of statements that a gold page's quote supports, `recall` that of the facts
that stand in such quotes, `right no` the share of refusals that are right.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.assistant import Assistant
from assistant.types import Answer
from assistant.writing.write import Writer
from evals.layout import figures_layout
from evals.metrics import Figures, Outcome, figures
from evals.questions import GoldenQuestion
from evals.recording import REPLIES, Recorded, ReplayingEndpoint, read_replies
from evals.run import Bench, ask, bench, judge
from evals.sets import journals_set, starter_set
from ingest.programme import load_programme

Asked = tuple[Answer, float]  # with its milliseconds


@dataclass(frozen=True, slots=True)
class Compared:
    """Outcomes of the same questions; counts of the model's answers and statements."""

    quotes: tuple[Outcome, ...]
    written: tuple[Outcome, ...]
    by_model: int
    shown: int
    withdrawn: int
    stale: int


def compare(questions: Sequence[GoldenQuestion], replies: Sequence[Recorded], at: Bench) -> Compared:
    """Questions without a recorded reply are left out."""
    endpoint = ReplayingEndpoint(replies)
    assistant = Assistant(at.library, load_programme(), Writer(endpoint))
    recorded = {one.question_id for one in replies}
    asked = [question for question in questions if question.id in recorded]
    quoted = [ask(question, assistant, "quotes") for question in asked]
    written = [ask(question, assistant, "auto") for question in asked]
    return Compared(
        quotes=_judged(asked, quoted, at),
        written=_judged(asked, written, at),
        by_model=sum(answer.answerer == "llm" for answer, _ in written),
        shown=sum(len(answer.statements) for answer, _ in written if answer.answerer == "llm"),
        withdrawn=sum(answer.withdrawn for answer, _ in written),
        stale=endpoint.stale,
    )


def _judged(asked: Sequence[GoldenQuestion], answers: Sequence[Asked], at: Bench) -> tuple[Outcome, ...]:
    pairs = zip(asked, answers, strict=True)
    return tuple(judge(question, answer, milliseconds, at.library) for question, (answer, milliseconds) in pairs)


def comparison_table(name: str, compared: Compared) -> Table:
    columns = ("answers", "n", "facts", "cited", "precise", "recall", "right no", "words")
    table = figures_layout(name, *columns)
    for who, outcomes in (("quotes", compared.quotes), ("a model, verified", compared.written)):
        table.add_row(who, *_cells(figures(outcomes)))
    return table


def _cells(found: Figures) -> list[str]:
    shares = (found.facts, found.cited, found.statement_precision, found.fact_recall, found.refusal_precision)
    told = ["–" if share is None else f"{share:.3f}" for share in shares]
    return [str(found.questions), *told, "–" if found.words is None else f"{found.words:.0f}"]


def model_lines(compared: Compared, replies: Sequence[Recorded]) -> list[str]:
    asked, written = len(compared.written), compared.shown + compared.withdrawn
    firsts = [one.first for one in replies if one.first is not None]
    lines = [
        f"Answered by the model: {compared.by_model} of {asked}; its statements shown: {compared.shown} of {written}.",
    ]
    if firsts:
        whole = statistics.median(one.whole for one in replies)
        lines.append(f"Median seconds to its first word {statistics.median(firsts):.1f}, to its last {whole:.1f}.")
    if compared.stale:
        lines.append(
            f"{compared.stale} replies were to other passages than today's: `assistant evals record` renews them."
        )
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="assistant evals writer", description=__doc__)
    parser.add_argument("--replies", type=Path, default=REPLIES, metavar="FILE", help="a recording of `evals record`")
    parser.add_argument("--journals", type=Path, metavar="FOLDER", help="the recording is about the journals")
    parser.add_argument("--questions", type=Path, nargs="*", default=[], help="further question files on the journals")
    given = parser.parse_args(arguments)
    about = journals_set(given.journals, given.questions) if given.journals else starter_set()
    replies, console = read_replies(given.replies), Console()
    with bench(about.documents) as at:
        compared = compare(about.questions, replies, at)
    console.print(comparison_table(about.name, compared))
    for line in model_lines(compared, replies):
        console.print(line, highlight=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
