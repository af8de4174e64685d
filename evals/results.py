"""Results as files: what every question added to every figure, so that two runs can be compared later."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.statistics import Part, figure


class ResultsError(Exception):
    """A file of results cannot be used; the message says which and how to make it again."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question of one arm. `answerable` and `confidence` are there where refusal was measured."""

    id: str
    measures: Mapping[str, Part]
    milliseconds: float
    answerable: bool | None = None
    refused: bool | None = None
    confidence: float | None = None


Results = Mapping[str, Sequence[Row]]  # by set, or by set and arm («scifact/ours»)


def parts_of(rows: Sequence[Row], measure: str) -> list[Part]:
    """A question that the measure says nothing of adds nothing."""
    return [row.measures.get(measure, (0.0, 0.0)) for row in rows]


def names_of(rows: Sequence[Row]) -> tuple[str, ...]:
    """The measures, in the order in which they came."""
    return tuple(dict.fromkeys(name for row in rows for name in row.measures))


def as_json(rows: Sequence[Row]) -> dict[str, Any]:
    return {
        "figures": {name: figure(parts_of(rows, name)) for name in names_of(rows)},
        "answers": [asdict(row) for row in rows],
    }


def write_results(path: Path, results: Mapping[str, Mapping[str, Any]]) -> None:
    path.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")


def read_results(path: Path) -> dict[str, tuple[Row, ...]]:
    """Raises ResultsError."""
    try:
        sets = json.loads(path.read_text("utf-8"))
        return {str(name): tuple(map(_row, one["answers"])) for name, one in sets.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResultsError(f"{path} holds no results ({error!r}): write them with `--json {path.name}`.") from error


def _row(saved: Mapping[str, Any]) -> Row:
    return Row(
        id=str(saved["id"]),
        measures={str(name): (float(part), float(whole)) for name, (part, whole) in saved["measures"].items()},
        milliseconds=float(saved["milliseconds"]),
        answerable=saved.get("answerable"),
        refused=saved.get("refused"),
        confidence=saved.get("confidence"),
    )
