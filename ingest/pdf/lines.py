"""Segments into lines in reading order: bullets joined to items, cells to rows, columns one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.pdf.glyphs import Segment

BULLETS = frozenset("•◦▪▫●○■□‣⁃∙·*➢➤✓✔❖\uf0b7\uf0a7\uf0d8")
_MAX_CELL_LINES = 6
_NEAR_LINES = 5


@dataclass(slots=True)
class Line:
    """One line of prose, or one row of a table (then `cells` has more than one entry, each of one or more segments)."""

    cells: list[list[Segment]]
    bullet: bool = False

    @property
    def segments(self) -> list[Segment]:
        return [segment for cell in self.cells for segment in cell]

    @property
    def first(self) -> Segment:
        return self.cells[0][0]

    @property
    def is_row(self) -> bool:
        return len(self.cells) > 1


def read_lines(segments: Sequence[Segment]) -> tuple[list[Line], bool]:
    """The lines of a page, and whether its drawing order crossed columns and had to be put right."""
    prose = _attach_bullets(segments)
    ordered, crossed = _order_columns(_split_at_cells(prose))
    return _rows(ordered), crossed


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
        if segment.text[at - 1] != " ":
            continue
        if any(abs(segment.boxes[at][0] - x) < 0.7 for x in columns):
            left = segment.part(0, at - 1, segment.bullet)
            return [left, *_split(segment.part(at, len(segment.text)), columns)]
    return [segment]


def _order_columns(segments: list[Segment]) -> tuple[list[Segment], bool]:
    """Trusts the drawing order, unless it jumps to and fro over a gutter between two columns of running text."""
    gutter = _gutter(segments)
    if gutter is None:
        return segments, False
    sides = [_side(s, gutter) for s in segments]
    jumps = sum(1 for a, b in pairwise(sides) if a and b and a != b)
    if jumps <= 5:
        return segments, False
    ordered: list[Segment] = []
    band: list[Segment] = []
    for segment in sorted(segments, key=lambda s: (s.middle, s.x0)):
        if _side(segment, gutter):
            band.append(segment)
        else:
            ordered += [*_by_side(band, gutter), segment]
            band = []
    return ordered + _by_side(band, gutter), True


def _by_side(band: list[Segment], gutter: float) -> list[Segment]:
    return sorted(band, key=lambda s: (_side(s, gutter), s.middle, s.x0))


def _side(segment: Segment, gutter: float) -> int:
    """1 left of the gutter, 2 right of it, 0 across it."""
    return 1 if segment.x1 <= gutter else 2 if segment.x0 >= gutter else 0


def _gutter(segments: list[Segment]) -> float | None:
    """The middle of an empty strip between two columns whose lines mostly fill their width, else None."""
    if len(segments) < 12:
        return None
    left, right = min(s.x0 for s in segments), max(s.x1 for s in segments)
    for step in range(35, 66, 2):
        x = left + (right - left) * step / 100
        sides: dict[int, list[Segment]] = {0: [], 1: [], 2: []}
        for segment in segments:
            sides[_side(segment, x)].append(segment)
        if len(sides[0]) > 0.25 * len(segments) or min(len(sides[1]), len(sides[2])) < 6:
            continue
        widths = (x - left, right - x)
        fills = [median(s.x1 - s.x0 for s in sides[n]) / widths[n - 1] for n in (1, 2)]
        if min(fills) > 0.6:
            return x
    return None


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
        if line.is_row or abs(above.x0 - below.x0) > 2 or above.style.size != below.style.size:
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
