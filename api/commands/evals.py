"""`assistant evals`: asks the golden questions and prints the figures."""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from evals.baseline import read_baseline, shortfalls, write_baseline
from evals.metrics import Figures, Outcome, figures
from evals.questions import QuestionFileError
from evals.run import DocumentsError, bench, run
from evals.sets import MissingDocumentsError, QuestionSet, journals_set, starter_set
from evals.table import as_json, figures_table, summary, wrong_answers
from ingest.errors import IngestError

SetOption = Annotated[Literal["starter", "journals", "all"], typer.Option("--set", help="Which questions to ask.")]
JournalsOption = Annotated[Path | None, typer.Option("--journals", help="The folder that holds the two journals.")]
QuestionsOption = Annotated[
    list[Path] | None, typer.Option("--questions", help="Further question files on the journals.", exists=True)
]
SplitOption = Annotated[Literal["tune", "report", "all"], typer.Option(help="Half of the questions, or all.")]
JsonOption = Annotated[Path | None, typer.Option("--json", help="Write figures and answers to this file.")]
DataOption = Annotated[Path | None, typer.Option("--keep", help="Keep each set's library in this folder, and use it.")]
ShowOption = Annotated[bool, typer.Option("--show", help="Print the questions that were answered wrongly.")]
CheckOption = Annotated[bool, typer.Option("--check", help="Exit 1 when a figure is below the committed baseline.")]
UpdateOption = Annotated[bool, typer.Option("--update-baseline", help="Make these figures the baseline.")]


def evals(
    which: SetOption = "starter",
    journals: JournalsOption = None,
    questions: QuestionsOption = None,
    split: SplitOption = "all",
    json_file: JsonOption = None,
    keep: DataOption = None,
    show: ShowOption = False,
    check: CheckOption = False,
    update_baseline: UpdateOption = False,
) -> None:
    """Ask the golden questions and print one table a set: facts, citations, retrieval, quotes, refusals, time."""
    if (check or update_baseline) and (split != "all" or questions):
        raise typer.BadParameter("The baseline is of whole sets: leave out --split and --questions.")
    console = Console()
    try:
        sets = _sets(which, journals, questions or [])
        measured = {one.name: _measure(one, split, keep, console) for one in sets}
    except (IngestError, DocumentsError, MissingDocumentsError, QuestionFileError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    for name, outcomes in measured.items():
        _print(f"{name} ({split})", outcomes, show, console)
    if json_file:
        rows = {name: as_json(outcomes) for name, outcomes in measured.items()}
        json_file.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")
    totals = {str(name): figures(outcomes) for name, outcomes in measured.items()}
    if update_baseline:
        write_baseline(totals)
    if check and not _passes(totals, console):
        raise typer.Exit(1)


def _sets(which: str, journals: Path | None, questions: list[Path]) -> list[QuestionSet]:
    if which != "starter" and journals is None:
        raise typer.BadParameter("Say where the two journals lie: --journals FOLDER.")
    sets = [starter_set()] if which != "journals" else []
    return [*sets, journals_set(journals, questions)] if which != "starter" and journals else sets


def _measure(one: QuestionSet, split: str, keep: Path | None, console: Console) -> tuple[Outcome, ...]:
    chosen = [question for question in one.questions if split in ("all", question.split)]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(f"{one.name}: reading {len(one.documents)} documents", total=len(chosen))
        with bench(one.documents, keep / one.name if keep else None) as at:
            bar.update(task, description=f"{one.name}: asking")
            return run(chosen, at, lambda done, _: bar.update(task, completed=done))


def _print(title: str, outcomes: tuple[Outcome, ...], show: bool, console: Console) -> None:
    console.print(figures_table(title, outcomes))
    console.print(summary(figures(outcomes)), highlight=False)
    if show:
        for line in wrong_answers(outcomes):
            console.print(line, markup=False, highlight=False, soft_wrap=True)


def _passes(totals: dict[str, Figures], console: Console) -> bool:
    baseline = read_baseline()
    found = [f"{name}: {line}" for name, one in totals.items() for line in shortfalls(one, baseline.get(name, {}))]
    found += [f"{name}: there is no baseline yet." for name in totals if name not in baseline]
    for line in found:
        console.print(line, markup=False, highlight=False)
    return not found
