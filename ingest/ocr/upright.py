"""A scan set upright and read: first straightened, then turned by quarters until its lines can be read."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingest.ocr.engine import Engine, OcrLine, OcrTimeoutError

MAX_SKEW = 15.0  # degrees; beyond it a scan was laid askew on purpose
GOOD = 0.75  # mean confidence of a page that is surely the right way up
_LEAST = 0.2  # degrees: smaller ones move no line into its neighbour
_COARSE, _FINE = 600, 1500  # pixels of the longer side on which an angle is looked for
_GLANCE = 1600  # pixels of the longer side
_Ink = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an upright point stands in the picture as given: x' = a·x + b·y + c, y' = d·x + e·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def scaled(self, scale: float) -> "Placement":
        """The same for points, at so many pixels a point."""
        return Placement(self.a, self.b, self.c / scale, self.d, self.e, self.f / scale)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The box around an upright box."""
        corners = [(x, y) for x in (x0, x1) for y in (y0, y1)]
        xs = [self.a * x + self.b * y + self.c for x, y in corners]
        ys = [self.d * x + self.e * y + self.f for x, y in corners]
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lines of a picture set upright, its size in pixels, and the way back to the picture as given."""

    lines: tuple[OcrLine, ...]
    width: int
    height: int
    placement: Placement

    @property
    def confidence(self) -> float:
        """The mean over all letters."""
        return mean_confidence(self.lines)

    @property
    def worth(self) -> float:
        """More text, read with more certainty, is worth more: to choose between two ways up."""
        return sum(len(word.text) * word.confidence**2 for line in self.lines for word in line.words)


def mean_confidence(lines: Sequence[OcrLine]) -> float:
    letters = sum(len(word.text) for line in lines for word in line.words)
    return sum(len(word.text) * word.confidence for line in lines for word in line.words) / max(letters, 1)


def recognise(image: Image.Image, engine: Engine, dpi: float, seconds: float) -> Recognised:
    """Reads a picture whichever way up it is. Raises OcrFailedError; OcrTimeoutError when time is out."""
    end = time.monotonic() + seconds
    angle, sideways = find_skew(image)
    straight, placement = turned(image, angle)
    glance, share = _reduced(straight)
    told = engine.turn(glance, seconds)
    ways = [90, 270] if sideways else [0, 180]
    if told is not None:
        ways = [told, (told + 180) % 360]
    elif not engine.read(turned(glance, ways[0])[0], dpi * share, seconds):
        return Recognised((), straight.width, straight.height, placement)
    best: Recognised | None = None
    for way in ways:
        left = end - time.monotonic()
        if left <= 0:
            break
        upright, placement = turned(image, angle + way)
        lines = tuple(engine.read(upright, dpi, left))
        read = Recognised(lines, upright.width, upright.height, placement)
        if best is None or read.worth > best.worth:
            best = read
        if not lines or read.confidence >= GOOD:
            break
    if best is None:
        raise OcrTimeoutError(f"text recognition took longer than {seconds:.0f} seconds")
    return best


def turned(image: Image.Image, degrees: float) -> tuple[Image.Image, Placement]:
    """The picture turned anticlockwise on a sheet that holds it whole."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    if abs(degrees) < _LEAST:
        return image, Placement(1, 0, 0, 0, 1, 0)
    width = math.ceil(abs(cos) * image.width + abs(sin) * image.height - 1e-6)
    height = math.ceil(abs(sin) * image.width + abs(cos) * image.height - 1e-6)
    c = image.width / 2 - cos * width / 2 + sin * height / 2
    f = image.height / 2 - sin * width / 2 - cos * height / 2
    placement = Placement(cos, -sin, c, sin, cos, f)
    way = (cos, -sin, c, sin, cos, f)
    turned = image.transform((width, height), Image.Transform.AFFINE, way, Image.Resampling.BILINEAR, fillcolor=255)
    return turned, placement


def _reduced(image: Image.Image) -> tuple[Image.Image, float]:
    """Small enough to see at once which way up it is and whether it has letters at all; and how much smaller it is."""
    glance = image.copy()
    glance.thumbnail((_GLANCE, _GLANCE))
    return glance, glance.width / max(image.width, 1)


def find_skew(image: Image.Image) -> tuple[float, bool]:
    """By how many degrees to turn it anticlockwise, and whether its lines then run up the page instead of across.

    Lines of text that are level leave empty rows between them: the angle sought is the one at which the ink of the
    rows differs most from row to row (Postl, 1986).
    """
    ink = _ink(image, _COARSE)
    if ink is None:
        return 0.0, False
    coarse = np.arange(-MAX_SKEW, MAX_SKEW + 0.5, 1.0)
    scores = {False: _scores(ink, coarse), True: _scores((ink[1], -ink[0]), coarse)}
    sideways = bool(scores[True].max() > 1.2 * scores[False].max())
    near = coarse[int(scores[sideways].argmax())]
    fine = _ink(image, _FINE) or ink
    angles = np.arange(near - 1.0, near + 1.05, 0.1)
    best = float(angles[int(_scores((fine[1], -fine[0]) if sideways else fine, angles).argmax())])
    return (best if abs(best) >= _LEAST else 0.0), sideways


def _ink(image: Image.Image, longest: int) -> _Ink | None:
    """Where the dark pixels of the reduced picture stand, from its middle; None for one without marks."""
    reduced = image.convert("L")
    reduced.thumbnail((longest, longest), Image.Resampling.BOX)
    grey = np.asarray(reduced)
    if int(grey.max()) - int(grey.min()) < 32:
        return None
    ys, xs = np.nonzero(grey < (int(grey.max()) + int(grey.min())) / 2)
    return xs - grey.shape[1] / 2, ys - grey.shape[0] / 2


def _scores(ink: _Ink, angles: NDArray[np.float64]) -> NDArray[np.float64]:
    xs, ys = ink
    scores = []
    for angle in np.radians(angles):
        rows = ys * math.cos(angle) - xs * math.sin(angle)
        counts = np.bincount(np.round(rows - rows.min()).astype(np.int64)).astype(np.float64)
        scores.append(float(np.square(np.diff(counts)).sum()))
    return np.array(scores)
