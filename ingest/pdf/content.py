"""What stands on one page, before it is put in order: its segments, its size, and whether they can be trusted."""

import re
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.hidden import hidden_text
from ingest.ocr import Placement
from ingest.pdf.annotations import read_annotations
from ingest.pdf.english import is_english
from ingest.pdf.glyphs import Segment, read_segments
from ingest.pdf.scans import Scan, Scanner
from ingest.types import PageHealth

DAMAGED_SHARE = 0.05  # of a page's glyphs without a Unicode meaning
STRAY = 25  # letters: fewer on a picture are a stamp or the noise of a scanner
FEW = 200  # letters: fewer on a picture of the whole page may be a running head over a scan
_XFA = "an XFA form, which only its own viewer fills: print it to PDF there and add that"
_HIDDEN = "text layer made by OCR, under the picture of the page"
_NESTED = 3  # levels of drawings within drawings that are looked at


@dataclass(frozen=True, slots=True)
class Sheet:
    """The upright sheet that a scan was read on: its size in points, and the way back to the page as it is shown."""

    width: float
    height: float
    placement: Placement


@dataclass(frozen=True, slots=True)
class Content:
    """The segments of one page in drawing order; width and height in points. `detail` says why for `health`.

    With a `sheet`, segments stand on it and not on the page.
    """

    segments: list[Segment]
    width: float
    height: float
    health: PageHealth
    detail: str | None = None
    sheet: Sheet | None = None


def read_content(document: pdfium.PdfDocument, number: int, scanner: Scanner, layered: bool = False) -> Content:
    """Reads page `number` (from 1). A page that cannot be read is FAILED, and says why.

    `layered` says that the file has layers that are not shown.
    """
    try:
        page = document[number - 1]
    except (pdfium.PdfiumError, IndexError) as error:
        return lost(document, number, PageHealth.FAILED, str(error) or "the page cannot be opened")
    try:
        content = _read(page, scanner, layered)
        if document.get_formtype() == raw.FORMTYPE_XFA_FULL:
            return replace(content, health=PageHealth.PARTIAL, detail=_joined(_XFA, content.detail))
        return content
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


def _read(page: pdfium.PdfPage, scanner: Scanner, layered: bool) -> Content:
    drawn, damaged, hidden = read_segments(page, layered)
    annotations = read_annotations(page)
    segments = annotations.place(drawn)
    width, height = page.get_size()
    told = _joined(hidden_text(hidden), annotations.detail) or None
    content = Content(segments, width, height, PageHealth.READ, told)
    if damaged > DAMAGED_SHARE and not _is_plausible(segments):
        return _read_damaged(page, content, damaged, scanner)
    letters, shown = _letters(segments), _share_of_pictures(page)
    if not segments and (hidden or not _has_marks(page)):
        blank = replace(content, health=PageHealth.EMPTY, detail=_joined("a blank page", content.detail))
        return blank if not shown else _from_scan(content, scanner.read(page))
    if not segments:
        return _from_scan(content, scanner.read(page))
    if (letters < STRAY and shown > 0.5) or (letters < FEW and shown > 0.8):
        return _read_stray(content, letters, scanner.read(page))
    if shown > 0.5 and _is_hidden(page):
        return replace(content, detail=_joined(_HIDDEN, content.detail))
    return content


def _read_damaged(page: pdfium.PdfPage, content: Content, damaged: float, scanner: Scanner) -> Content:
    """Letters that say nothing are read from how they look, where that can be done."""
    why = f"{damaged * 100:.0f} % of the glyphs have no text meaning"
    if not _is_latin(content.segments):  # an engine set for another script is sure of letters that are not there
        return replace(content, health=PageHealth.DAMAGED, detail=_joined(why, content.detail))
    scan = scanner.read(page)
    if scan.segments:
        return replace(_from_scan(content, scan), detail=_joined(scan.detail, why))
    return replace(content, health=PageHealth.DAMAGED, detail=_joined(why, scan.detail))


def _read_stray(content: Content, letters: int, scan: Scan) -> Content:
    """A few letters on a picture: OCR decides whether there is more."""
    found = _letters(scan.segments)
    if scan.segments and (found >= 2 * letters or (letters < STRAY and found >= letters)):
        return _from_scan(content, scan)
    if scan.health in (PageHealth.OCR, PageHealth.EMPTY) or letters >= STRAY:
        return content
    why = f"{letters} letters stand on a picture that is not read: {scan.detail}"
    return replace(content, health=PageHealth.PARTIAL, detail=_joined(why, content.detail))


def _from_scan(content: Content, scan: Scan) -> Content:
    sheet = Sheet(scan.width, scan.height, scan.placement) if scan.segments else None
    return replace(
        content,
        segments=scan.segments,
        health=scan.health,
        detail=_joined(scan.detail, content.detail),
        sheet=sheet,
    )


def _is_plausible(segments: list[Segment]) -> bool:
    """Whether it reads as English all the same: fonts that declare no meaning often have the usual one."""
    words = [word for segment in segments for word in re.findall(r"[a-z]{3,}", segment.text.lower())]
    return len(words) >= 5 and sum(is_english(word) for word in words) > 0.5 * len(words)


def _is_latin(segments: list[Segment]) -> bool:
    letters = [c for segment in segments for c in segment.text if c.isalpha()]
    return sum(c < "\u0250" or "\ue000" <= c <= "\uf8ff" for c in letters) >= 0.8 * len(letters)


def _letters(segments: list[Segment]) -> int:
    return sum(c.isalnum() for segment in segments for c in segment.text)


def _has_marks(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects(max_depth=_NESTED))


def _share_of_pictures(page: pdfium.PdfPage) -> float:
    """How much of the page its pictures cover, those on top of one another counted twice; at most 1."""
    width, height = page.get_size()
    pictures = page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=_NESTED)
    bounds = [picture.get_bounds() for picture in pictures]
    area = sum(abs((right - left) * (top - bottom)) for left, bottom, right, top in bounds)
    return float(min(area / max(width * height, 1.0), 1.0))


def _is_hidden(page: pdfium.PdfPage) -> bool:
    """Whether its text is drawn invisibly, as OCR programs put it under a scan."""
    for text in page.get_objects([raw.FPDF_PAGEOBJ_TEXT], max_depth=_NESTED):
        return bool(raw.FPDFTextObj_GetTextRenderMode(text.raw) == raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    return False


def _joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)
