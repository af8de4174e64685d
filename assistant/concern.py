"""Whether a question sounds like a live concern for a child; the words that decide are the programme's data."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from ingest.programme import Programme


def safety_line(question: str, programme: Programme) -> str | None:
    """The line on top of the answer, or None. Meant to be shown once too often rather than once too little."""
    words: Mapping[str, Any] | None = programme.raw.get("safeguarding")
    if words is None or not _says(question, words["harm"]):
        return None
    now = _says(question, words["now"])
    seen = _says(question, words["seen"]) and not _says(question, words["about"])
    return str(words["line"]) if now or seen else None


def _says(text: str, phrases: Sequence[str]) -> bool:
    return _any_of(tuple(phrases)).search(text.replace("’", "'")) is not None


@lru_cache(maxsize=16)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{'|'.join(map(_pattern, phrases))})(?![\w'])", re.I)


def _pattern(phrase: str) -> str:
    """`*` is the rest of a word, `…` up to four words between."""
    return (
        re.escape(phrase).replace(r"\ …\ ", r"(?:\W+[\w']+){0,4}?\W+").replace(r"\*", r"[\w']*").replace(r"\ ", r"\W+")
    )
