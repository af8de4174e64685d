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

    `drawn` is None for a space that pdfium put in; `objects` tells one text object from the next.
    """

    texts: list[str]
    boxes: "np.ndarray"
    drawn: list[Drawn | None]
    objects: list[int]
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
    return Characters(texts, _boxes(page, handle, count), drawn, objects, damaged)


def _prototype(function: Any, *arguments: Any, result: Any = ctypes.c_int) -> Callable[..., Any]:
    """The same C function with plain numbers for its pointers: a call takes a quarter of a microsecond, not one."""
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int, *arguments)(
        ctypes.cast(function, ctypes.c_void_p).value or 0
    )


_get_unicode = _prototype(raw.FPDFText_GetUnicode, result=ctypes.c_uint)
_get_object = _prototype(raw.FPDFText_GetTextObject, result=ctypes.c_void_p)
_get_box = _prototype(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p)
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
    (ox, oy), (ax, ay), (bx, by) = _corners(page)
    xs = [ox + (ax - ox) * x / 100 + (bx - ox) * y / 100 for x, y in ((left, top), (right, bottom))]
    ys = [oy + (ay - oy) * x / 100 + (by - oy) * y / 100 for x, y in ((left, top), (right, bottom))]
    return np.column_stack([np.minimum(*xs), np.minimum(*ys), np.maximum(*xs), np.maximum(*ys)])


def _corners(page: pdfium.PdfPage) -> list[tuple[float, float]]:
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
