"""Lines in reading order, for an engine that finds them from top to bottom over all columns."""

from collections.abc import Sequence
from itertools import groupby
from statistics import median

from ingest.ocr.engine import OcrLine, PixelBox

_LEAST = 4  # lines on each side of a gutter
_FILL = 0.55  # of its column's width: running text fills it, the cells of a table do not


def in_columns(lines: Sequence[OcrLine]) -> list[OcrLine]:
    """Columns of running text one after the other, between the lines that go across them; tables stay in rows."""
    ordered = sorted(lines, key=lambda line: (line_box(line)[1] + line_box(line)[3], line_box(line)[0]))
    best: list[list[OcrLine]] = []
    gutter = 0.0
    for x in _gutters(ordered):
        runs = [run for run in map(_without_tail, _runs(ordered, x)) if _is_text(run, x)]
        if sum(map(len, runs)) > sum(map(len, best)):
            best, gutter = runs, x
    if not best:
        return ordered
    return [line for part in _parts(ordered, best) for line in (_by_side(part, gutter) if part in best else part)]


def line_box(line: OcrLine) -> PixelBox:
    boxes = [word.box for word in line.words]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _gutters(lines: Sequence[OcrLine]) -> list[float]:
    if not lines:
        return []
    left, right = min(line_box(line)[0] for line in lines), max(line_box(line)[2] for line in lines)
    return [left + (right - left) * step / 50 for step in range(8, 43)]


def _side(line: OcrLine, gutter: float) -> int:
    """1 left of the gutter, 2 right of it, 0 across it."""
    x0, _, x1, _ = line_box(line)
    return 1 if x1 <= gutter else 2 if x0 >= gutter else 0


def _runs(lines: Sequence[OcrLine], gutter: float) -> list[list[OcrLine]]:
    """The stretches of the page in which no line goes across the gutter."""
    return [list(run) for clear, run in groupby(lines, key=lambda line: _side(line, gutter) > 0) if clear]


def _without_tail(run: list[OcrLine]) -> list[OcrLine]:
    """Without the short lines set off below all columns: a heading of what comes next."""
    end = len(run)
    while end > 1:
        _, top, _, bottom = line_box(run[end - 1])
        if top - max(line_box(line)[3] for line in run[: end - 1]) < 0.5 * (bottom - top):
            break
        end -= 1
    return run[:end]


def _is_text(run: Sequence[OcrLine], gutter: float) -> bool:
    sides = [[line_box(line) for line in run if _side(line, gutter) == side] for side in (1, 2)]
    if min(map(len, sides)) < _LEAST:
        return False
    for boxes in sides:
        width = max(box[2] for box in boxes) - min(box[0] for box in boxes)
        if median(box[2] - box[0] for box in boxes) < _FILL * width:
            return False
    return True


def _parts(lines: Sequence[OcrLine], runs: Sequence[list[OcrLine]]) -> list[list[OcrLine]]:
    """The whole page again, cut into the runs and what is between them."""
    place = {id(line): number for number, run in enumerate(runs) for line in run}
    return [list(part) for _, part in groupby(lines, key=lambda line: place.get(id(line), -1))]


def _by_side(run: Sequence[OcrLine], gutter: float) -> list[OcrLine]:
    return [line for side in (1, 2) for line in in_columns([one for one in run if _side(one, gutter) == side])]
