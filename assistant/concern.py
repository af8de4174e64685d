"""Whether a question sounds like a live concern for a child; the words that decide are the programme's data."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ingest.programme import Programme

# A clause that asks something stands for itself: «he hit her last night, what do I do»
_SENTENCES = re.compile(
    r"(?<=[.?!;:])\s+|\n+|,\s+(?=(?:and |so |but )?(?:what|which|how|who|does|do|is|are|any|can)\b)", re.I
)

_JOINS = re.compile(r"^[\W_]*(?:(?:and|so|but|also|ok|hi|hello)\b[\W_]*)*", re.I)


def safety_line(question: str, programme: Programme) -> str | None:
    """The line on top of the answer, or None. Meant to be shown once too often rather than once too little."""
    words: Mapping[str, Sequence[str]] | None = programme.raw.get("safeguarding")
    if words is None:
        return None
    text = question.replace("’", "'")
    if not _says(text, words["harm"]):
        return None
    if _says(text, words["now"]) or any(_tells(one, words) for one in _SENTENCES.split(text)):
        return str(words["line"])
    return None


def _tells(sentence: str, words: Mapping[str, Sequence[str]]) -> bool:
    """Whether a sentence tells of harm to somebody, and asks nothing of the documents."""
    if not _says(sentence, words["harm"]) or not _says(sentence, words["people"]):
        return False
    asks = _any_of(tuple(words["asks"])).match(_JOINS.sub("", sentence))
    return asks is None and not _says(sentence, words["about"])


def _says(text: str, phrases: Sequence[str]) -> bool:
    return _any_of(tuple(phrases)).search(text) is not None


@lru_cache(maxsize=16)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{'|'.join(map(_pattern, phrases))})(?![\w'])", re.I)


def _pattern(phrase: str) -> str:
    """`*` is the rest of a word, `…` up to four words between."""
    return (
        re.escape(phrase).replace(r"\ …\ ", r"(?:\W+[\w']+){0,4}?\W+").replace(r"\*", r"[\w']*").replace(r"\ ", r"\W+")
    )
