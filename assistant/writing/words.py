"""A sentence as a verifier reads it: its words with their stems, in clauses, figures set apart."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.lexicon import stem
from assistant.writing.figures import Figure, find_figures

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Where one thing that is said ends and another may begin
_CLAUSE = re.compile(
    r"[;:,]\s|\s[–—-]\s|\)\s?|\s?\(|\s(?=(?:and|but|while|whilst|whereas|although|though|because|unless|rather than|"
    r"instead of|as opposed to|who|which)\b)",
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
    """`cuts` are the places in the text where a clause begins."""

    text: str
    words: tuple[Word, ...]
    figures: tuple[Figure, ...]
    cuts: tuple[int, ...]

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(word.stem for word in self.words)

    def clause_at(self, place: int) -> int:
        return sum(cut <= place for cut in self.cuts)

    def at(self, place: int) -> int:
        """The number of the first word that ends behind a place in the text."""
        return next((n for n, word in enumerate(self.words) if word.end > place), len(self.words))


@lru_cache(maxsize=4096)
def read_words(text: str) -> Sentence:
    """Words that are part of a figure («March», «five») are in `words` too: their neighbours are found by place."""
    cuts = tuple(match.start() + 1 for match in _CLAUSE.finditer(text))
    words: list[Word] = []
    first, last_end = True, 0
    for match in _WORD.finditer(text):
        first = first or bool(re.search(r"[.!?]\s", text[last_end : match.start()]))
        token = match.group()
        lower = re.sub(r"'s$", "", token.lower().replace("’", "'"))
        clause = sum(cut <= match.start() for cut in cuts)
        words.append(Word(lower, stem(lower), match.start(), match.end(), clause, token[0].isupper(), first))
        first, last_end = False, match.end()
    return Sentence(text, tuple(words), tuple(find_figures(text)), cuts)
