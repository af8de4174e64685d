"""Documents that say the same: found beside what an answer shows, cited with it, and not shown again."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from assistant.cite import Citations
from assistant.compose import Choice
from assistant.rank import Candidate
from assistant.shapes import NUMBER
from assistant.units import UnitKind

ALIKE = 80.0  # per cent of shared words from which two sentences say the same …
SHOWN = 2  # other documents at most that a statement names
_SENTENCES = frozenset({UnitKind.SENTENCE, UnitKind.QUOTE})


def agreeing(choice: Choice, known: Sequence[Candidate], citations: Citations) -> tuple[int, ...]:
    """Numbers of the citations of other documents that say the same as a chosen unit, figure for figure."""
    mine = choice.candidate
    if mine.unit.kind not in _SENTENCES:
        return ()
    numbers: list[int] = []
    seen = {mine.stored.document_id}
    for other in known:
        if other.stored.document_id in seen or other.unit.kind not in _SENTENCES or not _same(mine, other):
            continue
        added = citations.add(other.stored, other.unit.spans)
        if added is not None:
            seen.add(other.stored.document_id)
            numbers += added
        if len(seen) > SHOWN:
            break
    return tuple(numbers)


def _same(one: Candidate, other: Candidate) -> bool:
    """Alike in words, and … the same figures: «32 children» does not agree with «29 children»."""
    first, second = one.unit.text.lower(), other.unit.text.lower()
    return _figures(first) == _figures(second) and fuzz.token_sort_ratio(first, second) >= ALIKE


def _figures(text: str) -> frozenset[str]:
    return frozenset(word.strip(".,;:()“”\"'’") for word in text.split() if NUMBER.search(word))
