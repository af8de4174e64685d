"""How many of the examples that are shown are what they are said to be: `assistant evals examples`.

`examples.jsonl` holds places that a person has judged, one a line: file, page, start, end, kind, and whether it is
right. Only places are kept, no words. Without `--journals FOLDER` those of the starter documents count.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.browse import browse
from assistant.examples.find import find_examples
from assistant.shelf import Shelf
from evals.run import bench
from ingest.programme import CORPUS

JUDGED = Path(__file__).with_name("examples.jsonl")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that is shown as an example of a kind."""

    file: str
    page: int
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the examples of a kind: right ones, wrong ones, and ones that nobody has judged yet."""

    right: int
    wrong: int
    unjudged: int

    @property
    def value(self) -> float:
        judged = self.right + self.wrong
        return self.right / judged if judged else 1.0


def read_judged(path: Path = JUDGED) -> dict[Spot, bool]:
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return {Spot(row["file"], row["page"], row["start"], row["end"], row["kind"]): row["right"] for row in rows}


def spots_of(shelf: Shelf) -> list[Spot]:
    """All that is found, whatever the table of the library holds."""
    return [
        Spot(shelf.documents[document].file_name, e.span.page, e.span.start, e.span.end, e.kind.value)
        for document in shelf.documents
        for e in find_examples(shelf, document, browse(shelf, document))
    ]


def precision(found: Iterable[Spot], judged: dict[Spot, bool]) -> dict[str, Precision]:
    """By kind."""
    verdicts: dict[str, list[bool | None]] = {}
    for spot in found:
        verdicts.setdefault(spot.kind, []).append(judged.get(spot))
    counted = {
        kind: Precision(all_.count(True), all_.count(False), all_.count(None)) for kind, all_ in verdicts.items()
    }
    return dict(sorted(counted.items()))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.examples", description=__doc__)
    parser.add_argument("--journals", type=Path, help="the folder that holds the two journals")
    options = parser.parse_args(arguments)
    documents = sorted(CORPUS.glob("*.pdf")) + (sorted(options.journals.glob("*.pdf")) if options.journals else [])
    with bench(documents) as at:
        found = precision(spots_of(at.assistant.shelf()), read_judged())
    print(f"{'kind':10} {'shown':>5} {'right':>5} {'wrong':>5} {'unjudged':>8} {'precision':>9}")
    for kind, one in found.items():
        shown = one.right + one.wrong + one.unjudged
        print(f"{kind:10} {shown:5} {one.right:5} {one.wrong:5} {one.unjudged:8} {one.value:9.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
