"""A sentence as a verifier reads it: its words with their stems, in clauses, figures set apart."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.lexicon import stem
from assistant.writing.figures import Figure, find_figures

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CLAUSE = re.compile(
    r"[;:]\s|\s[–—-]\s|\)\s?|\s?\(|,\s(?=(?:but|while|whilst|whereas|although|though|which|who|and|so|with|where)\b)|"
    r"\s(?=(?:but|while|whilst|whereas|although|though|because|unless|rather than|instead of|as opposed to)\b)",
    re.I,
)
# Words that carry no claim of their own. Those that turn a claim round (not, may, more, all …) are read as cues.
_FUNCTION = """
a an the this that these those it its they them their theirs there here he him his she her hers we us our ours i me my
you your one ones itself themselves himself herself
of to in on at by for with from into onto as than and or but nor so if then also too very just even both either such
about across among around between during over under through throughout towards within upon per via out up off down
against along beyond behind above below inside outside near next
be is are was were been being am do does did doing done have has had having
what which who whom whose when where why how while whilst whereas although though because since until
s t re ll ve d m
"""
FUNCTION = frozenset(_FUNCTION.split())


@dataclass(frozen=True, slots=True)
class Word:
    """`lower` is folded; `clause` counts from 0; `begins` tells the first word of a sentence."""

    lower: str
    stem: str
    start: int
    end: int
    clause: int
    capital: bool
    begins: bool

    @property
    def is_function(self) -> bool:
        return self.lower in FUNCTION


@dataclass(frozen=True, slots=True)
class Sentence:
    """`clauses` are places in `words`: the first and one past the last."""

    text: str
    words: tuple[Word, ...]
    figures: tuple[Figure, ...]
    clauses: tuple[tuple[int, int], ...]

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(word.stem for word in self.words)

    def at(self, place: int) -> int:
        """The number of the first word that ends behind a place in the text."""
        return next((n for n, word in enumerate(self.words) if word.end > place), len(self.words))


@lru_cache(maxsize=4096)
def read_words(text: str) -> Sentence:
    """Words that are part of a figure («March», «five») are in `words` too: their neighbours are found by place."""
    cuts = [match.start() + 1 for match in _CLAUSE.finditer(text)]
    words: list[Word] = []
    clause, first = 0, True
    last_end = 0
    for match in _WORD.finditer(text):
        between = text[last_end : match.start()]
        first = first or bool(re.search(r"[.!?]\s", between))
        while cuts and cuts[0] <= match.start():
            cuts.pop(0)
            clause += 1
        token = match.group()
        lower = token.lower().replace("’", "'")
        lower = re.sub(r"'s$", "", lower)
        words.append(Word(lower, stem(lower), match.start(), match.end(), clause, token[0].isupper(), first))
        first, last_end = False, match.end()
    return Sentence(text, tuple(words), tuple(find_figures(text)), _clauses(words))


def _clauses(words: list[Word]) -> tuple[tuple[int, int], ...]:
    made: list[tuple[int, int]] = []
    for n, word in enumerate(words):
        if made and words[n - 1].clause == word.clause:
            made[-1] = (made[-1][0], n + 1)
        else:
            made.append((n, n + 1))
    return tuple(made)
