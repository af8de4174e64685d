"""Tables that were drawn column by column, or from the foot up: their cells in the order of their rows."""

from collections.abc import Sequence
from itertools import pairwise

from ingest.pdf.glyphs import Segment
from ingest.pdf.line import Line

_IN_ROWS = 0.8  # of a table's cells: fewer in rows, and it was not drawn row by row
_UPWARD = 0.2  # of the steps from row to row
_PROSE_WORDS = 4.5


def restore_rows(segments: Sequence[Segment], lines: Sequence[Line]) -> list[Segment] | None:
    """The order of the rows, where a table was drawn column by column or from its foot up; None where all is well.

    `lines` are what the drawing order gives: rows from the top down are not touched.
    """
    tops = {id(segment): line.top for line in lines if line.is_row for segment in line.segments}
    found: list[list[Segment]] = []
    for run in _tabular_runs(_levels(segments)):
        cells = [segment for level in run for segment in level]
        held = {id(segment) for segment in cells}
        drawn = [tops[id(s)] for s in segments if id(s) in tops and id(s) in held]
        steps = [b - a for a, b in pairwise(drawn) if a != b]
        upward = sum(step < 0 for step in steps)
        if len(drawn) < _IN_ROWS * len(cells) or upward > _UPWARD * len(steps):
            found.append(cells)
    return _moved_together(segments, found) if found else None


def _levels(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments that stand side by side, from the top down, each from left to right."""
    levels: list[list[Segment]] = []
    for segment in sorted((s for s in segments if not s.angle), key=lambda s: s.middle):
        if levels and abs(segment.middle - levels[-1][0].middle) < 0.4 * min(segment.height, levels[-1][0].height):
            levels[-1].append(segment)
        else:
            levels.append([segment])
    return [sorted(level, key=lambda s: s.x0) for level in levels]


def _tabular_runs(levels: Sequence[list[Segment]]) -> list[list[list[Segment]]]:
    """Four or more levels of three or more short cells, near each other."""
    runs: list[list[list[Segment]]] = [[]]
    for level in levels:
        words = sum(len(segment.text.split()) for segment in level) / len(level)
        if len(level) < 3 or words > _PROSE_WORDS:
            continue
        if runs[-1] and level[0].middle - runs[-1][-1][0].middle > 4 * level[0].height:
            runs.append([])
        runs[-1].append(level)
    return [run for run in runs if len(run) >= 4]


def _moved_together(segments: Sequence[Segment], found: Sequence[Sequence[Segment]]) -> list[Segment]:
    """The segments with each table's in the order given, where the first of them was drawn."""
    table_of = {id(segment): rows for rows in found for segment in rows}
    ordered: list[Segment] = []
    placed: set[int] = set()
    for segment in segments:
        rows = table_of.get(id(segment))
        if rows is None:
            ordered.append(segment)
        elif id(rows) not in placed:
            placed.add(id(rows))
            ordered += rows
    return ordered
