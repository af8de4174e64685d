"""`assistant evals`: asks the golden questions and prints the figures."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from evals.baseline import read_baseline, shortfalls, write_baseline
from evals.comparing import comparison_tables
from evals.metrics import Figures, Outcome, figures
from evals.plots import draw_plots
from evals.questions import QuestionFileError
from evals.results import ResultsError, read_results, write_results
from evals.run import Bench, DocumentsError, bench, run
from evals.sets import MissingDocumentsError, QuestionSet, conversations_set, journals_set, starter_set
from evals.table import (
    as_json,
    calibration_table,
    categories_table,
    confidences,
    figures_table,
    time_line,
    wrong_answers,
)
from ingest.errors import IngestError

Outcomes = Mapping[str, tuple[Outcome, ...]]

SetOption = Annotated[
    Literal["starter", "conversations", "journals", "all"], typer.Option("--set", help="Which questions to ask.")
]
JournalsOption = Annotated[Path | None, typer.Option("--journals", help="The folder that holds the two journals.")]
QuestionsOption = Annotated[
    list[Path] | None, typer.Option("--questions", help="Further question files on the journals.", exists=True)
]
SplitOption = Annotated[Literal["tune", "report", "all"], typer.Option(help="Half of the questions, or all.")]
JsonOption = Annotated[Path | None, typer.Option("--json", help="Write figures and answers to this file.")]
DataOption = Annotated[Path | None, typer.Option("--keep", help="Keep each set's library in this folder, and use it.")]
ShowOption = Annotated[bool, typer.Option("--show", help="Print the tuning questions that were answered wrongly.")]
CheckOption = Annotated[bool, typer.Option("--check", help="Exit 1 when a figure is below the committed baseline.")]
UpdateOption = Annotated[bool, typer.Option("--update-baseline", help="Make these figures the baseline.")]
CompareOption = Annotated[
    tuple[Path, Path] | None,
    typer.Option("--compare", help="Ask nothing: test two result files against each other.", metavar="A.json B.json"),
]
PlotOption = Annotated[
    Path | None, typer.Option("--plot", help="Ask nothing: draw the result files (*.json) of this folder.")
]


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
    compare: CompareOption = None,
    plot: PlotOption = None,
) -> None:
    """Ask the golden questions and print each set's figures: facts, citations, retrieval, quotes, refusals, time.

    `assistant evals NAME --help` tells of the other checks: examples, field, verifier, writer, record, written,
    time, pdfs, reading, speed, sizes, faults, load, attacks.
    """
    if (check or update_baseline) and (split != "all" or questions):
        raise typer.BadParameter("The baseline is of whole sets: leave out --split and --questions.")
    console = Console()
    try:
        if compare or plot:
            _look(compare, plot, console)
            return
        measured = _measure_all(_sets(which, journals, questions or []), split, keep, console)
    except (IngestError, DocumentsError, MissingDocumentsError, QuestionFileError, ResultsError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    for name, outcomes in measured.items():
        _print(f"{name} ({split})", outcomes, show, console)
    if json_file:
        write_results(json_file, {name: as_json(outcomes) for name, outcomes in measured.items()})
    totals = {name: figures(outcomes) for name, outcomes in measured.items()}
    if update_baseline:
        write_baseline(totals)
    if check and not _passes(totals, console):
        raise typer.Exit(1)


def _look(compare: tuple[Path, Path] | None, plot: Path | None, console: Console) -> None:
    if compare:
        first, second = map(read_results, compare)
        for table in comparison_tables(first, second):
            console.print(table)
    for drawn in draw_plots(plot) if plot else []:
        console.print(str(drawn), highlight=False, soft_wrap=True)


def _sets(which: str, journals: Path | None, questions: list[Path]) -> list[QuestionSet]:
    if which in ("journals", "all") and journals is None:
        raise typer.BadParameter("Say where the two journals lie: --journals FOLDER.")
    makers = {"starter": starter_set, "conversations": conversations_set}
    sets = [make() for name, make in makers.items() if which in (name, "all")]
    return [*sets, journals_set(journals, questions)] if journals and which in ("journals", "all") else sets


def _measure_all(sets: Sequence[QuestionSet], split: str, keep: Path | None, console: Console) -> Outcomes:
    """Sets about the same documents share a library."""
    measured: dict[str, tuple[Outcome, ...]] = {}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    for documents in dict.fromkeys(one.documents for one in sets):
        group = [one for one in sets if one.documents == documents]
        with Progress(*columns, console=console, transient=True) as bar:
            reading = bar.add_task(f"{group[0].name}: reading {len(documents)} documents", total=None)
            with bench(documents, keep / group[0].name if keep else None) as at:
                bar.remove_task(reading)
                measured |= {str(one.name): _ask(one, split, at, bar) for one in group}
    return measured


def _ask(one: QuestionSet, split: str, at: Bench, bar: Progress) -> tuple[Outcome, ...]:
    chosen = [question for question in one.questions if split in ("all", question.split)]
    task = bar.add_task(f"{one.name}: asking", total=len(chosen))
    return run(chosen, at, lambda done, _: bar.update(task, completed=done))


def _print(title: str, outcomes: tuple[Outcome, ...], show: bool, console: Console) -> None:
    console.print(figures_table(title, outcomes))
    console.print(categories_table(outcomes))
    console.print(time_line(outcomes), highlight=False)
    calibration = calibration_table(confidences(outcomes))
    if calibration is not None:
        console.print(calibration)
    if show:
        for line in wrong_answers([one for one in outcomes if one.question.split == "tune"]):
            console.print(line, markup=False, highlight=False, soft_wrap=True)


def _passes(totals: dict[str, Figures], console: Console) -> bool:
    baseline = read_baseline()
    found = [f"{name}: {line}" for name, one in totals.items() for line in shortfalls(one, baseline.get(name, {}))]
    found += [f"{name}: there is no baseline yet." for name in totals if name not in baseline]
    for line in found:
        console.print(line, markup=False, highlight=False)
    return not found
