"""One line of prose, or one row of a table."""

from dataclasses import dataclass

from ingest.pdf.glyphs import Segment


@dataclass(slots=True)
class Line:
    """A row has more than one entry in `cells`, each of one or more segments, or of none where its column is empty.

    `in_table` is also set for a line of one cell between the rows of a table: what the rows below it are about.
    """

    cells: list[list[Segment]]
    bullet: bool = False
    in_table: bool = False

    @property
    def segments(self) -> list[Segment]:
        return [segment for cell in self.cells for segment in cell]

    @property
    def first(self) -> Segment:
        return next(cell for cell in self.cells if cell)[0]

    @property
    def is_row(self) -> bool:
        return self.in_table or len(self.cells) > 1

    @property
    def top(self) -> float:
        return min(segment.y0 for segment in self.segments)

    @property
    def bottom(self) -> float:
        return max(segment.y1 for segment in self.segments)
