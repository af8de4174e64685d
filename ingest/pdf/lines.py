"""Segments into lines in reading order: bullets joined to items, cells to rows, columns one after the other."""

from collections.abc import Sequence

from ingest.pdf.columns import order_columns
from ingest.pdf.glyphs import Segment
from ingest.pdf.line import Line
from ingest.pdf.table_order import restore_rows
from ingest.pdf.tables import align_tables

__all__ = ["BULLETS", "Line", "read_lines"]

BULLETS = frozenset("•◦▪▫●○■□‣⁃∙·*➢➤✓✔❖\uf0b7\uf0a7\uf0d8")
_MAX_CELL_LINES = 6
_NEAR_LINES = 5
_CELL_GAP = 0.35  # of the size: a narrower space parts words, even where a column begins


def read_lines(segments: Sequence[Segment]) -> tuple[list[Line], bool]:
    """The lines of a page, and whether its drawing order crossed columns and had to be put right."""
    prose = _attach_bullets(segments)
    ordered, crossed = order_columns(_split_at_cells(prose))
    lines = _rows(ordered)
    restored = restore_rows(ordered, lines)
    return align_tables(_rows(restored) if restored else lines), crossed


def _attach_bullets(segments: Sequence[Segment]) -> list[Segment]:
    """Drops bullets drawn on their own and marks the segment at their right as a list item."""
    marks = [s for s in segments if s.text.strip() in BULLETS]
    prose = [s for s in segments if s.text.strip() not in BULLETS]
    for mark in marks:
        right = [
            s
            for s in prose
            if s.x0 >= mark.x0 and s.x0 - mark.x1 < 40 and abs(s.middle - mark.middle) < 0.6 * mark.height
        ]
        if right:
            min(right, key=lambda s: s.x0).bullet = True
    return [_strip_bullet(segment) for segment in prose]


def _strip_bullet(segment: Segment) -> Segment:
    text = segment.text
    if len(text) > 2 and text[0] in BULLETS - {"*"} and text[1] == " ":
        return segment.part(2, len(text), bullet=True)
    return segment


def _split_at_cells(segments: list[Segment]) -> list[Segment]:
    """Parts a label from a cell drawn so close to it that the two read as one line."""
    starts = [
        (s.x0, s.style.size, s.middle)
        for s in segments
        if any(t.x1 < s.x0 and abs(t.middle - s.middle) < 3 and t.style.size == s.style.size for t in segments)
    ]
    columns = {s for s in starts if sum(abs(s[0] - x) < 0.7 and s[1] == size for x, size, _ in starts) > 2}
    return [part for segment in segments for part in _split(segment, _columns_near(segment, columns))]


def _columns_near(segment: Segment, columns: set[tuple[float, float, float]]) -> list[float]:
    """Where cells of this size start in a table that reaches here: prose far from a table is not part of it."""
    margin = _NEAR_LINES * segment.style.size
    near: list[float] = []
    for x in {x for x, size, _ in columns if size == segment.style.size}:
        middles = [m for other, size, m in columns if size == segment.style.size and abs(other - x) < 0.7]
        if min(middles) - margin < segment.middle < max(middles) + margin:
            near.append(x)
    return near


def _split(segment: Segment, columns: Sequence[float]) -> list[Segment]:
    for at in range(2, len(segment.text) - 1):
        if segment.text[at - 1] != " " or _space_before(segment, at) < _CELL_GAP * segment.style.size:
            continue
        if any(abs(segment.boxes[at][0] - x) < 0.7 for x in columns):
            left = segment.part(0, at - 1, segment.bullet)
            return [left, *_split(segment.part(at, len(segment.text)), columns)]
    return [segment]


def _space_before(segment: Segment, at: int) -> float:
    return segment.boxes[at][0] - segment.boxes[at - 2][2]


def _rows(segments: list[Segment]) -> list[Line]:
    lines: list[Line] = []
    for segment in segments:
        if _is_next_cell(lines, segment):
            _start_cell(lines, segment)
        elif lines and lines[-1].is_row and _is_under(lines[-1].cells[-1], segment):
            lines[-1].cells[-1].append(segment)
        else:
            lines.append(Line([[segment]], segment.bullet))
    return lines


def _is_next_cell(lines: list[Line], segment: Segment) -> bool:
    """Right of the cell before it, and level with it: a bottom-to-top jump between columns is neither."""
    if not lines:
        return False
    cell = _cell_before(lines)
    beside = segment.x0 >= max(s.x1 for s in cell) - 1
    top, bottom = min(s.y0 for s in cell), max(s.y1 for s in cell)
    if lines[-1].is_row:
        row = lines[-1].segments
        top, bottom = min(s.y0 for s in row), max(s.y1 for s in row)
    level = top - 0.5 * segment.height < segment.middle < bottom + 0.5 * segment.height
    if not (beside and level) or len(cell) > _MAX_CELL_LINES:
        return False
    return lines[-1].is_row or len(cell) <= 2 or (len(segment.text) < 25 and not _ends_open(cell))


def _ends_open(cell: list[Segment]) -> bool:
    return cell[-1].text.endswith(("‐", "-", ","))


def _cell_before(lines: list[Line]) -> list[Segment]:
    """The last cell: of a row its last, else the run of close lines that ends here (a label over several lines)."""
    last = lines[-1]
    if last.is_row:
        return last.cells[-1]
    run = [last.first]
    for line in reversed(lines[:-1]):
        below, above = run[0], line.first
        if line.is_row or abs(above.x0 - below.x0) > 2 or above.style != below.style:
            break
        if not 0 < below.y0 - above.y0 < 1.45 * above.height:
            break
        run.insert(0, above)
    return run


def _start_cell(lines: list[Line], segment: Segment) -> None:
    if not lines[-1].is_row:
        label = _cell_before(lines)
        bullet = lines[-len(label)].bullet
        del lines[-len(label) :]
        lines.append(Line([label], bullet))
    lines[-1].cells.append([segment])


def _is_under(cell: list[Segment], segment: Segment) -> bool:
    above = cell[-1]
    step = segment.y0 - above.y0
    return abs(segment.x0 - above.x0) < 2 and 0 < step < 1.45 * above.height and segment.style.size == above.style.size
