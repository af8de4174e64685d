"""A page as a picture, with the cited lines marked."""

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from ingest.errors import DamagedError, UnknownPageError
from ingest.marking import MAX_PIXELS, Box, mark_boxes

logging.getLogger("pypdfium2").setLevel(logging.ERROR)  # it warns of every form of a kind that it cannot draw
_lock = threading.Lock()  # pdfium is not for several threads at once


def draw_page(path: Path, number: int, boxes: Sequence[Box], scale: float = 1.5, cut: bool = False) -> bytes:
    """PNG of page `number` (from 1); `boxes` in PDF points from the top left, `scale` in pixels a point.

    `cut` leaves only what is around the boxes.

    Raises UnknownPageError for a page the file does not have, DamagedError when it cannot be drawn.
    """
    try:
        with _lock:
            picture = _render(path, number, scale)
    except pdfium.PdfiumError as error:
        raise DamagedError("This page cannot be drawn. Open the PDF itself instead.") from error
    return mark_boxes(picture[0], boxes, picture[1], cut)


def _render(path: Path, number: int, scale: float) -> tuple[Image.Image, float]:
    document = pdfium.PdfDocument(path)
    try:
        if not 1 <= number <= len(document):
            raise UnknownPageError(f"This document has pages 1 to {len(document)}; page {number} is not one of them.")
        if document.get_formtype() != raw.FORMTYPE_NONE:
            document.init_forms()  # the values of form fields are text of the page, and may be cited
        page = document[number - 1]
        scale = min(scale, MAX_PIXELS / max(*page.get_size(), 1))
        return page.render(scale=scale, may_draw_forms=True).to_pil(), scale
    finally:
        document.close()
