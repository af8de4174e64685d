"""How each kind of block looks; sizes in points."""

import re
import unicodedata
from dataclasses import dataclass

from ingest.types import BlockKind

WIDTH = 595.0  # A4
MARGIN = 56.0
ASCENT, DESCENT = 0.92, 0.24  # ems above and below the baseline: Arial's and Liberation Sans's, rounded up
CELL_GAP = 12.0
_MARKED = re.compile(r"^(?:[•◦▪▫●○■□‣⁃∙·*➢➤✓✔❖–-]\s|\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})[.)]\s)")


@dataclass(frozen=True, slots=True)
class Style:
    size: float
    bold: bool = False
    before: float = 6.0
    indent: float = 0.0
    ink: tuple[int, int, int] = (32, 33, 36)

    @property
    def leading(self) -> float:
        return self.size * 1.4


_HEADINGS = {
    1: Style(18, True, 16),
    2: Style(14, True, 14),
    3: Style(11.5, True, 11),
}
_OTHERS = {
    BlockKind.HEADING: Style(10.5, True, 9),
    BlockKind.PARAGRAPH: Style(10.5),
    BlockKind.LIST_ITEM: Style(10.5, before=3, indent=18),
    BlockKind.QUOTE: Style(10.5, before=8, indent=22, ink=(60, 64, 67)),
    BlockKind.BYLINE: Style(9.5, before=4, ink=(95, 99, 104)),
    BlockKind.CAPTION: Style(9.5, before=8, ink=(95, 99, 104)),
    BlockKind.TABLE_ROW: Style(9.5, before=4),
}


def style_of(kind: BlockKind, level: int) -> Style:
    return _HEADINGS.get(level, _OTHERS[kind]) if kind is BlockKind.HEADING else _OTHERS[kind]


def has_marker(item: str) -> bool:
    """Whether a list item brings its own bullet or number."""
    return _MARKED.match(item) is not None


def is_right_to_left(text: str) -> bool:
    """By its first letter that has a direction."""
    first = next((d for d in map(unicodedata.bidirectional, text[:200]) if d in ("L", "R", "AL")), "L")
    return first != "L"
