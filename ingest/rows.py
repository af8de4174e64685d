"""Rows of tables as their text: which one is a head, and which head stands over which row."""

import re
from collections.abc import Iterable

from ingest.types import BlockKind, Page

_FIGURE = re.compile(r"^[($£€+−–-]*\s?\(?\d[\d,.]*\s?[)%]*(?:\s[⁰¹²³⁴-⁹]+)?$|^[$£€]?\s?[—–-]\s?%?$")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"^(?:(?:q[1-4]|{_MONTH}|\d{{1,2}})[ .]*)*(?:{_MONTH} )?(?:19|20)\d\d(?:\s?[/–-]\s?\d{{2,4}})?$", re.I
)


def cells_of(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|")]


def may_head(row: str) -> bool:
    """Whether a row has several cells and no figures but dates behind its first."""
    cells = cells_of(row)[1:]
    return bool(cells) and not any(_FIGURE.match(cell) and not _DATE.match(cell) for cell in cells)


def has_dates_only(row: str) -> bool:
    cells = cells_of(row)[1:]
    return bool(cells) and all(_DATE.match(cell) for cell in cells)


def replaces(row: str, head: str) -> bool:
    """Whether a row of dates below a head is a new head: not where it has a label, and the head says whose dates."""
    return has_dates_only(row) and (not head or not cells_of(row)[0] or has_dates_only(head) or not fits(head, row))


def fits(head: str, row: str) -> bool:
    """A head without a cell over the labels has one cell less."""
    return 0 <= row.count("|") - head.count("|") <= 1


def find_heads(pages: Iterable[Page]) -> dict[tuple[int, int], str]:
    """The head of each row by page number and place among its blocks, also where the table goes on overleaf."""
    heads: dict[tuple[int, int], str] = {}
    head, shape, in_table = "", 0, False
    for page in pages:
        for number, block in enumerate(page.blocks):
            if block.kind is not BlockKind.TABLE_ROW:
                in_table = in_table and block.kind is BlockKind.FOOTNOTE
                continue
            row = page.text[block.start : block.end]
            carried = number > 0 or row.count("|") == shape
            if not (in_table and carried):
                head = row if may_head(row) else ""
            elif replaces(row, head):
                head = row
            elif head and row != head and fits(head, row):
                heads[page.number, number] = head
            shape, in_table = row.count("|"), True
    return heads
