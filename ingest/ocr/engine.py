"""What every OCR engine does, and what it yields. Boxes are pixels, origin top left: (x0, y0, x1, y1)."""

from dataclasses import dataclass
from typing import Protocol

from PIL import Image

PixelBox = tuple[float, float, float, float]


class OcrFailedError(Exception):
    """The engine could not work on this picture; the message says why, as part of a sentence."""


class OcrTimeoutError(OcrFailedError):
    pass


@dataclass(frozen=True, slots=True)
class OcrWord:
    """`confidence` is the engine's own, from 0 to 1."""

    text: str
    box: PixelBox
    confidence: float


@dataclass(frozen=True, slots=True)
class OcrLine:
    """Words of one line of one column, left to right; `size` is about the font's, in pixels."""

    words: tuple[OcrWord, ...]
    size: float


class Engine(Protocol):
    """`name` includes the version: it is shown to whoever reads a citation."""

    @property
    def name(self) -> str: ...

    def read(self, image: Image.Image, dpi: float, seconds: float) -> list[OcrLine]:
        """Lines in reading order. Raises OcrTimeoutError after so many seconds, where the engine can be stopped."""

    def turn(self, image: Image.Image, seconds: float) -> int | None:
        """By how many degrees (0, 90, 180, 270) anticlockwise the picture is to be turned; None when not known."""
