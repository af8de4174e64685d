"""Marks on the picture of a page: the same yellow, whatever the page was drawn from."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

Box = tuple[float, float, float, float]
MARK = (255, 214, 10, 96)
EDGE = (178, 122, 0, 220)
MAX_PIXELS = 4000


MARGIN = 30.0  # points around the marked place of a picture that is cut to it
LEAST_CUT = (180.0, 70.0)  # points
HIGHEST_CUT = 330.0


def mark_boxes(image: Image.Image, boxes: Sequence[Box], scale: float, cut: bool = False) -> bytes:
    """PNG of the picture with `boxes` marked; they are in points from the top left, `scale` is pixels a point.

    `cut` leaves only what is around the boxes; where there are none, the whole page stays.
    """
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for x0, y0, x1, y1 in boxes:
        edges = (x0 * scale - 2, y0 * scale - 1, x1 * scale + 2, y1 * scale + 1)
        pen.rectangle(edges, fill=MARK)
        pen.line((edges[0], edges[3], edges[2], edges[3]), fill=EDGE, width=max(1, round(scale)))
    out = io.BytesIO()
    marked = Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")
    if cut and boxes:
        marked = marked.crop(_around(boxes, scale, marked.size))
    marked.save(out, "PNG", compress_level=4)
    return out.getvalue()


def _around(boxes: Sequence[Box], scale: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The boxes with a margin, in pixels; of a place that is very high the beginning."""
    x0, y0 = min(box[0] for box in boxes) - MARGIN, min(box[1] for box in boxes) - MARGIN
    x1 = max(max(box[2] for box in boxes) + MARGIN, x0 + LEAST_CUT[0])
    y1 = min(max(max(box[3] for box in boxes) + MARGIN, y0 + LEAST_CUT[1]), y0 + HIGHEST_CUT)
    left, top = max(0, min(size[0] - 1, round(x0 * scale))), max(0, min(size[1] - 1, round(y0 * scale)))
    right, bottom = min(size[0], round(x1 * scale)), min(size[1], round(y1 * scale))
    return left, top, max(left + 1, right), max(top + 1, bottom)
