"""What stands on a page: characters with their boxes, joined into segments (one line of one column or cell).

pdfium is the reader: it gives every character a box, where pypdf gives a run of text only its origin
(docs/decisions/0004). Boxes are PDF points, origin top left, after the page's own rotation.
"""

import ctypes
import math
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw

INVISIBLE_SIZE = 3.0  # points: nobody can read it, so nobody shall be quoted from it
ITALIC_FLAG = 1 << 6
BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "semibd")
_ITALIC_NAMES = ("italic", "oblique")

CharBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Style:
    size: float
    bold: bool
    italic: bool
    font: str


@dataclass(slots=True)
class Segment:
    """Consecutive characters on one baseline. `boxes` has one entry for each character of `text`."""

    text: str
    boxes: list[CharBox]
    style: Style
    bullet: bool = False
    x0: float = field(init=False)
    y0: float = field(init=False)
    x1: float = field(init=False)
    y1: float = field(init=False)

    def __post_init__(self) -> None:
        self.x0 = min(box[0] for box in self.boxes)
        self.y0 = min(box[1] for box in self.boxes)
        self.x1 = max(box[2] for box in self.boxes)
        self.y1 = max(box[3] for box in self.boxes)

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


def read_segments(page: pdfium.PdfPage) -> tuple[list[Segment], float]:
    """The visible page's segments in drawing order, and the share of glyphs that have no Unicode meaning."""
    text_page = page.get_textpage()
    try:
        characters, damaged = _characters(page, text_page)
    finally:
        text_page.close()
    width, height = page.get_size()
    drawn = [segment for run in _runs(characters) if (segment := _segment(run)) is not None]
    segments = [s for s in drawn if 0 < (s.x0 + s.x1) / 2 < width and 0 < s.middle < height]
    return segments, damaged / max(len(characters), 1)


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    box: CharBox
    baseline: float
    style: Style
    generated: bool


def _characters(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> tuple[list[_Character], int]:
    handle, to_page = text_page.raw, _Transform(page)
    rect, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    characters: list[_Character] = []
    damaged = 0
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        text = "-" if raw.FPDFText_IsHyphen(handle, index) == 1 and code in (0x02, 0xFFFE) else _character(code)
        generated = raw.FPDFText_IsGenerated(handle, index) == 1
        if generated:
            if characters:
                characters.append(
                    _Character(" ", characters[-1].box, characters[-1].baseline, characters[-1].style, True)
                )
            continue
        damaged += raw.FPDFText_HasUnicodeMapError(handle, index) == 1 or 0xE000 <= code <= 0xF8FF or code == 0xFFFD
        raw.FPDFText_GetLooseCharBox(handle, index, rect)
        raw.FPDFText_GetMatrix(handle, index, matrix)
        size = raw.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.b, matrix.d)
        raw.FPDFText_GetFontInfo(handle, index, name, 256, flags)
        weight = raw.FPDFText_GetFontWeight(handle, index)
        style = _style(round(size, 1), name.value.decode("latin-1"), weight, flags.value)
        corners = to_page(rect.left, rect.top), to_page(rect.right, rect.bottom)
        box = _box(corners)
        characters.append(_Character(text, box, box[3], style, False))
    return characters, damaged


def _character(code: int) -> str:
    if code < 32 or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF):
        return " "
    return chr(code)


@lru_cache(maxsize=4096)
def _style(size: float, font: str, weight: int, flags: int) -> Style:
    plain = font.split("+")[-1].lower()
    bold = weight >= BOLD_WEIGHT or any(word in plain for word in _BOLD_NAMES)
    italic = bool(flags & ITALIC_FLAG) or any(word in plain for word in _ITALIC_NAMES)
    return Style(size, bold, italic, plain)


def _box(corners: tuple[tuple[float, float], tuple[float, float]]) -> CharBox:
    (ax, ay), (bx, by) = corners
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


class _Transform:
    """Maps a point of the page's own space to points from the top left of the page as it is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        width, height = page.get_size()
        scale = 100.0
        self.corner = [self._device(page, width, height, scale, x, y) for x, y in ((0, 0), (100, 0), (0, 100))]

    @staticmethod
    def _device(
        page: pdfium.PdfPage, width: float, height: float, scale: float, x: float, y: float
    ) -> tuple[float, float]:
        left, top = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, int(width * scale), int(height * scale), 0, x, y, left, top)
        return left.value / scale, top.value / scale

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        (ox, oy), (ax, ay), (bx, by) = self.corner
        return (
            ox + (ax - ox) * x / 100 + (bx - ox) * y / 100,
            oy + (ay - oy) * x / 100 + (by - oy) * y / 100,
        )


def _runs(characters: list[_Character]) -> list[list[_Character]]:
    """Splits where the baseline moves, where a gap is wider than a column's gutter, or where the line goes back."""
    runs: list[list[_Character]] = []
    for character in characters:
        if runs and _joins(runs[-1], character):
            runs[-1].append(character)
        elif not character.text.isspace():
            runs.append([character])
    return runs


def _joins(run: list[_Character], character: _Character) -> bool:
    if character.generated:
        return True
    last = next((c for c in reversed(run) if not c.generated), run[-1])
    size = max(last.style.size, character.style.size, 1.0)
    same_line = abs(last.baseline - character.baseline) < 0.45 * size
    if character.box == last.box:  # one glyph for several letters: «ffi»
        return True
    gap = character.box[0] - last.box[2]
    wide = 1.6 if last.text not in "•·▪–-" else 2.5
    return same_line and -0.8 * size < gap < wide * size


def _segment(run: list[_Character]) -> Segment | None:
    visible = [c for c in run if c.style.size >= INVISIBLE_SIZE]
    text: list[str] = []
    boxes: list[CharBox] = []
    for character in visible:
        if character.text.isspace() and (not text or text[-1] == " "):
            continue
        text.append(" " if character.text.isspace() else character.text)
        boxes.append(character.box)
    if text and text[-1] == " ":
        text.pop(), boxes.pop()
    if not text:
        return None
    solid = [c.style for c in visible if not c.text.isspace()]
    style = max(set(solid), key=solid.count) if solid else visible[0].style
    return Segment("".join(text), boxes, style)


def body_style(segments: list[Segment]) -> tuple[float, float]:
    """The text's usual size, and its usual distance from line to line, in points."""
    weights: dict[float, int] = {}
    for segment in segments:
        weights[segment.style.size] = weights.get(segment.style.size, 0) + len(segment.text)
    size = max(weights, key=lambda key: weights[key], default=10.0)
    steps = [
        below.y0 - above.y0
        for above, below in pairwise(segments)
        if above.style.size == below.style.size == size and 0.5 * size < below.y0 - above.y0 < 2.2 * size
    ]
    return size, (median(steps) if steps else 1.2 * size)
