"""What stands on a page: characters with their boxes, joined into segments (one line of one column or cell).

pdfium is the reader: it gives every character a box, where pypdf gives a run of text only its origin
(docs/decisions/0004). Boxes are PDF points, origin top left, after the page's own rotation.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

import pypdfium2 as pdfium

from ingest.pdf.characters import CharBox, Characters, Style, read_characters

__all__ = ["CharBox", "Segment", "Style", "body_style", "read_segments"]

INVISIBLE_SIZE = 3.0  # points: nobody can read it, so nobody shall be quoted from it


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
        characters = read_characters(page, text_page)
    finally:
        text_page.close()
    width, height = page.get_size()
    drawn = [segment for run in _runs(characters) if (segment := _segment(characters, run)) is not None]
    segments = [s for s in drawn if 0 < (s.x0 + s.x1) / 2 < width and 0 < s.middle < height]
    return segments, characters.damaged / max(len(characters.texts), 1)


def _runs(characters: Characters) -> list[list[int]]:
    """Splits where the baseline moves, where a gap is wider than a column's gutter, or where the line goes back."""
    runs: list[list[int]] = []
    run: list[int] = []
    last = -1
    x0, _, x1, y1 = characters.boxes.T.tolist()
    texts, drawn = characters.texts, characters.drawn
    sizes = [max(one.style.size, 1.0) if one else 0.0 for one in drawn]
    for n, one in enumerate(drawn):
        if one is None:
            if run:
                run.append(n)
            continue
        if run:
            size = max(sizes[last], sizes[n])
            wide = 1.6 if texts[last] not in "•·▪–-" else 2.5
            level = abs(y1[last] - y1[n]) < 0.45 * size
            if (level and -0.8 * size < x0[n] - x1[last] < wide * size) or _same_box(characters, last, n):
                run.append(n)
                last = n
                continue
        if not texts[n].isspace():
            run = [n]
            runs.append(run)
            last = n
    return runs


def _same_box(characters: Characters, one: int, other: int) -> bool:
    """One glyph for several letters: «ffi»."""
    return bool((characters.boxes[one] == characters.boxes[other]).all())


def _segment(characters: Characters, run: list[int]) -> Segment | None:
    text: list[str] = []
    boxes: list[CharBox] = []
    styles: dict[Style, int] = {}
    corners = characters.boxes[run].tolist()
    style = None
    place = corners[0]
    for n, corner in zip(run, corners, strict=True):
        drawn = characters.drawn[n]
        if drawn is None:
            letter = " "
        else:
            style, letter, place = drawn.style, characters.texts[n], corner
        if style is None or style.size < INVISIBLE_SIZE:
            continue
        if letter.isspace():
            if text and text[-1] != " ":
                text.append(" ")
                boxes.append(tuple(place))
        else:
            text.append(letter)
            boxes.append(tuple(place))
            styles[style] = styles.get(style, 0) + 1
    if text and text[-1] == " ":
        text.pop(), boxes.pop()
    if not text:
        return None
    return Segment("".join(text), boxes, max(styles, key=lambda style: styles[style]))


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
