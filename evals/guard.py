"""How well case data and live concerns are told from everyday questions: `assistant evals guard`.

`case-data.jsonl` holds made-up questions of busy people, with the kinds of what they hold (none: harmless) and the
words that the edited version may not hold any more; `concerns.jsonl` says which sound like a live concern. Golden
questions are harmless and no concern, all of them. The half `report` was written before the rules, and its failures
were not looked at while they were made; `fresh` was written after them and asked once.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.case_data.examine import examine
from assistant.case_data.published import Published, published
from assistant.concern import Concerns
from evals.questions import FOLDER
from evals.run import bench
from evals.statistics import figure, interval
from ingest.programme import CORPUS, load_programme

CASE_DATA = FOLDER / "case-data.jsonl"
CONCERNS = FOLDER / "concerns.jsonl"
HALVES = ("tune", "report", "fresh")


@dataclass(frozen=True, slots=True)
class Row:
    """`flagged` is what should be: case data, or a live concern. `hidden` may not stand in the edited version."""

    id: str
    split: str
    question: str
    flagged: bool
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    row: Row
    flagged: bool
    clean: bool = True  # nothing hidden is left in the edited version, and it asks something

    @property
    def right(self) -> bool:
        return self.flagged == self.row.flagged


def read_case_data(path: Path = CASE_DATA) -> list[Row]:
    return [Row(r["id"], r["split"], r["question"], bool(r["kinds"]), tuple(r["hidden"])) for r in _rows(path)]


def read_concerns(path: Path = CONCERNS) -> list[Row]:
    return [Row(r["id"], r["split"], r["question"], r["live"]) for r in _rows(path)]


def golden(folders: Iterable[Path] = (FOLDER,)) -> list[Row]:
    """Every turn of every golden question in the folders: harmless, and no concern."""
    files = [path for folder in folders for path in sorted(folder.glob("*.jsonl"))]
    found = [(path, row) for path in files for row in _rows(path) if "turns" in row]
    return [Row(f"{path.stem} {r['id']}", "golden", turn, False) for path, r in found for turn in r["turns"]]


def judge_case_data(rows: Iterable[Row], known: Published) -> list[Judged]:
    judged = []
    for row in rows:
        seen = examine(row.question, known)
        left = any(word in (seen.edited or "") for word in row.hidden)
        judged.append(Judged(row, bool(seen.found), seen.edited is not None and not left))
    return judged


def judge_concerns(rows: Iterable[Row], concerns: Concerns) -> list[Judged]:
    asked = list(rows)
    lines = concerns.lines([row.question for row in asked])
    return [Judged(row, line is not None) for row, line in zip(asked, lines, strict=True)]


def recall(judged: Iterable[Judged]) -> list[tuple[float, float]]:
    """What each question adds: of those that should be flagged, how many are."""
    return [(float(one.flagged), 1.0) for one in judged if one.row.flagged]


def precision(judged: Iterable[Judged]) -> list[tuple[float, float]]:
    """Of those that are flagged, how many should be."""
    return [(float(one.row.flagged), 1.0) for one in judged if one.flagged]


def edited_clean(judged: Iterable[Judged]) -> list[tuple[float, float]]:
    """Of those that are rightly flagged, how many are edited into a question that identifies nobody."""
    return [(float(one.clean), 1.0) for one in judged if one.flagged and one.row.flagged]


def table(title: str, judged: Sequence[Judged], measures: dict[str, Callable[..., list[tuple[float, float]]]]) -> str:
    lines = [f"{title:22} {'questions':>9}" + "".join(f"  {name:<22}" for name in measures)]
    for half in (*HALVES, "all", "all and golden"):
        chosen = [one for one in judged if half in (one.row.split, "all and golden") or half == "all" != one.row.split]
        chosen = [one for one in chosen if half != "all" or one.row.split != "golden"]
        if chosen:
            cells = "".join(f"  {_cell(measure(chosen)):<22}" for measure in measures.values())
            lines.append(f"{half:22} {len(chosen):9}{cells}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="assistant evals guard", description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what was judged wrongly, the half `report` aside")
    parser.add_argument("--questions", type=Path, action="append", default=[], help="a folder of more golden questions")
    parser.add_argument(
        "--words", action="store_true", help="judge by words alone, without library and embedding model"
    )
    options = parser.parse_args(arguments)
    programme, harmless = load_programme(), golden((FOLDER, *options.questions))
    with nullcontext() if options.words else bench(sorted(CORPUS.glob("*.pdf"))) as at:
        known = published(programme, at.library if at else None)
        data = judge_case_data([*read_case_data(), *harmless], known)
        concerns = judge_concerns([*read_concerns(), *harmless], Concerns(programme, at.library if at else None))
    print(table("case data", data, {"recall": recall, "precision": precision, "edited": edited_clean}), end="\n\n")
    print(table("live concerns", concerns, {"recall": recall, "precision": precision}))
    for one in (*data, *concerns) if options.show else ():
        if one.row.split != "report" and not (one.right and one.clean):
            print(f"{one.row.id}: {one.row.question}")
    return 0


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _cell(parts: list[tuple[float, float]]) -> str:
    value, between = figure(parts), interval(parts)
    if value is None:
        return "–"
    return f"{value:.3f}" + (f" ({between.low:.2f}–{between.high:.2f})" if between else "")


if __name__ == "__main__":
    sys.exit(main())
