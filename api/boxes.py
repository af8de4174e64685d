"""`boxes=x0,y0,x1,y1;…`: the rectangles to mark on a page, in PDF points from the top left."""

import math
from collections.abc import Iterable

from api.errors import BoxesError
from assistant.types import Box

MAX_BOXES = 200
# The longest edge a PDF page may have.
MAX_POINTS = 14_400.0


def parse_boxes(text: str) -> tuple[Box, ...]:
    """Raises BoxesError, which names the rectangle it could not read."""
    parts = [part for part in text.split(";") if part.strip()]
    if len(parts) > MAX_BOXES:
        raise BoxesError(f"There are {len(parts)} boxes; at most {MAX_BOXES} can be marked on one page.")
    return tuple(_box(part) for part in parts)


def write_boxes(boxes: Iterable[Box]) -> str:
    return ";".join(",".join(f"{edge:g}" for edge in box) for box in boxes)


def _box(part: str) -> Box:
    try:
        x0, y0, x1, y1 = (float(edge) for edge in part.split(","))
    except ValueError:
        raise BoxesError(f"“{part[:60]}” is not four numbers with commas between them.") from None
    edges = (x0, y0, x1, y1)
    if not all(math.isfinite(edge) and abs(edge) <= MAX_POINTS for edge in edges) or x0 >= x1 or y0 >= y1:
        raise BoxesError(f"“{part[:60]}” is not a rectangle on a page: left, top, right, bottom.")
    return edges
