"""A page as a picture, with the cited lines marked."""

import io
import threading
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from ingest.errors import DamagedError, UnknownPageError

Box = tuple[float, float, float, float]
MARK = (255, 214, 10, 96)
EDGE = (178, 122, 0, 220)
MAX_PIXELS = 4000
_lock = threading.Lock()  # pdfium is not for several threads at once


def draw_page(path: Path, number: int, boxes: Sequence[Box], scale: float = 1.5) -> bytes:
    """PNG of page `number` (from 1); `boxes` in PDF points from the top left, `scale` in pixels a point.

    Raises UnknownPageError for a page the file does not have, DamagedError when it cannot be drawn.
    """
    try:
        with _lock:
            picture = _render(path, number, scale)
    except pdfium.PdfiumError as error:
        raise DamagedError("This page cannot be drawn. Open the PDF itself instead.") from error
    used = picture[1]
    image = _mark(picture[0].convert("RGBA"), boxes, used)
    out = io.BytesIO()
    image.convert("RGB").save(out, "PNG", compress_level=4)
    return out.getvalue()


def _render(path: Path, number: int, scale: float) -> tuple[Image.Image, float]:
    document = pdfium.PdfDocument(path)
    try:
        if not 1 <= number <= len(document):
            raise UnknownPageError(f"This document has pages 1 to {len(document)}; page {number} is not one of them.")
        page = document[number - 1]
        scale = min(scale, MAX_PIXELS / max(*page.get_size(), 1))
        return page.render(scale=scale, may_draw_forms=False).to_pil(), scale
    finally:
        document.close()


def _mark(image: Image.Image, boxes: Sequence[Box], scale: float) -> Image.Image:
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for x0, y0, x1, y1 in boxes:
        edges = (x0 * scale - 2, y0 * scale - 1, x1 * scale + 2, y1 * scale + 1)
        pen.rectangle(edges, fill=MARK)
        pen.line((edges[0], edges[3], edges[2], edges[3]), fill=EDGE, width=max(1, round(scale)))
    return Image.alpha_composite(image, layer)
