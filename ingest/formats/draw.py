"""The picture of a page that has no layout of its own: drawn from the stored words and blocks, nothing else."""

import threading
from collections.abc import Iterator, Sequence
from itertools import groupby

from PIL import Image, ImageDraw

from ingest.formats.fonts import font_for, is_drawable
from ingest.formats.style import ASCENT, CELL_GAP, DESCENT, MARGIN, has_marker, style_of
from ingest.marking import MAX_PIXELS, Box, mark_boxes
from ingest.types import Block, BlockKind, Page, Word

_RULE = (205, 209, 214)
_HEAD = (243, 244, 246)
_FAINT = (128, 134, 139)
_lock = threading.Lock()  # FreeType's faces are not for several threads at once


class _Canvas:
    """A white page; everything is given in points.

    It is drawn larger and then made smaller: letters are set on whole pixels, and at the size of a screen the rounding
    would eat the spaces between words.
    """

    def __init__(self, width: float, height: float, scale: float) -> None:
        self.width, self.height = max(width, 1.0), max(height, 1.0)
        self.shown = min(scale, MAX_PIXELS / max(self.width, self.height))
        self._size = (max(1, round(self.width * self.shown)), max(1, round(self.height * self.shown)))
        self._times = max(1, min(3, MAX_PIXELS // max(self._size)))
        self.scale = self.shown * self._times
        self._image = Image.new("RGB", (self._size[0] * self._times, self._size[1] * self._times), "white")
        self._pen = ImageDraw.Draw(self._image)

    def picture(self) -> Image.Image:
        return self._image if self._times == 1 else self._image.reduce(self._times)

    def write(self, text: str, x: float, baseline: float, size: float, bold: bool, ink: tuple[int, int, int]) -> None:
        font = font_for(text, bold, max(1, round(size * self.scale)))
        self._pen.text((x * self.scale, baseline * self.scale), text, ink, font, anchor="ls")

    def rectangle(self, box: Box, ink: tuple[int, int, int]) -> None:
        self._pen.rectangle([edge * self.scale for edge in box], fill=ink)

    def rule(self, box: Box, ink: tuple[int, int, int] = _RULE) -> None:
        self._pen.line([edge * self.scale for edge in box], fill=ink, width=max(1, round(0.6 * self.scale)))

    def dot(self, x: float, y: float, radius: float, ink: tuple[int, int, int]) -> None:
        edges = (x - radius, y - radius, x + radius, y + radius)
        self._pen.ellipse([edge * self.scale for edge in edges], fill=ink)


def draw_flow_page(page: Page, boxes: Sequence[Box], scale: float = 1.5, cut: bool = False) -> bytes:
    """As `draw_page`, of a page as it was laid out; `boxes` in points from the top left, `scale` in pixels a point."""
    with _lock:
        canvas = _Canvas(page.width, page.height, scale)
        _draw_edges(canvas, page)
        placed = list(_words_of(page))
        for is_table, run in groupby(placed, lambda pair: pair[0].kind is BlockKind.TABLE_ROW):
            rows = list(run)
            if is_table:
                _draw_rules(canvas, page, rows)
            for block, words in rows:
                _draw_block(canvas, page, block, words)
        return mark_boxes(canvas.picture(), boxes, canvas.shown, cut)


def _words_of(page: Page) -> Iterator[tuple[Block, list[Word]]]:
    at = 0
    for block in page.blocks:
        words: list[Word] = []
        while at < len(page.words) and page.words[at].start < block.end:
            words.append(page.words[at])
            at += 1
        if words:
            yield block, words


def _draw_edges(canvas: _Canvas, page: Page) -> None:
    """The page's label above, and below it what this picture cannot show."""
    if page.label:
        _write_words(canvas, page.label[:110], 30.0)
    if not page.text:
        _write_words(canvas, "No text was found here.", 80.0)
    lacking = any(not is_drawable(page.text[word.start : word.end], False) for word in page.words)
    if lacking:
        note = "This computer has no font for some letters of this page. Its text is complete."
        _write_words(canvas, note, canvas.height - 20)


def _write_words(canvas: _Canvas, line: str, baseline: float) -> None:
    canvas.write(line, MARGIN, baseline, 8, False, _FAINT)


def _draw_block(canvas: _Canvas, page: Page, block: Block, words: Sequence[Word]) -> None:
    style = style_of(block.kind, block.level)
    for word in words:
        baseline = word.y0 + ASCENT * (word.y1 - word.y0) / (ASCENT + DESCENT)
        canvas.write(page.text[word.start : word.end], word.x0, baseline, style.size, style.bold, style.ink)
    first = words[0]
    if block.kind is BlockKind.LIST_ITEM and not block.continues and not has_marker(page.text[block.start : block.end]):
        outside = first.x0 - 9 if first.x0 < page.width / 2 else first.x1 + 9
        canvas.dot(outside, (first.y0 + first.y1) / 2, 1.7, style.ink)
    if block.kind is BlockKind.QUOTE:
        left = MARGIN + style.indent - 12
        canvas.rectangle((left, first.y0, left + 2, words[-1].y1), _RULE)


def _draw_rules(canvas: _Canvas, page: Page, rows: Sequence[tuple[Block, Sequence[Word]]]) -> None:
    """A line under each row and a shade behind the first: tables that touch are parted by their pages."""
    left, right = MARGIN - CELL_GAP / 2, page.width - MARGIN + CELL_GAP / 2
    for number, (_, words) in enumerate(rows):
        top, bottom = min(word.y0 for word in words) - 4, max(word.y1 for word in words) + 4
        if not number:
            canvas.rectangle((left, top, right, bottom), _HEAD)
            canvas.rule((left, top, right, top))
        canvas.rule((left, bottom, right, bottom))
