"""What a page repeats and nobody reads: running heads, folios. Found over the whole document, kept out of the prose."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.pdf.folios import Folios
from ingest.pdf.glyphs import Segment

BAND = 0.09  # share of the page's height, at the top and at the bottom, where furniture stands
_LARGEST = 1.5  # times the text's size: a page number
_ABREAST = 6  # segments: what a running head has at most
_APART = 0.7  # of its height, to the next line: what stands closer belongs to the text
_Slot = tuple[str, int, int, bool]


@dataclass(slots=True)
class Survey:
    """What the first pass over the pages learns; small, so that a 2,000-page file stays small too."""

    sizes: Counter[float] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    slots: Counter[_Slot] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    folios: Folios = field(default_factory=Folios)
    pages: int = 0

    def add(self, segments: Sequence[Segment], height: float, number: int | None = None) -> None:
        """`number` is the page's place in the file, where pages may be missing."""
        self.pages += 1
        slots, texts = set(), set()
        apart = _apart(segments)
        wider = _apart(segments, 2)
        ends = [s for s in segments if wider.get(id(s)) == 1 or (id(s) in wider and _band(s, height))]
        alone = [s for s in ends if wider[id(s)] == 1 and _band(s, height)]
        self.folios.add(number or self.pages, ends, alone)
        for segment in segments:
            self.sizes[segment.style.size] += len(segment.text)
            self.words.update(re.findall(r"[a-z][a-z-]*[a-z]", segment.text.lower()))
            if band := _band(segment, height):
                if id(segment) in apart:
                    slots.add(_slot(segment, band))
                texts.add(_plain(segment.text))
        self.slots.update(slots)
        self.texts.update(texts)

    @property
    def body(self) -> float:
        return self.sizes.most_common(1)[0][0] if self.sizes else 10.0

    def heading_sizes(self) -> list[float]:
        """Sizes clearly larger than the text's, largest first."""
        return sorted((size for size in self.sizes if size >= 1.15 * self.body), reverse=True)

    def is_word(self, word: str) -> bool:
        return self.words[word.lower()] > 0


def split_furniture(
    segments: Sequence[Segment], height: float, survey: Survey, number: int | None = None
) -> tuple[list[Segment], list[str], str | None]:
    """The prose, the running heads, and the printed page number of page `number`."""
    kept: list[Segment] = []
    heads: list[str] = []
    label: str | None = None
    apart, wider = _apart(segments), _apart(segments, 2)
    for segment in segments:
        band = _band(segment, height)
        ends = (band or id(segment) in wider) and segment.style.size <= _LARGEST * survey.body
        folio = survey.folios.label(number, segment.text) if ends and number else None
        if folio:
            label = folio
        elif band and _repeats(segment, band, survey, id(segment) in apart):
            heads.append(segment.text)
        else:
            kept.append(segment)
    return kept, heads, label or (survey.folios.between(number) if number else None)


def _apart(segments: Sequence[Segment], most: int = 1) -> dict[int, int]:
    """Which segments stand in the first or the last line of the page, or in `most` lines, with white behind them.

    By identity; with how many of them stand in that line. A line of many is the row of a table.
    """
    found: dict[int, int] = {}
    levels: list[list[Segment]] = []
    for segment in sorted((s for s in segments if not s.angle), key=lambda s: s.middle):
        if levels and abs(segment.middle - levels[-1][0].middle) < 0.5 * levels[-1][0].height:
            levels[-1].append(segment)
        else:
            levels.append([segment])
    for ordered in (levels, levels[::-1]):
        for lines in range(1, most + 1):
            end, rest = ordered[:lines], [s for level in ordered[lines:] for s in level]
            if end and max(map(len, end)) <= _ABREAST and _is_apart(end[-1], rest, lines):
                found |= {id(segment): len(level) for level in end for segment in level}
    return found


def _is_apart(level: Sequence[Segment], rest: Sequence[Segment], lines: int) -> bool:
    one = level[0]
    return all(max(s.y0 - one.y1, one.y0 - s.y1) > _APART * lines * one.height for s in rest)


def _repeats(segment: Segment, band: str, survey: Survey, apart: bool) -> bool:
    often = max(3, 0.12 * survey.pages)
    if not _plain(segment.text):
        return False
    if segment.style.size > survey.body:
        return survey.texts[_plain(segment.text)] >= max(often, 0.5 * survey.pages)
    return (apart and survey.slots[_slot(segment, band)] >= often) or survey.texts[_plain(segment.text)] >= often


def _band(segment: Segment, height: float) -> str | None:
    height = segment.page_height(height)
    if segment.y1 < BAND * height:
        return "top"
    if segment.y0 > (1 - BAND) * height:
        return "bottom"
    return None


def _slot(segment: Segment, band: str) -> _Slot:
    """A place and a style: the same on every page even where the running head's words change with the article."""
    return band, round(segment.y0 / 3), round(segment.style.size * 2), segment.style.bold


def _plain(text: str) -> str:
    return re.sub(r"[\W\d_]+", " ", text).strip().lower()
