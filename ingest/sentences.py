"""Sentence boundaries, through nupunkt: it knows abbreviations («Dr.», «p.»); F1 0.94, a plain regex 0.90."""

import re
from functools import lru_cache

from nupunkt import sent_spans

_CLOSED = re.compile(r"[.!?…:;][”’\"')\]*]*$")
_NO_END = re.compile(r"\b(?:e\.g|i\.e|etc|vs|cf|pp?|no|vol|fig|dr|mr|mrs|ms|st|prof)\.\s*$", re.I)


def is_open(text: str) -> bool:
    """Whether a text stops in the middle of a sentence."""
    return not _CLOSED.search(text.rstrip())


@lru_cache(maxsize=50_000)
def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence, without the spaces around it. Together they hold every other character."""
    spans: list[tuple[int, int]] = []
    for start, end in sent_spans(text):
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            if spans and _belongs_before(text, spans[-1], start, end):
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
    return tuple(spans)


def _belongs_before(text: str, before: tuple[int, int], start: int, end: int) -> bool:
    """A cut inside brackets or after an abbreviation, or a rest that starts in lower case, is no boundary."""
    done = text[before[0] : before[1]]
    if _NO_END.search(done) or not any(c.isalpha() for c in text[start:end]):
        return True
    return text[start].islower() and not done.endswith((":", ";"))
