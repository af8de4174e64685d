"""Tables of web pages: a cell that spans columns stands once, one that spans rows in each of them."""

import re
from collections.abc import Callable, Iterator

from bs4 import Tag

from ingest.formats.flow import ABOVE, FlowBlock, Part, make_table

_WIDEST = 200  # columns


def read_table(
    table: Tag, blocks_of: Callable[[Tag], Iterator[FlowBlock]], text_of: Callable[[Tag], str]
) -> Iterator[FlowBlock]:
    """Its rows; a table that is there for the layout alone is read as what stands in its cells."""
    groups = [table, *table.find_all(["thead", "tbody", "tfoot"], recursive=False)]
    rows = [row for group in groups for row in group.find_all("tr", recursive=False)]
    cells = [list(row.find_all(["td", "th"], recursive=False)) for row in rows]
    is_layout = table.get("role") in ("presentation", "none") or table.find("table") is not None
    if is_layout or max(map(len, cells), default=0) <= 1:
        for row in cells:
            for cell in row:
                yield from blocks_of(cell)
        return
    yield from make_table(_grid(cells, text_of))


def _grid(rows: list[list[Tag]], text_of: Callable[[Tag], str]) -> list[list[Part]]:
    taken: dict[int, int] = {}  # column: rows that a cell above still covers
    grid: list[list[Part]] = []
    for row in rows:
        line: list[Part] = []
        covered = dict(taken)
        for cell in row:
            while covered.get(len(line), 0) and len(line) < _WIDEST:
                line.append(ABOVE)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for number in range(wide):
                taken[len(line)] = high
                line.append(Part(text_of(cell) if not number else ""))
        while covered.get(len(line), 0) and len(line) < _WIDEST:
            line.append(ABOVE)
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        grid.append(line)
    return grid


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return min(int(value), _WIDEST) if re.fullmatch(r"[1-9]\d{0,4}", value) else 1
