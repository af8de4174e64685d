"""What the library's words are and how common: stems, inverse document frequency, and the spelling a person meant."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from spellchecker import SpellChecker

_WORD = re.compile(r"£?\d[\d,.]*\d%?|£?\d%?|[^\W\d_]+(?:['’][^\W\d_]+)?")
_FORMS = """
begin began begun; bring brought; build built; buy bought; catch caught; child children; choose chose chosen;
draw drew drawn; drive drove driven; fall fell fallen; feel felt; find found; give gave given; go went gone
goes going; grow grew grown; hear heard; hold held; keep kept; know knew known; lead led; leave left; learn
learnt; lose lost; make made; meet met; pay paid; rise rose risen; run ran; say said; see saw seen; seek
sought; send sent; show shown; speak spoke spoken; spend spent; take took taken; teach taught; tell told;
think thought; understand understood; win won; write wrote written; wear worn; break broke broken; person
people persons
"""  # a verb or noun, then the forms that no stemmer finds
IRREGULAR = {form: entry.split()[0] for entry in _FORMS.split(";") for form in entry.split()[1:]}
_USUAL = 100  # times a word stands in the spell checker's corpus
_SPELLING = 0.75  # similarity below which another word was meant
_stemmer = snowballstemmer.stemmer("english")
_BRITISH = (
    (re.compile(r"iz(e|ed|es|er|ers|ing|ation|ations)$"), r"is\1"),
    (re.compile(r"(?<=[a-z]{3})or(s|ed|ing)?$"), r"our\1"),
)


def words_of(text: str) -> list[str]:
    """Lower-case words and numbers, possessives cut off."""
    return [re.sub(r"['’]s$", "", word) for word in _WORD.findall(text.lower().replace("‐", "-"))]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    word = word.replace("’", "'")
    return str(_stemmer.stemWord(IRREGULAR.get(word, word)))


@lru_cache(maxsize=50_000)
def stems_of(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words_of(text))


@lru_cache(maxsize=1)
def _english() -> SpellChecker:
    return SpellChecker(language="en")


def is_english(word: str) -> bool:
    """Whether people write this word often enough for it to be meant as it stands («offending» is no «offering»)."""
    return int(_english().word_frequency[word.lower()]) >= _USUAL


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`frequency` counts chunks with a stem, `forms` counts whole words; `size` is the number of chunks."""

    size: int
    frequency: Counter[str]
    forms: Counter[str]

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
        near = [w for w in (*self.forms, *extra) if abs(len(w) - len(word)) <= 2 and w.isalpha() and len(w) > 3]
        found = process.extract(
            word, near, scorer=DamerauLevenshtein.normalized_similarity, limit=6, score_cutoff=_SPELLING
        )
        if not found:
            return word
        return max(found, key=lambda hit: (hit[1] + 0.08 * (hit[0][0] == word[0]), self.forms[hit[0]]))[0]


def build_lexicon(texts: Iterable[str]) -> Lexicon:
    frequency: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    size = 0
    for text in texts:
        size += 1
        words = set(words_of(text))
        forms.update(words)
        frequency.update({stem(word) for word in words})
    return Lexicon(size, frequency, forms)
