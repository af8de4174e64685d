"""The verifier alone: `assistant evals verifier` shows it planted errors and the true statements beside them.

Those about the starter documents count, and with `--journals` and `--other` those about more documents. `recall` is
the share of planted errors that are not shown, `withdrawn` the share of true statements that are not shown either.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.shelf import Shelf
from assistant.writing.verify import Verdict, Witness, verify
from evals.field.table import between, number
from evals.layout import figures_layout
from evals.planted import KINDS, Pair, Passage, Source, passages_of, read_planted
from evals.run import bench
from evals.statistics import proportion
from ingest.programme import CORPUS

Verify = Callable[[str, Sequence[Witness], Shelf], Verdict]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the verifier said of both statements of a pair, each with its reason where it was withdrawn."""

    pair: Pair
    error: Verdict
    honest: Verdict

    @property
    def caught(self) -> bool:
        return not self.error.supported

    @property
    def withdrawn(self) -> bool:
        return not self.honest.supported


def judge_pairs(pairs: Sequence[Pair], shelf: Shelf, by: Verify = verify) -> tuple[Judged, ...]:
    """Those pairs whose file is on the shelf, each against the units of its own passage alone."""
    passages = passages_of(pairs, shelf)
    return tuple(_judge(pair, passages[pair.id], shelf, by) for pair in pairs if pair.id in passages)


def _judge(pair: Pair, passage: Passage, shelf: Shelf, by: Verify) -> Judged:
    witnesses = tuple(Witness(passage.stored, unit) for unit in passage.units)
    return Judged(pair, by(pair.false, witnesses, shelf), by(pair.true, witnesses, shelf))


def totals_table(judged: Sequence[Judged]) -> Table:
    """All, the two halves, and the subtle errors apart from the plain ones."""
    rows: Mapping[str, Callable[[Judged], bool]] = {
        "all": lambda _: True,
        "tune": lambda one: one.pair.split == "tune",
        "report": lambda one: one.pair.split == "report",
        "subtle": lambda one: one.pair.subtle,
        "plain": lambda one: not one.pair.subtle,
        "starter": lambda one: one.pair.source == "starter",
        "journals": lambda one: one.pair.source == "journals",
        "other prose": lambda one: one.pair.source == "other",
    }
    table = figures_layout(f"verifier: {len(judged)} pairs", "", "pairs", "recall", "95 % CI", "withdrawn", "95 % CI")
    for name, belongs in rows.items():
        found = [one for one in judged if belongs(one)]
        if found:
            table.add_row(name, *_cells(found))
    return table


def kinds_table(judged: Sequence[Judged]) -> Table:
    table = figures_layout(None, "kind", "pairs", "recall", "95 % CI", "withdrawn", "95 % CI")
    for kind in KINDS:
        found = [one for one in judged if one.pair.kind == kind]
        if found:
            table.add_row(kind, *_cells(found))
    return table


def _cells(judged: Sequence[Judged]) -> Iterator[str]:
    yield str(len(judged))
    for count in (sum(one.caught for one in judged), sum(one.withdrawn for one in judged)):
        yield number(count / len(judged))
        yield between(proportion(count, len(judged)))


def mistakes(judged: Sequence[Judged]) -> list[str]:
    """A line for each statement that was misjudged; none of the half that is kept for reporting."""
    lines = []
    for one in judged:
        if one.pair.split == "tune" and not one.caught:
            lines.append(f"{one.pair.id} {one.pair.kind}, shown: {one.pair.false} (true: {one.pair.true})")
        if one.pair.split == "tune" and one.withdrawn:
            lines.append(f"{one.pair.id} {one.pair.kind}, withdrawn ({one.honest.reason}): {one.pair.true}")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.verifier", description=__doc__)
    parser.add_argument("--journals", type=Path, metavar="FOLDER", help="the folder that holds the two journals")
    parser.add_argument(
        "--other", type=Path, metavar="FOLDER", help="the folder that holds the report of another field"
    )
    parser.add_argument("--split", choices=("tune", "report", "all"), default="all", help="half of the pairs, or all")
    parser.add_argument("--show", action="store_true", help="print what was misjudged of the tuning half")
    given = parser.parse_args(arguments)
    pairs = [pair for pair in read_planted() if given.split in ("all", pair.split)]
    console = Console()
    judged: list[Judged] = []
    folders: Mapping[Source, Path | None] = {"starter": CORPUS, "journals": given.journals, "other": given.other}
    for source, folder in folders.items():
        about = [pair for pair in pairs if pair.source == source]
        if folder is None:
            continue
        if missing := sorted({pair.file for pair in about if not (folder / pair.file).is_file()}):
            parser.error(f"{folder} does not hold {' and '.join(missing)}.")
        judged += _judge_over(folder, about)
    console.print(totals_table(judged))
    console.print(kinds_table(judged))
    for line in mistakes(judged) if given.show else []:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    return 0


def _judge_over(folder: Path, pairs: Sequence[Pair]) -> tuple[Judged, ...]:
    """Each source in a library of its own: a digest would step aside for its original."""
    with bench([folder / name for name in sorted({pair.file for pair in pairs})]) as at:
        return judge_pairs(pairs, at.assistant.shelf())


if __name__ == "__main__":
    sys.exit(main())
