"""A block that is being put together: its lines, before they are one text."""

from dataclasses import dataclass, field

from ingest.pdf.glyphs import Style
from ingest.pdf.line import Line
from ingest.types import BlockKind


@dataclass(slots=True)
class Draft:
    kind: BlockKind
    lines: list[Line] = field(default_factory=list)
    level: int = 0

    @property
    def style(self) -> Style:
        return self.lines[0].first.style

    @property
    def text(self) -> str:
        return " ".join(segment.text for line in self.lines for segment in line.segments)

    @property
    def top(self) -> float:
        return min(segment.y0 for line in self.lines for segment in line.segments)

    @property
    def bottom(self) -> float:
        return max(segment.y1 for line in self.lines for segment in line.segments)

    @property
    def left(self) -> float:
        return min(segment.x0 for line in self.lines for segment in line.segments)

    @property
    def right(self) -> float:
        return max(segment.x1 for line in self.lines for segment in line.segments)
