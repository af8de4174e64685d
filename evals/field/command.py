"""The public sets through the whole pipeline: `assistant evals field --qa FOLDER`.

Each set becomes a library by our own ingest; every arm is asked the same questions in the same run. Nothing in the
pipeline knows of the sets. With --keep the libraries and the baselines' vectors are made once: remove the folder when
ingest has changed.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rich.console import Console

from evals.field.clapnq import clapnq
from evals.field.files import FieldFilesError
from evals.field.retrieval import financebench, scifact
from evals.field.table import OURS, field_tables, published_line
from evals.plots import sure_answers
from evals.results import Row, as_json, write_results
from evals.table import calibration_table
from ingest.errors import IngestError

Measure = Callable[[Path, Path | None, Callable[[str], None]], Mapping[str, Sequence[Row]]]

SETS: Mapping[str, tuple[str, Measure]] = {  # folder and what measures it
    "scifact": ("scifact", scifact),
    "financebench": ("financebench", financebench),
    "clapnq": ("clapnq-dev", clapnq),
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.field", description=__doc__)
    parser.add_argument("--qa", type=Path, required=True, help="the folder that holds the sets")
    parser.add_argument("--set", choices=[*SETS, "all"], default="all", dest="which")
    parser.add_argument("--keep", type=Path, help="keep each set's library in this folder, and use it")
    parser.add_argument("--json", type=Path, help="write what every question added to the figures to this file")
    given = parser.parse_args(arguments)
    try:
        found = measure(list(SETS) if given.which == "all" else [given.which], given.qa, given.keep)
    except (FieldFilesError, IngestError) as error:
        print(error, file=sys.stderr)
        return 1
    if given.json:
        write_results(given.json, {name: as_json(rows) for name, rows in found.items()})
    return 0


def measure(names: Sequence[str], qa: Path, keep: Path | None) -> dict[str, Sequence[Row]]:
    """Prints each set's tables as soon as it is done; the rows by «set/arm»."""
    console = Console()
    found: dict[str, Sequence[Row]] = {}
    for name in names:
        folder, ask = SETS[name]
        began = time.perf_counter()
        arms = ask(qa / folder, keep / name if keep else None, _tell)
        for table in field_tables(name, arms):
            console.print(table)
        if published := published_line(name):
            console.print(published, highlight=False)
        if calibrated := calibration_table(sure_answers(arms[OURS])):
            console.print(calibrated)
        console.print(f"{time.perf_counter() - began:.0f} s in all", highlight=False)
        found |= {f"{name}/{arm}": rows for arm, rows in arms.items()}
    return found


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
