"""Every character that a page draws, read from pdfium in a few passes over the page, not a dozen calls for each.

pdfium is asked for one thing at a time, for all characters in a row, which costs a ninth of asking for each of them
all that is to be known. Boxes are PDF points, origin top left, after the page's own rotation.
"""

import ctypes
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

ITALIC_FLAG = 1 << 6
BOLD_WEIGHT = 600
RAISED = 0.2  # of the size, above the line: more is a mark and not a figure in the old style
SMALL = 0.6  # of the size: a raised glyph is no larger, either way
UNSEEN = 3  # the render mode of text that is not painted: text recognition writes it over its picture
_BOLD_NAMES = ("bold", "black", "heavy", "semibd")
_ITALIC_NAMES = ("italic", "oblique")
_BREAKS = frozenset((10, 13, 32))  # what pdfium puts in between words and lines
_LINE_END_HYPHENS = frozenset((0x02, 0xFFFE))

CharBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Style:
    size: float
    bold: bool
    italic: bool
    font: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One text object: how its characters look. `angle` is where its lines run to: 0 right, 90 up, 180, 270 down."""

    style: Style
    angle: int = 0
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of one page in drawing order, one entry each in every list.

    `drawn` is None for a space that pdfium put in; `objects` tells one text object from the next; `raised` are the
    figures whose glyph stands above the line in a box of the usual height, as fonts draw footnote marks.
    """

    codes: "np.ndarray"
    texts: list[str]
    boxes: "np.ndarray"
    drawn: list[Drawn | None]
    objects: list[int]
    raised: frozenset[int]
    damaged: int


def read_characters(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> Characters:
    count = text_page.count_chars()
    handle = ctypes.cast(text_page.raw, ctypes.c_void_p).value
    codes = _ask(_get_unicode, handle, count)
    objects = [pointer or 0 for pointer in _ask(_get_object, handle, count)]
    texts = [_character(code) for code in codes]
    put_in = {n for n, code in enumerate(codes) if code in _BREAKS and _is_generated(handle, n) == 1}
    for n, code in enumerate(codes):
        if code in _LINE_END_HYPHENS and _is_hyphen(handle, n) == 1:
            texts[n] = "-"
    known: dict[int, Drawn] = {}
    drawn: list[Drawn | None] = []
    for n, pointer in enumerate(objects):
        if n in put_in:
            drawn.append(None)
        else:
            if pointer not in known or not pointer:
                known[pointer] = _read_object(page, text_page, n, pointer)
            drawn.append(known[pointer])
    errors = _ask(_has_error, handle, count)
    damaged = sum(
        1
        for n, (code, error) in enumerate(zip(codes, errors, strict=True))
        if (error == 1 or 0xE000 <= code <= 0xF8FF or code == 0xFFFD) and n not in put_in
    )
    raised = _raised(handle, texts, drawn, page.get_rotation())
    return Characters(
        np.array(codes, dtype=np.int64), texts, _boxes(page, handle, count), drawn, objects, raised, damaged
    )


def _prototype(function: Any, *arguments: Any, result: Any = ctypes.c_int) -> Callable[..., Any]:
    """The same C function with plain numbers for its pointers: a call takes a quarter of a microsecond, not one."""
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int, *arguments)(
        ctypes.cast(function, ctypes.c_void_p).value or 0
    )


_get_unicode = _prototype(raw.FPDFText_GetUnicode, result=ctypes.c_uint)
_get_object = _prototype(raw.FPDFText_GetTextObject, result=ctypes.c_void_p)
_get_box = _prototype(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p)
_get_tight_box = _prototype(raw.FPDFText_GetCharBox, *[ctypes.c_void_p] * 4)
_get_origin = _prototype(raw.FPDFText_GetCharOrigin, *[ctypes.c_void_p] * 2)
_has_error = _prototype(raw.FPDFText_HasUnicodeMapError)
_is_generated = _prototype(raw.FPDFText_IsGenerated)
_is_hyphen = _prototype(raw.FPDFText_IsHyphen)


def _ask(function: Callable[..., Any], handle: int | None, count: int, *more: Sequence[int]) -> list[Any]:
    return list(map(function, repeat(handle), range(count), *more))


def _boxes(page: pdfium.PdfPage, handle: int | None, count: int) -> "np.ndarray":
    buffer = (raw.FS_RECTF * max(count, 1))()
    start, size = ctypes.addressof(buffer), ctypes.sizeof(raw.FS_RECTF)
    _ask(_get_box, handle, count, range(start, start + size * count, size))
    left, top, right, bottom = np.frombuffer(buffer, dtype=np.float32)[: 4 * count].reshape(count, 4).T.astype(float)
    (ox, oy), (ax, ay), (bx, by) = corners(page)
    xs = [ox + (ax - ox) * x / 100 + (bx - ox) * y / 100 for x, y in ((left, top), (right, bottom))]
    ys = [oy + (ay - oy) * x / 100 + (by - oy) * y / 100 for x, y in ((left, top), (right, bottom))]
    return np.column_stack([np.minimum(*xs), np.minimum(*ys), np.maximum(*xs), np.maximum(*ys)])


def _raised(handle: int | None, texts: list[str], drawn: list[Drawn | None], rotation: int) -> frozenset[int]:
    """Figures, and single letters behind figures, whose ink begins well above the line."""
    ink, origin = (ctypes.c_double * 4)(), (ctypes.c_double * 2)()  # left, right, bottom, top; x, y
    inks = [ctypes.addressof(ink) + 8 * n for n in range(4)]
    origins = [ctypes.addressof(origin) + 8 * n for n in range(2)]
    found: set[int] = set()
    for n, (text, one) in enumerate(zip(texts, drawn, strict=True)):
        if one is None or not (text.isdigit() or (n and text.isalpha() and (n - 1 in found or texts[n - 1].isdigit()))):
            continue
        _get_tight_box(handle, n, *inks)
        _get_origin(handle, n, *origins)
        left, right, bottom, top = ink
        x, y = origin
        above = {0: bottom - y, 90: x - right, 180: y - top, 270: left - x}[(one.angle + rotation) % 360]
        if above > RAISED * one.style.size and max(right - left, top - bottom) < SMALL * one.style.size:
            found.add(n)
    return frozenset(found)


def corners(page: pdfium.PdfPage) -> list[tuple[float, float]]:
    """Where the points (0, 0), (100, 0) and (0, 100) of the page's own space are, from the top left as it is shown."""
    width, height = page.get_size()
    scale = 100.0
    corners = []
    for x, y in ((0, 0), (100, 0), (0, 100)):
        left, top = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, int(width * scale), int(height * scale), 0, x, y, left, top)
        corners.append((left.value / scale, top.value / scale))
    return corners


def _read_object(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, index: int, pointer: int) -> Drawn:
    matrix, flags, name = raw.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(256)
    raw.FPDFText_GetMatrix(text_page, index, matrix)
    raw.FPDFText_GetFontInfo(text_page, index, name, 256, flags)
    size = raw.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.b, matrix.d)
    weight = raw.FPDFText_GetFontWeight(text_page, index)
    style = _style(round(size, 1), name.value.decode("latin-1"), weight, flags.value)
    turned = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) * 90 - page.get_rotation()
    text_object = raw.FPDFText_GetTextObject(text_page, index) if pointer else None
    unseen = bool(text_object) and raw.FPDFTextObj_GetTextRenderMode(text_object) == UNSEEN
    return Drawn(style, turned % 360, unseen)


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
