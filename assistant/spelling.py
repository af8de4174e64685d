"""The library's words that a misspelt one may stand for."""

import threading
from collections.abc import Callable, Iterable, Mapping

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

LONGEST = 40  # characters; what is longer is no word, and nobody misspells it
_SHORTEST = 4
_LENGTHS_APART = 2
_SIMILARITY = 0.75  # below which another word was meant
_SAME_FIRST = 0.08  # people mistype first letters least
_LOOKED_AT = 6


class Spellings:
    """Loads its words when it is first asked. Safe to share between threads."""

    def __init__(self, load: Callable[[], Mapping[str, int]]) -> None:
        """`load` gives words and in how many chunks each stands."""
        self._load = load
        self._lock = threading.Lock()
        self._loaded: tuple[Mapping[str, int], list[str], npt.NDArray[np.uint8], npt.NDArray[np.uint64]] | None = None

    def nearest(self, word: str, extra: Iterable[str] = ()) -> str | None:
        """The word most like it, of the library's and `extra`; the commoner one of two that are. None when none is."""
        counts, words, lengths, letters = self._ready()
        if not _SHORTEST <= len(word) <= LONGEST:
            return None
        # Each slip of the pen changes at most two of a word's set of letters: few words are left to be compared
        slips = int((1 - _SIMILARITY) * (len(word) + _LENGTHS_APART))
        close = np.abs(lengths.astype(np.int16) - len(word)) <= _LENGTHS_APART
        close &= np.bitwise_count(letters ^ _letters([word])[0]) <= 2 * slips
        near = [words[row] for row in np.flatnonzero(close)]
        near += [one for one in extra if abs(len(one) - len(word)) <= _LENGTHS_APART and _is_word(one)]
        found = process.extract(
            word, near, scorer=DamerauLevenshtein.normalized_similarity, limit=_LOOKED_AT, score_cutoff=_SIMILARITY
        )
        if not found:
            return None
        return max(found, key=lambda hit: (hit[1] + _SAME_FIRST * (hit[0][0] == word[0]), counts.get(hit[0], 0)))[0]

    def _ready(self) -> tuple[Mapping[str, int], list[str], npt.NDArray[np.uint8], npt.NDArray[np.uint64]]:
        with self._lock:
            if self._loaded is None:
                counts = {word: count for word, count in self._load().items() if _is_word(word)}
                words = sorted(counts, key=lambda word: (-counts[word], word))
                lengths = np.array([len(word) for word in words], dtype=np.uint8)
                self._loaded = counts, words, lengths, _letters(words)
            return self._loaded


def _is_word(word: str) -> bool:
    return _SHORTEST <= len(word) <= LONGEST and word.isalpha()


def _letters(words: list[str]) -> npt.NDArray[np.uint64]:
    """The set of each word's letters, a bit for each; letters beyond 64 share bits."""
    if not words:
        return np.zeros(0, dtype=np.uint64)
    codes = np.array(words).view(np.uint32).reshape(len(words), -1)
    bits = np.where(codes > 0, np.uint64(1) << (codes & 63).astype(np.uint64), np.uint64(0))
    return np.asarray(np.bitwise_or.reduce(bits, axis=1), dtype=np.uint64)
