"""Whether a word is English: for text of which its file does not say enough."""

from functools import lru_cache

from spellchecker import SpellChecker


def is_english(word: str) -> bool:
    return word.lower() in _dictionary()


@lru_cache(maxsize=1)
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en", distance=1)
