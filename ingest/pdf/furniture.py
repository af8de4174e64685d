"""What a page repeats and nobody reads: running heads, folios. Found over the whole document, kept out of the prose."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.pdf.glyphs import Segment

BAND = 0.09  # share of the page's height, at the top and at the bottom, where furniture stands
_FOLIO = re.compile(r"^(?:page\s+)?[-–|]?\s*(\d{1,4}|[ivxlcdm]{1,7})\s*[-–|]?(?:\s*(?:of|/)\s*\d+)?$", re.I)
_Slot = tuple[str, int, int, bool]


@dataclass(slots=True)
class Survey:
    """What the first pass over the pages learns; small, so that a 2,000-page file stays small too."""

    sizes: Counter[float] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    slots: Counter[_Slot] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    pages: int = 0

    def add(self, segments: Sequence[Segment], height: float) -> None:
        self.pages += 1
        slots, texts = set(), set()
        for segment in segments:
            self.sizes[segment.style.size] += len(segment.text)
            self.words.update(re.findall(r"[a-z][a-z-]*[a-z]", segment.text.lower()))
            if band := _band(segment, height):
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
    segments: Sequence[Segment], height: float, survey: Survey
) -> tuple[list[Segment], list[str], str | None]:
    """The prose, the running heads, and the printed page number of one page."""
    kept: list[Segment] = []
    heads: list[str] = []
    label: str | None = None
    for segment in segments:
        band = _band(segment, height)
        if band and (folio := _FOLIO.match(segment.text.strip())) and segment.style.size <= 1.1 * survey.body:
            label = folio.group(1)
        elif band and _repeats(segment, band, survey):
            heads.append(segment.text)
        else:
            kept.append(segment)
    return kept, heads, label


def _repeats(segment: Segment, band: str, survey: Survey) -> bool:
    often = max(3, 0.12 * survey.pages)
    if segment.style.size > survey.body:
        return survey.texts[_plain(segment.text)] >= max(often, 0.5 * survey.pages)
    return survey.slots[_slot(segment, band)] >= often or survey.texts[_plain(segment.text)] >= often


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
