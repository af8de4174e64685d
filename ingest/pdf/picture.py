"""A page drawn small, with some of its text or without: what an eye would see of it."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium

from ingest.pdf.drawing import set_active

FAINT = 8  # of 255: the least difference that an eye makes out, at a point a pixel
PIXELS = 9e6


@dataclass(frozen=True, slots=True)
class Picture:
    """The page as drawn, in colours from 0 to 255, and its pixels a point."""

    pixels: "np.ndarray"
    scale: float

    def at(self, box: Sequence[float]) -> "np.ndarray":
        """What is drawn in a box of points, and at least a pixel of it."""
        x0, y0, x1, y1 = (edge * self.scale for edge in box)
        left, top = max(int(x0), 0), max(int(y0), 0)
        return self.pixels[top : max(math.ceil(y1), top + 1), left : max(math.ceil(x1), left + 1)]


def draw(page: pdfium.PdfPage) -> Picture:
    width, height = page.get_size()
    scale = min(1.0, math.sqrt(PIXELS / max(width * height, 1.0)))
    pixels = page.render(scale=scale, may_draw_forms=False).to_numpy()
    return Picture(np.atleast_3d(pixels)[:, :, :3], scale)


def draw_without(page: pdfium.PdfPage, pointers: Collection[int]) -> Picture:
    for pointer in pointers:
        set_active(pointer, 0)
    try:
        return draw(page)
    finally:
        for pointer in pointers:
            set_active(pointer, 1)


def differ(one: "np.ndarray", other: "np.ndarray") -> bool:
    """Whether two pictures of a place differ by more than an eye misses; both are of bytes."""
    return bool((np.maximum(one, other) - np.minimum(one, other)).max(initial=0) >= FAINT)
