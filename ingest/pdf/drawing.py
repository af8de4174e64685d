"""What a page draws and in which order: where its text objects stand among its pictures and filled shapes.

Only what helps to tell text that cannot be seen (seen.py). Boxes are points from the top left of the page as shown.
"""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.pdf.characters import CharBox, corners

DEEPEST = 8  # drawings within drawings
MOST = 20_000  # objects of a page that are looked at: a map may have more
LEAST = 20.0  # square points: what is smaller covers no word
Matrix = tuple[float, float, float, float, float, float]
Colour = tuple[int, int, int]
_STRAIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _fast(function: Any, *arguments: Any, result: Any = ctypes.c_int) -> Callable[..., Any]:
    """The same C function with plain numbers for its pointers, as in characters.py."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_P = ctypes.c_void_p
_count_on_page = _fast(raw.FPDFPage_CountObjects, _P)
_get_on_page = _fast(raw.FPDFPage_GetObject, _P, ctypes.c_int, result=_P)
_count_in_form = _fast(raw.FPDFFormObj_CountObjects, _P)
_get_in_form = _fast(raw.FPDFFormObj_GetObject, _P, ctypes.c_ulong, result=_P)
_get_type = _fast(raw.FPDFPageObj_GetType, _P)
_get_bounds = _fast(raw.FPDFPageObj_GetBounds, _P, _P, _P, _P, _P)
_get_matrix = _fast(raw.FPDFPageObj_GetMatrix, _P, _P)
_get_fill = _fast(raw.FPDFPageObj_GetFillColor, _P, _P, _P, _P, _P)
_get_stroke = _fast(raw.FPDFPageObj_GetStrokeColor, _P, _P, _P, _P, _P)
_get_draw_mode = _fast(raw.FPDFPath_GetDrawMode, _P, _P, _P)
_is_transparent = _fast(raw.FPDFPageObj_HasTransparency, _P)
_get_clip = _fast(raw.FPDFPageObj_GetClipPath, _P, result=_P)
_count_clips = _fast(raw.FPDFClipPath_CountPaths, _P)
_count_segments = _fast(raw.FPDFClipPath_CountPathSegments, _P, ctypes.c_int)
_get_segment = _fast(raw.FPDFClipPath_GetPathSegment, _P, ctypes.c_int, ctypes.c_int, result=_P)
_get_point = _fast(raw.FPDFPathSegment_GetPoint, _P, _P, _P)
_get_mode = _fast(raw.FPDFTextObj_GetTextRenderMode, _P)
set_active = _fast(raw.FPDFPageObj_SetIsActive, _P, ctypes.c_int)


@dataclass(frozen=True, slots=True)
class Ground:
    """A picture, a shade or a filled shape; `colour` is None where it is not known. `order` counts what is drawn."""

    order: int
    box: CharBox
    colour: Colour | None
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Ink:
    """A text object: `colour` as painted, None where it is not known; `odd` says that it may not show as painted.

    `within` is the box of a clip that it reaches out of.
    """

    order: int
    colour: Colour | None
    odd: bool
    within: CharBox | None = None


@dataclass(slots=True)
class Drawing:
    """`inks` by the pointer of their text object; `whole` is false where a page has too much to look at."""

    inks: dict[int, Ink] = field(default_factory=dict)
    grounds: list[Ground] = field(default_factory=list)
    whole: bool = True


class _Numbers:
    """Room for what pdfium gives back, made once."""

    def __init__(self) -> None:
        self.floats = (ctypes.c_float * 6)()
        self.ints = (ctypes.c_uint * 4)()
        at, after = ctypes.addressof(self.floats), ctypes.addressof(self.ints)
        self.float_at = [at + 4 * n for n in range(6)]
        self.int_at = [after + 4 * n for n in range(4)]


def read_drawing(page: pdfium.PdfPage) -> Drawing:
    drawing, room = Drawing(), _Numbers()
    (ox, oy), (ax, ay), (bx, by) = corners(page)
    on_page = ((ax - ox) / 100, (ay - oy) / 100, (bx - ox) / 100, (by - oy) / 100, ox, oy)
    for order, (handle, matrix, odd) in enumerate(_objects(page, room)):
        if order >= MOST:
            drawing.whole = False
            break
        kind = _get_type(handle)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            drawing.inks[handle] = _ink(handle, order, odd, _after(matrix, on_page), room)
        elif (ground := _ground(handle, kind, order, _after(matrix, on_page), room)) is not None:
            drawing.grounds.append(ground)
    return drawing


def _objects(page: pdfium.PdfPage, room: _Numbers) -> Iterator[tuple[int, Matrix, bool]]:
    """Every object that is no form, in drawing order, with the way to the page's space."""
    handle = ctypes.cast(page.raw, _P).value
    tops = [_get_on_page(handle, n) for n in range(min(_count_on_page(handle), MOST + 1))]
    yield from _inside(tops, _STRAIGHT, False, 0, room)


def _inside(
    handles: Sequence[int], matrix: Matrix, odd: bool, deep: int, room: _Numbers
) -> Iterator[tuple[int, Matrix, bool]]:
    for handle in handles:
        if _get_type(handle) != raw.FPDF_PAGEOBJ_FORM:
            yield handle, matrix, odd
        elif deep < DEEPEST and _get_matrix(handle, room.float_at[0]):
            inner = _after(tuple(room.floats), matrix)
            children = [_get_in_form(handle, n) for n in range(min(max(_count_in_form(handle), 0), MOST + 1))]
            yield from _inside(children, inner, odd or bool(_is_transparent(handle)), deep + 1, room)


def _ink(handle: int, order: int, odd: bool, matrix: Matrix, room: _Numbers) -> Ink:
    mode = _get_mode(handle)
    get = _get_stroke if mode == raw.FPDF_TEXTRENDERMODE_STROKE else _get_fill
    if not get(handle, *room.int_at):
        return Ink(order, None, True)
    red, green, blue, alpha = room.ints
    strange = alpha < 255 or mode > raw.FPDF_TEXTRENDERMODE_FILL_STROKE or bool(_is_transparent(handle))
    clip = _clip(handle, room)
    return Ink(order, (red, green, blue), odd or strange, None if clip is None else _placed(clip, matrix))


def _clip(handle: int, room: _Numbers) -> CharBox | None:
    """The box of a clip that it reaches out of, as far as their boxes tell, in the object's own space."""
    clip = _get_clip(handle)
    paths = _count_clips(clip) if clip else 0
    if paths <= 0 or not _get_bounds(handle, *room.float_at[:4]):
        return None
    left, bottom, right, top = room.floats[:4]
    for path in range(paths):
        points = []
        for n in range(min(_count_segments(clip, path), 100)):
            if _get_point(_get_segment(clip, path, n), *room.float_at[:2]):
                points.append((room.floats[0], room.floats[1]))
        xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
        if left < min(xs) - 2 or right > max(xs) + 2 or bottom < min(ys) - 2 or top > max(ys) + 2:
            return min(xs), min(ys), max(xs), max(ys)
    return None


def _ground(handle: int, kind: int, order: int, matrix: Matrix, room: _Numbers) -> Ground | None:
    is_path = kind == raw.FPDF_PAGEOBJ_PATH
    if is_path and (not _get_draw_mode(handle, *room.int_at[:2]) or not room.ints[0]):
        return None  # a line
    if not _get_bounds(handle, *room.float_at[:4]):
        return None
    left, bottom, right, top = room.floats[:4]
    box = _placed((left, bottom, right, top), matrix)
    if (box[2] - box[0]) * (box[3] - box[1]) < LEAST:
        return None
    colour = None
    if is_path and _get_fill(handle, *room.int_at):
        red, green, blue, alpha = room.ints
        colour = (red, green, blue) if alpha == 255 else None
    return Ground(order, box, colour, kind == raw.FPDF_PAGEOBJ_IMAGE)


def _after(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _placed(box: CharBox, matrix: Matrix) -> CharBox:
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)
