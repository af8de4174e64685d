"""Blocks into the stored text of a page: ligatures opened, line-end hyphens mended, every word with its box.

The stored text is what is quoted and re-found; it keeps a line's hyphen where the word ends with the page.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from spellchecker import SpellChecker

from ingest.pdf.blocks import Draft
from ingest.pdf.furniture import Survey
from ingest.pdf.glyphs import CharBox, Segment
from ingest.sentences import is_open
from ingest.types import Block, BlockKind, Word

_SOFT = "\u2010\u00ad"
_SPACES = re.compile(r"\s")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_UNUSUAL = re.compile(f"[^\\S ]|[{''.join((*_LIGATURES, *_INVISIBLE))}]")
_WORD = re.compile(r"\S+")
_FAR = 1e9
_NOWHERE = (_FAR, _FAR, -_FAR, -_FAR)  # the box of what is ours and not on the page


@lru_cache(maxsize=1)
def _english() -> SpellChecker:
    return SpellChecker(language="en", distance=1)


class PageText:
    """Grows the text of one page, character by character, each with the box it was drawn in (None for what is ours)."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._text: list[str] = []
        self._boxes: list[CharBox | None] = []
        self._lines: list[int] = []
        self._line = 0

    def __len__(self) -> int:
        return len(self._text)

    @property
    def text(self) -> str:
        return "".join(self._text)

    def add_block(self, draft: Draft) -> tuple[int, int]:
        """Appends one block after a line break; returns where it starts and ends."""
        if self._text:
            self._put("\n", None)
        start = len(self)
        for line in draft.lines:
            for number, cell in enumerate(line.cells):
                if number:
                    self._next_cell(start)
                for segment in cell:
                    self._add_segment(segment, start)
        return start, len(self)

    def _next_cell(self, block_start: int) -> None:
        if len(self) > block_start:
            self._put(" ", None)
        self._put("|", None)

    def _add_segment(self, segment: Segment, block_start: int) -> None:
        self._line += 1
        if len(self) > block_start and self._text[-1] != " " and not self._mend(segment.text):
            self._put(" ", None)
        if not _UNUSUAL.search(segment.text):
            self._text.extend(segment.text)
            self._boxes.extend(segment.boxes)
            self._lines.extend([self._line] * len(segment.text))
            return
        for character, box in zip(segment.text, segment.boxes, strict=True):
            for piece in _LIGATURES.get(character, character):
                if piece not in _INVISIBLE:
                    self._put(" " if _SPACES.match(piece) else piece, box)

    def _mend(self, following: str) -> bool:
        """Joins a word broken over two lines: drops a soft hyphen, keeps a hard one unless the joined word is known.

        pdfium gives U+00AD at a line's end as a hard one, so that a word new to the document needs the dictionary.
        """
        last = self._text[-1]
        if last not in _SOFT and last != "-":
            return False
        before = re.search(r"([^\W\d_]+)[\u2010\u00ad-]$", self.text[-40:])
        after = re.match(r"[^\W\d_]+", following)
        if before is None or after is None:
            return last == "-" and before is not None
        joined = before.group(1) + after.group()
        if last in _SOFT or (after.group()[0].islower() and self._is_word(joined)):
            self._text.pop(), self._boxes.pop(), self._lines.pop()
        return True

    def _is_word(self, joined: str) -> bool:
        return self._survey.is_word(joined) or joined.lower() in _english()

    def _put(self, character: str, box: CharBox | None) -> None:
        self._text.append(character)
        self._boxes.append(box)
        self._lines.append(self._line)

    def words(self) -> Iterator[Word]:
        """Each run without spaces on one line; a word broken over two lines is two entries."""
        spans = [span for match in _WORD.finditer(self.text) for span in self._on_one_line(*match.span())]
        if not spans:
            return
        corners = np.array([_NOWHERE if box is None else box for box in (*self._boxes, None)])
        ends = np.array(spans).ravel()
        x0, y0 = (np.minimum.reduceat(corners[:, n], ends)[::2].round(1).tolist() for n in (0, 1))
        x1, y1 = (np.maximum.reduceat(corners[:, n], ends)[::2].round(1).tolist() for n in (2, 3))
        for (start, end), *box in zip(spans, x0, y0, x1, y1, strict=True):
            if box[0] < _FAR:
                yield Word(start, end, *box)

    def _on_one_line(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        if self._lines[start] == self._lines[end - 1]:
            yield start, end
            return
        for at in range(start + 1, end):
            if self._lines[at] != self._lines[at - 1]:
                yield start, at
                start = at
        yield start, end


def build_text(
    drafts: Sequence[Draft], survey: Survey, open_before: bool
) -> tuple[str, tuple[Word, ...], tuple[Block, ...]]:
    """The page's text, its words with boxes, and its blocks; `open_before`: the last page stops in mid-sentence."""
    page = PageText(survey)
    blocks: list[Block] = []
    for draft in drafts:
        start, end = page.add_block(draft)
        blocks.append(Block(draft.kind, start, end, draft.level))
    text = page.text
    if unicodedata.normalize("NFC", text) != text and len(unicodedata.normalize("NFC", text)) == len(text):
        text = unicodedata.normalize("NFC", text)
    return text, tuple(page.words()), _mark_continued(tuple(blocks), text, open_before)


def _mark_continued(blocks: tuple[Block, ...], text: str, open_before: bool) -> tuple[Block, ...]:
    """Marks the paragraph that goes on with a sentence left open before it, past what interrupts it."""
    marked: list[Block] = []
    pending = open_before
    for block in blocks:
        part = text[block.start : block.end]
        if block.kind is BlockKind.PARAGRAPH:
            goes_on = pending and (part[:1].islower() or (not marked and open_before))
            marked.append(Block(block.kind, block.start, block.end, block.level, goes_on))
            pending = is_open(part)
        elif block.kind is BlockKind.HEADING and pending and part[:1].islower():
            marked.append(Block(BlockKind.PARAGRAPH, block.start, block.end, 0, True))
            pending = is_open(part)
        else:
            marked.append(block)
    return tuple(marked)
