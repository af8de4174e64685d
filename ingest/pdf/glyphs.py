"""What stands on a page: characters with their boxes, joined into segments (one line of one column or cell).

pdfium is the reader: it gives every character a box, where pypdf gives a run of text only its origin
(docs/decisions/0004). Boxes are PDF points, origin top left, after the page's own rotation.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium

from ingest.pdf.characters import Characters, CharBox, Style, read_characters
from ingest.pdf.copies import find_visible
from ingest.pdf.letters import INVISIBLE_SIZE, read_letters
from ingest.pdf.runs import split_runs
from ingest.pdf.seen import find_hidden

__all__ = ["CharBox", "Segment", "Style", "body_style", "read_segments"]


_UPRIGHT = (0, 0.0, 0.0)


@dataclass(slots=True)
class Segment:
    """Consecutive characters on one baseline. `boxes` has one entry for each character of `text`.

    `angle` is where the line runs to, against most lines of the page: 0 with them, 90 up, 180, 270 down. Most pages
    are upright, and then the edges are those of the boxes; for the others they are what they would be on the page
    turned upright by `frame`: the angle of its lines, the page's width and its height in points.
    """

    text: str
    boxes: list[CharBox]
    style: Style
    bullet: bool = False
    angle: int = 0
    frame: tuple[int, float, float] = _UPRIGHT
    x0: float = field(init=False)
    y0: float = field(init=False)
    x1: float = field(init=False)
    y1: float = field(init=False)

    def __post_init__(self) -> None:
        x0, y0 = min(box[0] for box in self.boxes), min(box[1] for box in self.boxes)
        x1, y1 = max(box[2] for box in self.boxes), max(box[3] for box in self.boxes)
        turned, width, height = self.frame
        if turned == 90:
            x0, y0, x1, y1 = height - y1, x0, height - y0, x1
        elif turned == 180:
            x0, y0, x1, y1 = width - x1, height - y1, width - x0, height - y0
        elif turned == 270:
            x0, y0, x1, y1 = y0, width - x1, y1, width - x0
        self.x0, self.y0, self.x1, self.y1 = x0, y0, x1, y1

    def part(self, start: int, end: int, bullet: bool = False) -> "Segment":
        return Segment(self.text[start:end], self.boxes[start:end], self.style, bullet, self.angle, self.frame)

    def page_height(self, shown: float) -> float:
        """The page's height once it is upright, from its height as it is shown."""
        return self.frame[1] if self.frame[0] in (90, 270) else shown

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


class Segments(NamedTuple):
    """The visible page's segments in drawing order, the share of glyphs that have no Unicode meaning, and how many
    words the page holds that cannot be seen."""

    on_page: list[Segment]
    damaged: float
    hidden: int


def read_segments(page: pdfium.PdfPage, layered: bool = False) -> Segments:
    """What stands on the page; `layered` says that the file has layers that are not shown."""
    text_page = page.get_textpage()
    try:
        characters = read_characters(page, text_page)
        hidden = find_hidden(page, characters, layered)
    finally:
        text_page.close()
    width, height = page.get_size()
    read = [
        (run[0], letters)
        for run in split_runs(characters, find_visible(characters) & ~hidden)
        if (letters := read_letters(characters, run)) is not None
    ]
    angles = [(one.angle if (one := characters.drawn[first]) else 0) for first, _ in read]
    lengths = {
        angle: sum(len(r[1][0]) for a, r in zip(angles, read, strict=True) if a == angle) for angle in set(angles)
    }
    most = max(lengths, key=lambda angle: lengths[angle], default=0)
    frame = (most, width, height) if most else _UPRIGHT
    segments = [
        Segment(*letters, angle=(angle - most) % 360, frame=frame)
        for angle, (_, letters) in zip(angles, read, strict=True)
    ]
    across, down = (height, width) if most in (90, 270) else (width, height)
    on_page = [s for s in segments if 0 < (s.x0 + s.x1) / 2 < across and 0 < s.middle < down]
    return Segments(
        on_page,
        characters.damaged / max(len(characters.texts), 1),
        _count_hidden(characters, hidden, on_page, (width, height)),
    )


def _count_hidden(
    characters: Characters, hidden: "np.ndarray", segments: list[Segment], size: tuple[float, float]
) -> int:
    """Words that are there and cannot be seen, but for those that can be read elsewhere on the page.

    Designers leave a heading in white, or a point high, for the contents list.
    """
    x, y = (characters.boxes[:, 0] + characters.boxes[:, 2]) / 2, (characters.boxes[:, 1] + characters.boxes[:, 3]) / 2
    inside = ((x > 0) & (x < size[0]) & (y > 0) & (y < size[1])).tolist()  # what printers need stands outside
    small = [one is not None and one.style.size < INVISIBLE_SIZE for one in characters.drawn]
    out = [(flag or tiny) and on for flag, tiny, on in zip(hidden.tolist(), small, inside, strict=True)]
    if not any(out):
        return 0
    shown = _alone("".join(segment.text for segment in segments))
    gone = "".join(text if is_out else "\n" for text, is_out in zip(characters.texts, out, strict=True))
    return sum(len(part.split()) for part in gone.split("\n") if (said := _alone(part)) and said not in shown)


def _alone(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


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
