"""Printed page numbers: those that count with the pages, so that a figure at the head of a table is none."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.pdf.glyphs import Segment

_FOLIO = re.compile(r"^(?:page\s+)?[-–|]?\s*(\d{1,6}|[ivxlcdm]{1,7})\s*[-–|]?(?:\s*(?:of|/)\s*\d+)?$", re.I)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_OFTEN = 0.01  # of the pages count the same way
_FEW = 5  # pages: here half of them are enough
Count = tuple[bool, int]  # Roman or not; the printed number less the page's place in the file


@dataclass(slots=True)
class Folios:
    """What may be a page number, page by page, and how many pages agree on how they are counted."""

    votes: Counter[Count] = field(default_factory=Counter)
    alone: Counter[Count] = field(default_factory=Counter)
    found: dict[int, frozenset[Count]] = field(default_factory=dict)
    pages: int = 0

    def add(self, page: int, segments: Sequence[Segment], alone: Sequence[Segment]) -> None:
        """`segments` are those at the page's head and foot, `alone` those with a line and the margin for themselves."""
        self.pages = max(self.pages, page)
        counts = frozenset(count for segment in segments if (count := _count(segment.text, page)))
        self.alone.update({count for segment in alone if (count := _count(segment.text, page))})
        if counts:
            self.found[page] = counts
            self.votes.update(counts)

    def label(self, page: int, text: str) -> str | None:
        """The page number that `text` prints, if that is what it does."""
        count = _count(text, page)
        match = _FOLIO.match(text.strip())
        return match.group(1) if match and count and self._counts(count) else None

    def between(self, page: int) -> str | None:
        """The number of a page that prints none, when the numbered pages around it count on over it."""
        before = next((self._shifts(n) for n in range(page - 1, 0, -1) if self._shifts(n)), frozenset[int]())
        after = next((self._shifts(n) for n in range(page + 1, self.pages + 1) if self._shifts(n)), frozenset[int]())
        shared = before & after
        return str(page + min(shared)) if shared and not self._shifts(page) else None

    def _shifts(self, page: int) -> frozenset[int]:
        return frozenset(
            shift for roman, shift in self.found.get(page, ()) if not roman and self._counts((roman, shift))
        )

    def _counts(self, count: Count) -> bool:
        few = self.pages < _FEW and 2 * self.alone[count] >= self.pages
        return few or self.votes[count] >= max(3, _OFTEN * self.pages)


def _count(text: str, page: int) -> Count | None:
    match = _FOLIO.match(text.strip())
    if match is None:
        return None
    printed = match.group(1).lower()
    return (False, int(printed) - page) if printed.isdigit() else (True, _value(printed) - page)


def _value(roman: str) -> int:
    values = [_ROMAN[letter] for letter in roman]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
