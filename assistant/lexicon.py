"""What the library's words are and how common: stems, inverse document frequency, and the spelling a person meant."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from spellchecker import SpellChecker

from assistant.spelling import Spellings
from ingest.stems import stem, stems_of, words_of

__all__ = ["Lexicon", "is_english", "stem", "stems_of", "words_of"]

_USUAL = 100  # times a word stands in the spell checker's corpus
_EVERYBODY = 20_000
_SHORT = 4  # letters
_BRITISH = (
    (re.compile(r"iz(e|ed|es|er|ers|ing|ation|ations)$"), r"is\1"),
    (re.compile(r"(?<=[a-z]{3})or(s|ed|ing)?$"), r"our\1"),
)


@lru_cache(maxsize=1)
def _english() -> SpellChecker:
    return SpellChecker(language="en")


def is_english(word: str) -> bool:
    """Whether people write this word often enough for it to be meant as it stands («offending» is no «offering»)."""
    return how_often(word) >= _USUAL


def how_often(word: str) -> int:
    """Times a word stands in the spell checker's corpus."""
    return int(_english().word_frequency[word.lower()])


def is_misspelt(word: str, least: int = 5) -> bool:
    """Whether about one letter is wrong in a word that everybody writes: «famly», «conferance».

    Words of fewer letters than `least` are near to something always.
    """
    low = word.lower()
    return len(low) >= least and not _one_less().isdisjoint({low, *_without_one(low)})


def _without_one(word: str) -> Iterable[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


@lru_cache(maxsize=1)
def _one_less() -> frozenset[str]:
    """The words that everybody writes, and each without one of its letters (as SymSpell looks words up)."""
    usual = [word for word, times in _english().word_frequency.items() if times > _EVERYBODY and len(word) >= _SHORT]
    return frozenset(part for word in usual for part in (word, *_without_one(word)))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`frequency` counts chunks with a stem, `spellings` knows whole words; `size` is the number of chunks."""

    size: int
    frequency: Counter[str]
    spellings: Spellings

    def idf(self, stemmed: str) -> float:
        """ln(1 + (N - n + 0.5) / (n + 0.5)), as BM25 has it (Robertson & Zaragoza 2009)."""
        n = self.frequency[stemmed]
        return math.log(1 + (self.size - n + 0.5) / (n + 0.5))

    def knows(self, word: str) -> bool:
        return self.frequency[stem(word)] > 0

    def correct(self, word: str, extra: Iterable[str] = ()) -> str:
        """The library's word nearest to a misspelt one; the word itself when it is known or nothing is near."""
        if len(word) < 4 or not word.isalpha() or self.knows(word):
            return word
        for pattern, british in _BRITISH:
            if self.knows(changed := pattern.sub(british, word)):
                return changed
        if is_english(word):
            return word
        return self.spellings.nearest(word, extra) or word
