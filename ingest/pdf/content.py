"""What stands on one page, before it is put in order: its segments, its size, and whether they can be trusted."""

from dataclasses import dataclass

import pypdfium2 as pdfium

from ingest.pdf.glyphs import Segment, read_segments
from ingest.types import PageHealth

DAMAGED_SHARE = 0.05  # of a page's glyphs without a Unicode meaning


@dataclass(frozen=True, slots=True)
class Content:
    """The segments of one page in drawing order; width and height in points. `detail` says why for `health`."""

    segments: list[Segment]
    width: float
    height: float
    health: PageHealth
    detail: str | None = None


def read_content(document: pdfium.PdfDocument, number: int) -> Content:
    """Reads page `number` (from 1). A page that cannot be read is FAILED, and says why."""
    try:
        page = document[number - 1]
    except (pdfium.PdfiumError, IndexError) as error:
        return lost(document, number, PageHealth.FAILED, str(error) or "the page cannot be opened")
    try:
        return _read(page)
    except pdfium.PdfiumError as error:
        return lost(document, number, PageHealth.FAILED, str(error))
    finally:
        page.close()


def lost(document: pdfium.PdfDocument, number: int, health: PageHealth, detail: str) -> Content:
    """A page of which nothing is known but its size, if that."""
    try:
        width, height = document.get_page_size(number - 1)
    except (pdfium.PdfiumError, IndexError):
        width = height = 0.0
    return Content([], width, height, health, detail)


def _read(page: pdfium.PdfPage) -> Content:
    segments, damaged = read_segments(page)
    width, height = page.get_size()
    if damaged > DAMAGED_SHARE:
        detail = f"{damaged:.0%} of the glyphs have no text meaning"
        return Content(segments, width, height, PageHealth.DAMAGED, detail)
    if not segments:
        has_picture = any(True for _ in page.get_objects(max_depth=3))
        return Content([], width, height, PageHealth.NO_TEXT if has_picture else PageHealth.EMPTY)
    return Content(segments, width, height, PageHealth.READ)
