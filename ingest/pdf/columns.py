"""Columns of running text, where the order of drawing is not the order of reading.

The drawing order is trusted unless it jumps to and fro between columns, has them the wrong way round, or goes up
within one: only a layout program knows that a box belongs after a paragraph, and most write what they know.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.pdf.glyphs import Segment

_FEW = 6  # lines: no column is shorter
_ACROSS = 0.25  # of the segments: headings, pictures' captions and tables may lie across a gutter
_FILLED = 0.6  # of a column's width: the usual line of running text
_WORDS = 3  # in the usual line: fewer are the cells of a table
_PITCH = 1.7  # times the size, from line to line: rows of a table stand further apart
_LOWER = 0.3  # of the lines begin in lower case, for a sentence goes on; cells of a table do not
_JUMPS = 5
_TO_AND_FRO = 0.2  # of the steps
_ALIKE = 0.75  # one column's width to the next one's
_UPWARD = 0.3  # of the steps within a column


def order_columns(segments: Sequence[Segment]) -> tuple[list[Segment], bool]:
    """The segments in reading order, and whether the drawing order had to be given up for it."""
    upright = [segment for segment in segments if not segment.angle]
    parts = _cut(upright)
    if len(parts) == 1 and not _goes_up(upright):
        return list(segments), False
    if len(parts) > 1 and not _is_mixed(upright, parts):
        return list(segments), False
    turned = [segment for segment in segments if segment.angle]
    return [*(s for part in parts for s in sorted(part, key=lambda s: (round(s.middle), s.x0))), *turned], True


def _cut(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Columns and what lies across them, in reading order; a part without columns is whole."""
    gutters = _gutters(segments)
    across = sum(_column(segment, gutters) is None for segment in segments)
    for above, below in _halves(segments) if across or not gutters else ():
        others = _gutters(above), _gutters(below)
        if gutters and not all(others):
            continue
        parted = sum(_column(s, g) is None for part, g in zip((above, below), others, strict=True) for s in part)
        if any(others) and (not gutters or parted < across):
            return [*_cut(above), *_cut(below)]
    return _bands(segments, gutters) if gutters else [list(segments)]


def _bands(segments: Sequence[Segment], gutters: Sequence[float]) -> list[list[Segment]]:
    """From one segment across to the next: the columns from left to right."""
    parts: list[list[Segment]] = []
    columns: list[list[Segment]] = [[] for _ in range(len(gutters) + 1)]
    for segment in sorted(segments, key=lambda s: (s.middle, s.x0)):
        number = _column(segment, gutters)
        if number is not None:
            columns[number].append(segment)
            continue
        parts += [column for column in columns if column]
        columns = [[] for _ in columns]
        parts.append([segment])
    return parts + [column for column in columns if column]


def _column(segment: Segment, gutters: Sequence[float]) -> int | None:
    """Which column holds a segment; None for one that lies across a gutter."""
    if any(segment.x0 < gutter < segment.x1 for gutter in gutters):
        return None
    return sum(gutter <= segment.x0 for gutter in gutters)


def _halves(segments: Sequence[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """Above and below each of the three widest empty strips across the page."""
    ordered = sorted(segments, key=lambda s: s.y0)
    strips: list[tuple[float, float]] = []
    reach = ordered[0].y1 if ordered else 0.0
    for segment in ordered[1:]:
        strips.append((segment.y0 - reach, (segment.y0 + reach) / 2))
        reach = max(reach, segment.y1)
    widest = sorted((strip for strip in strips if strip[0] > 0.8 * median(s.height for s in ordered)), reverse=True)[:3]
    return [([s for s in ordered if s.middle < y], [s for s in ordered if s.middle >= y]) for _, y in widest]


def _gutters(segments: Sequence[Segment]) -> list[float]:
    """The middles of the empty strips between columns whose lines mostly fill their width."""
    if len(segments) < 2 * _FEW:
        return []
    left, right = min(s.x0 for s in segments), max(s.x1 for s in segments)
    steps = [left + (right - left) * step / 200 for step in range(30, 171)]
    crossing = [sum(s.x0 < x < s.x1 for s in segments) for x in steps]
    open_steps = [n for n, count in enumerate(crossing) if count <= _ACROSS * len(segments)]
    gutters: list[float] = []
    for run in _runs(open_steps):
        least = min(crossing[n] for n in run)
        clear = [n for n in run if crossing[n] == least]
        gutters.append(steps[clear[len(clear) // 2]])
    while (
        gutters
        and (bad := next((n for n in range(len(gutters) + 1) if not _is_text(segments, gutters, n)), None)) is not None
    ):
        gutters.pop(min(bad, len(gutters) - 1))
    return gutters


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _is_text(segments: Sequence[Segment], gutters: Sequence[float], number: int) -> bool:
    column = [s for s in segments if _column(s, gutters) == number]
    if len(column) < _FEW or median(len(s.text.split()) for s in column) < _WORDS:
        return False
    cased = [s.text[0] for s in column if s.text[0].isalpha() and s.text[0].upper() != s.text[0].lower()]
    if sum(letter.islower() for letter in cased) < _LOWER * len(cased):
        return False
    feet = sorted(s.y1 for s in column)
    if median(b - a for a, b in pairwise(feet)) > _PITCH * median(s.style.size for s in column):
        return False
    width = max(s.x1 for s in column) - min(s.x0 for s in column)
    return median(s.x1 - s.x0 for s in column) > _FILLED * width


def _is_mixed(segments: Sequence[Segment], parts: Sequence[Sequence[Segment]]) -> bool:
    """Whether the drawing order goes to and fro between the parts, or takes alike columns from right to left."""
    part_of = {id(segment): number for number, part in enumerate(parts) for segment in part}
    long = {number for number, part in enumerate(parts) if len(part) > 1}
    drawn = [number for segment in segments if (number := part_of[id(segment)]) in long]
    jumps = sum(a != b for a, b in pairwise(drawn))
    return (
        jumps > max(_JUMPS, len(long), _TO_AND_FRO * len(drawn))
        or _is_backward(drawn, parts)
        or _goes_up(segments, part_of)
    )


def _is_backward(drawn: Sequence[int], parts: Sequence[Sequence[Segment]]) -> bool:
    """Two long columns of one width side by side, and all of the right one before the left one."""
    for left, right in pairwise(range(len(parts))):
        one, other = parts[left], parts[right]
        if min(len(one), len(other)) < _FEW or left not in drawn or right not in drawn:
            continue
        widths = [max(s.x1 for s in part) - min(s.x0 for s in part) for part in (one, other)]
        beside = max(s.x1 for s in one) <= min(s.x0 for s in other) and min(widths) > _ALIKE * max(widths)
        last = max(n for n, part in enumerate(drawn) if part == right)
        if beside and last < drawn.index(left):
            return True
    return False


def _goes_up(segments: Sequence[Segment], part_of: dict[int, int] | None = None) -> bool:
    """Whether the lines of one column are drawn in no order, or from its foot up."""
    pairs = [
        (a, b)
        for a, b in pairwise(segments)
        if (part_of is None or part_of[id(a)] == part_of[id(b)]) and abs(a.x0 - b.x0) < a.height and len(a.text) > 20
    ]
    upward = sum(b.y0 < a.y0 - 0.5 * a.height for a, b in pairs)
    return len(pairs) >= _FEW and upward > _UPWARD * len(pairs)
