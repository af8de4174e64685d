"""Rows of a table into its columns, so that a cell stands under its head also where the cell before it is empty."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.pdf.glyphs import Segment
from ingest.pdf.line import Line

_WIDE = 0.7  # times the size: within a row, a space as wide parts two cells
_CLOSE = 1.35  # times the size: lines of one cell
_SIGN = re.compile(r"^[$£€¥]$")
_TAIL = re.compile(r"^[%)]+$")
_FIGURE = re.compile(r"^[($£€+−–-]*\s?\(?\d[\d,.]*\s?[)%]*$|^[$£€]?\s?[—–-]\s?%?$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_LABEL_WORDS = 14
_TIGHT_WORDS = 6
Column = tuple[float, float]


def align_tables(lines: Sequence[Line]) -> list[Line]:
    """Gives all rows of a table the same columns, joins heads over several lines, keeps the lines between its rows."""
    lines = _with_tight_rows(list(lines))
    aligned: list[Line] = []
    at = 0
    while at < len(lines):
        end = _table_end(lines, at)
        if end - at > 1:
            aligned += _align(lines[at:end])
            at = end
        else:
            aligned.append(lines[at])
            at += 1
    return aligned


def _with_tight_rows(lines: list[Line]) -> list[Line]:
    """Parts a line beside a row, whose cells are set so closely that they were taken for words of one line."""
    for numbers in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        beside = -1 if numbers.step > 0 else 1
        for n in numbers:
            line, row = lines[n], lines[n + beside]
            if line.is_row or not row.is_row or line.bullet or len(line.segments) > 1:
                continue
            pieces = _split_wide(line.first)
            near = _is_near(row, line) if beside < 0 else _is_near(line, row)
            few = max(len(piece.text.split()) for piece in pieces) <= _TIGHT_WORDS
            if near and few and len(pieces) > 1 and (len(pieces) > 2 or len(pieces) == len(row.cells)):
                lines[n] = Line([[piece] for piece in pieces])
    return lines


def _table_end(lines: Sequence[Line], start: int) -> int:
    """Past the last row of the table that starts here; a label of one line may stand between two rows."""
    end = start
    while end < len(lines):
        if lines[end].is_row and (end == start or _is_near(lines[end - 1], lines[end])):
            end += 1
        elif start < end and _is_label(lines, end, lines[start:end]):
            end += 2
        else:
            break
    return end


def _is_near(above: Line, below: Line) -> bool:
    return below.top - above.top > 0 and below.top - above.bottom < 3 * below.first.height


def _is_label(lines: Sequence[Line], at: int, rows: Sequence[Line]) -> bool:
    line = lines[at]
    if line.bullet or at + 1 >= len(lines) or not lines[at + 1].is_row or len(line.first.text.split()) > _LABEL_WORDS:
        return False
    near = _is_near(lines[at - 1], line) and _is_near(line, lines[at + 1])
    left = min(row.first.x0 for row in rows)
    same = abs(line.first.style.size - rows[-1].first.style.size) < 0.4
    return near and same and abs(line.first.x0 - left) < 2 * line.first.height and not line.first.text.endswith(".")


def _align(lines: Sequence[Line]) -> list[Line]:
    rows = [Line(_cells(line), line.bullet, in_table=True) for line in lines]
    columns = _columns(rows)
    if len(columns) < 2:
        return list(lines)
    for row in rows:
        if len(row.cells) > 1:
            row.cells = _place(row.cells, columns)
    rows = _join_head(_set_right(rows))
    if not rows[0].cells[0] and all(rows[0].cells[1:]):  # a head without a label is known by its one cell less
        rows[0].cells = rows[0].cells[1:]
    return rows


def _set_right(rows: list[Line]) -> list[Line]:
    """A head of dates that begins over the labels, with none over the last figures, was set without its empty cell."""
    head, below = rows[0].cells, rows[1:]
    if len(head) < 3 or head[-1] or not all(head[:-1]) or not all(_labelled(row) for row in below):
        return rows
    shapes = {re.sub(r"\d+", "#", " ".join(segment.text for segment in cell)) for cell in head[:-1]}
    if len(shapes) == 1 and "#" in shapes.pop():
        rows[0].cells = [[], *head[:-1]]
    return rows


def _labelled(row: Line) -> bool:
    texts = [cell[0].text if cell else "" for cell in row.cells]
    return len(texts) == 1 or (not _FIGURE.match(texts[0]) and all(_FIGURE.match(text) for text in texts[1:]))


def _cells(line: Line) -> list[list[Segment]]:
    """A row's cells: parted where a space is wide; «£» goes with the figure behind it, «%» with the one before."""
    if not line.is_row:
        return line.cells
    parts: list[list[Segment]] = []
    for cell in line.cells:
        split = [_split_wide(segment) for segment in cell]
        if any(len(pieces) > 1 for pieces in split) and len(cell) == 1:
            parts += [[piece] for piece in split[0]]
        else:
            parts.append(cell)
    joined: list[list[Segment]] = []
    for part in parts:
        before = joined[-1] if joined else None
        signed = before and _SIGN.match(before[-1].text) and _FIGURE.match(part[0].text)
        if before and (signed or (_TAIL.match(part[0].text) and _gap(before, part) < 2)):
            before += part
        else:
            joined.append(list(part))
    return joined


def _gap(before: Sequence[Segment], after: Sequence[Segment]) -> float:
    return (after[0].x0 - before[-1].x1) / max(after[0].style.size, 1.0)


def _split_wide(segment: Segment) -> list[Segment]:
    text, boxes = segment.text, segment.boxes
    for at in range(1, len(text) - 1):
        if (
            text[at] == " "
            and boxes[at + 1][0] - boxes[at - 1][2] > _WIDE * segment.style.size
            and not segment.frame[0]
        ):
            return [segment.part(0, at, segment.bullet), *_split_wide(segment.part(at + 1, len(text)))]
    return [segment]


def _columns(rows: Sequence[Line]) -> list[Column]:
    """Where each column reaches: from the rows that have a cell in every one."""
    most = max(len(row.cells) for row in rows)
    full = [row for row in rows if len(row.cells) == most]
    return [(min(_left(row.cells[n]) for row in full), max(_right(row.cells[n]) for row in full)) for n in range(most)]


def _left(cell: Sequence[Segment]) -> float:
    return min(segment.x0 for segment in cell)


def _right(cell: Sequence[Segment]) -> float:
    return max(segment.x1 for segment in cell)


def _place(cells: Sequence[list[Segment]], columns: Sequence[Column]) -> list[list[Segment]]:
    """Each cell in its column; a cell over several columns is in the first of them, and the others are empty."""
    if len(cells) == len(columns):
        return list(cells)
    edges = [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    zones = list(zip([float("-inf"), *edges], [*edges, float("inf")], strict=True))
    placed: list[list[Segment]] = [[] for _ in columns]
    at = 0
    for number, cell in enumerate(cells):
        choices = range(at, len(columns) - (len(cells) - 1 - number))
        spanned = [n for n in choices if _shared(cell, columns[n]) > 0.5 * (columns[n][1] - columns[n][0])]
        at = spanned[0] if len(spanned) > 1 else max(choices, key=lambda n: _shared(cell, zones[n]))
        placed[at] = cell
        at += 1
    return placed


def _shared(cell: Sequence[Segment], column: Column) -> float:
    return min(_right(cell), column[1]) - max(_left(cell), column[0])


def _join_head(rows: list[Line]) -> list[Line]:
    """A head whose cells have several lines is drawn line by line: its lines become one row, column by column."""
    end = 1
    while end < len(rows) and _is_head_line(rows[end]) and _is_close(rows[end - 1], rows[end]):
        end += 1
    several = 1 < end < len(rows) and _is_head_line(rows[0])
    if not several or any(len(row.cells) < 3 for row in rows[:end]) or not any(map(_has_figures, rows[end:])):
        return rows
    cells = [[segment for row in rows[:end] for segment in row.cells[n]] for n in range(len(rows[0].cells))]
    return [Line(cells, rows[0].bullet, in_table=True), *rows[end:]]


def _is_head_line(row: Line) -> bool:
    return not any(_FIGURE.match(segment.text) and not _YEAR.match(segment.text) for segment in row.segments)


def _has_figures(row: Line) -> bool:
    return sum(bool(cell and _FIGURE.match(cell[-1].text)) for cell in row.cells) > 0.4 * len(row.cells)


def _is_close(above: Line, below: Line) -> bool:
    bold = above.first.style.bold == below.first.style.bold
    return bold and below.top - above.top < _CLOSE * below.first.style.size
