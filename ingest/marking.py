"""Marks on the picture of a page: the same yellow, whatever the page was drawn from."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

Box = tuple[float, float, float, float]
MARK = (255, 214, 10, 96)
EDGE = (178, 122, 0, 220)
MAX_PIXELS = 4000


def mark_boxes(image: Image.Image, boxes: Sequence[Box], scale: float) -> bytes:
    """PNG of the picture with `boxes` marked; they are in points from the top left, `scale` is pixels a point."""
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for x0, y0, x1, y1 in boxes:
        edges = (x0 * scale - 2, y0 * scale - 1, x1 * scale + 2, y1 * scale + 1)
        pen.rectangle(edges, fill=MARK)
        pen.line((edges[0], edges[3], edges[2], edges[3]), fill=EDGE, width=max(1, round(scale)))
    out = io.BytesIO()
    Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB").save(out, "PNG", compress_level=4)
    return out.getvalue()
