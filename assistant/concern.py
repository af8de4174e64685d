"""Whether a question sounds like a live concern for a child: by its meaning, and by words of the programme's data."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ingest.errors import IngestError
from ingest.programme import Programme
from ingest.view import LibraryView

WEIGHTS = Path(__file__).with_name("concern_weights.json")  # made by evals/concern_fit.py, for one embedding model
SURE = 1.5  # log odds from which the meaning alone decides
MAYBE = -2.0  # and from which the words do; they alone where the meaning is not to be had
LONGEST = 2000  # characters; no question is longer

# A clause that asks something stands for itself: «he hit her last night, what do I do»
_SENTENCES = re.compile(
    r"(?<=[.?!;:])\s+|\n+|,\s+(?=(?:and |so |but )?(?:what|which|how|who|does|do|is|are|any|can)\b)", re.I
)
_JOINS = re.compile(r"^[\W_]*(?:(?:and|so|but|also|ok|hi|hello)\b[\W_]*)*", re.I)


@dataclass(frozen=True, slots=True)
class Heard:
    """`line` stands on top of the answer, where it must; `vectors` are those made on the way, by their texts."""

    line: str | None
    vectors: "Mapping[str, np.ndarray]"


class Concerns:
    """Safe to share between threads. Without a library the words alone decide."""

    def __init__(self, programme: Programme, library: LibraryView | None = None) -> None:
        self._words: Mapping[str, Any] | None = programme.raw.get("safeguarding")
        self._library = library

    def hear(self, text: str) -> Heard:
        """Whether the line belongs on top of the answer: rather shown once too often than once too little."""
        readable = text.encode("utf-8", "replace").decode("utf-8")[:LONGEST]
        if self._words is None or not readable.strip():
            return Heard(None, {})
        vectors = self._embedded([readable])
        (line,) = self._lines([readable], vectors)
        return Heard(line, {} if vectors is None else {readable: vectors[0]})

    def line(self, text: str) -> str | None:
        """The line alone."""
        return self.hear(text).line

    def lines(self, texts: Sequence[str]) -> list[str | None]:
        """The same for many at once."""
        if self._words is None or not texts:
            return [None] * len(texts)
        return self._lines(texts, self._embedded(texts))

    def _lines(self, texts: Sequence[str], vectors: "np.ndarray | None") -> list[str | None]:
        words = self._words
        assert words is not None
        said = np.asarray([says_concern(text, words) for text in texts])
        live = said
        if vectors is not None and self._library is not None:
            weights, bias = _weights(self._library.embedder.identity.sha256)
            odds = vectors @ weights + bias
            live = (odds > SURE) | (said & (odds > MAYBE))
        return [str(words["line"]) if one else None for one in live]

    def _embedded(self, texts: Sequence[str]) -> "np.ndarray | None":
        """None without the embedding model that the weights are for."""
        if self._library is None:
            return None
        try:
            weights, _ = _weights(self._library.embedder.identity.sha256)
            return None if weights is None else self._library.embed(texts)
        except IngestError:
            return None


def says_concern(text: str, words: Mapping[str, Sequence[str]]) -> bool:
    """By the words alone."""
    text = text.replace("’", "'")
    if not _says(text, words["harm"]):
        return False
    return _says(text, words["now"]) or any(_tells(one, words) for one in _SENTENCES.split(text))


def _tells(sentence: str, words: Mapping[str, Sequence[str]]) -> bool:
    """Whether a sentence tells of harm to somebody, and asks nothing of the documents."""
    if not _says(sentence, words["harm"]) or not _says(sentence, words["people"]):
        return False
    asks = _any_of(tuple(words["asks"])).match(_JOINS.sub("", sentence))
    return asks is None and not _says(sentence, words["about"])


def _says(text: str, phrases: Sequence[str]) -> bool:
    return _any_of(tuple(phrases)).search(text) is not None


@lru_cache(maxsize=2)
def _weights(model: str) -> "tuple[np.ndarray | None, float]":
    kept = json.loads(WEIGHTS.read_text("utf-8")) if WEIGHTS.is_file() else {}
    if kept.get("model") != model:
        return None, 0.0
    return np.asarray(kept["weights"], dtype=np.float32), float(kept["bias"])


@lru_cache(maxsize=16)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{'|'.join(map(_pattern, phrases))})(?![\w'])", re.I)


def _pattern(phrase: str) -> str:
    """`*` is the rest of a word, `…` up to four words between."""
    gap = re.escape(phrase).replace(r"\ …\ ", r"(?:\W+[\w']+){0,4}?\W+")
    return gap.replace(r"\*", r"[\w']*").replace(r"\ ", r"\W+")
