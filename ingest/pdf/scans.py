"""A page read from its picture: drawn, recognised, and made into segments, so that columns are read as elsewhere."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from ingest.ocr import Engine, OcrFailedError, OcrLine, OcrTimeoutError, OcrWord, Placement, Recognised, recognise
from ingest.ocr.upright import mean_confidence
from ingest.pdf.glyphs import CharBox, Segment, Style
from ingest.types import PageHealth

DPI = 300
MAX_PIXELS = 20e6  # an A3 page at 300 dpi is 17; a page of any size is drawn within it
HOPELESS = 0.4  # mean confidence below which a reading is noise
NOISE = 0.5  # of a line: pictures between the text yield lines like that
_FAINT = 24  # of 255: less contrast is paper that is not quite even, or a shade
_LIKE_BULLETS = frozenset("¢©®°eo·»")
_TILE = 8  # pixels at 72 dpi: about a letter


@dataclass(frozen=True, slots=True)
class Scan:
    """A page's text by OCR. Segments are upright, on a sheet of width × height points; `placement` leads back from it.

    Without segments `health` and `detail` say why.
    """

    segments: list[Segment]
    width: float
    height: float
    placement: Placement
    health: PageHealth
    detail: str


@dataclass(frozen=True, slots=True)
class Scanner:
    """Reads pages by OCR. `find` gives the engine or None, `absent` says why there is none; `seconds` are a page's."""

    find: Callable[[], Engine | None]
    absent: str = "no OCR engine was asked for"
    seconds: float = 60.0
    took: Callable[[float], None] | None = None  # is told how many seconds recognition took

    def read(self, page: pdfium.PdfPage) -> Scan:
        """What the page's picture says. Raises nothing of the engine's: a page that cannot be read says why."""
        started = time.monotonic()
        try:
            return self._read(page)
        finally:
            if self.took is not None:
                self.took(time.monotonic() - started)

    def _read(self, page: pdfium.PdfPage) -> Scan:
        width, height = page.get_size()
        empty = Scan([], width, height, Placement(1, 0, 0, 0, 1, 0), PageHealth.EMPTY, "a blank page")
        contrast, sharpest = _marks(page)
        if sharpest < _FAINT:
            return empty if contrast < _FAINT else _other(empty, PageHealth.EMPTY, "a picture without lines or letters")
        engine = self.find()
        if engine is None:
            return _other(empty, PageHealth.NO_TEXT, self.absent)
        image, scale = draw(page)
        try:
            found = recognise(image, engine, 72 * scale, self.seconds)
        except OcrTimeoutError as error:
            return _other(empty, PageHealth.SKIPPED, str(error))
        except OcrFailedError as error:
            return _other(empty, PageHealth.FAILED, str(error))
        return _scan(found, engine.name, scale, empty)


def draw(page: pdfium.PdfPage, dpi: float = DPI, most: float = MAX_PIXELS) -> tuple[Image.Image, float]:
    """The page in greys, and its pixels a point."""
    width, height = page.get_size()
    scale = min(dpi / 72, math.sqrt(most / max(width * height, 1.0)))
    return page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil(), scale


def _marks(page: pdfium.PdfPage) -> tuple[int, int]:
    """The contrast of the whole page, and of its sharpest tile: where no tile has any, there are no letters.

    Half the pages of an illustrated report are shades of colour, and text recognition takes seconds to say so.
    """
    image, _ = draw(page, 72, MAX_PIXELS / 5)
    grey = np.asarray(image.convert("L"))
    if min(grey.shape) < _TILE:
        return 255, 255
    height, width = (side // _TILE * _TILE for side in grey.shape)
    tiles = grey[:height, :width].reshape(height // _TILE, _TILE, width // _TILE, _TILE)
    lows, highs = tiles.min(axis=(1, 3)).astype(int), tiles.max(axis=(1, 3)).astype(int)
    return int(highs.max() - lows.min()), int((highs - lows).max())


def _scan(found: Recognised, engine: str, scale: float, empty: Scan) -> Scan:
    confidence = found.confidence
    if not found.lines:
        return _other(empty, PageHealth.EMPTY, f"a picture in which OCR ({engine}) found no text")
    good = [line for line in found.lines if mean_confidence([line]) >= NOISE]
    if confidence < HOPELESS and _letters(good) < 0.5 * _letters(found.lines):
        detail = f"OCR ({engine}) cannot read it: mean confidence {confidence * 100:.0f} %"
        hint = "; for another language than English, install its language pack and set ASSISTANT_OCR_LANGUAGES"
        return _other(empty, PageHealth.FAILED, detail + (hint if engine.startswith("tesseract") else ""))
    detail = f"text from OCR ({engine}), mean confidence {mean_confidence(good) * 100:.0f} %"
    if len(good) < len(found.lines):
        left = len(found.lines) - len(good)
        detail += f"; {left} {'line' if left == 1 else 'lines'} of noise left out"
    segments = _segments(good, scale)
    size = found.width / scale, found.height / scale
    return Scan(segments, *size, found.placement.scaled(scale), PageHealth.OCR, detail)


def _other(scan: Scan, health: PageHealth, detail: str) -> Scan:
    return Scan([], scan.width, scan.height, scan.placement, health, detail)


def _letters(lines: list[OcrLine] | tuple[OcrLine, ...]) -> int:
    return sum(len(word.text) for line in lines for word in line.words)


def _segments(lines: list[OcrLine], scale: float) -> list[Segment]:
    sizes = [line.size / scale for line in lines for _ in range(_letters([line]))]
    usual = sorted(sizes)[len(sizes) // 2]
    return [_segment(line, scale, usual) for line in lines]


def _segment(line: OcrLine, scale: float, usual: float) -> Segment:
    text: list[str] = []
    boxes: list[CharBox] = []
    for word in _mended(line.words):
        x0, y0, x1, y1 = (value / scale for value in word.box)
        if text:
            text.append(" ")
            boxes.append((boxes[-1][2], y0, max(x0, boxes[-1][2]), y1))
        text += word.text
        boxes += _spread(word, x0, y0, x1, y1)
    return Segment("".join(text), boxes, Style(_size(line.size / scale, usual), False, False, "ocr"))


def _mended(words: tuple[OcrWord, ...]) -> tuple[OcrWord, ...]:
    """A list's bullet, which engines take for the letter or sign that looks most like it."""
    first, *rest = words
    if rest and first.text in _LIKE_BULLETS and rest[0].text[:1].isupper():
        return replace(first, text="•"), *rest
    return words


def _spread(word: OcrWord, x0: float, y0: float, x1: float, y1: float) -> list[CharBox]:
    """Letters share their word's box: engines measure words."""
    step = (x1 - x0) / len(word.text)
    return [(x0 + step * n, y0, x0 + step * (n + 1), y1) for n in range(len(word.text))]


def _size(measured: float, usual: float) -> float:
    """A line's height varies with its letters: sizes within a quarter of the usual one are that, others go by steps."""
    steps = round(math.log(max(measured, 0.1) / max(usual, 0.1)) / math.log(1.25))
    return round(2 * usual) / 2 * 1.25**steps
