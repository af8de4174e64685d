"""Which words a denial, a doubt or a plan governs: those behind it, and, of a passive, those in front."""

import re

from assistant.writing.words import Sentence

BEHIND, FRONT = 4, 1  # words that are looked at
SAID_OF = 2  # of those behind
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be)\s+(?:planned|intended|expected|proposed|recommended|required|hoped)\s*\w*$",
    re.I,
)
_AUXILIARY = "be been being have has had do does did to a an the of any able also now still get got"
AUXILIARY = frozenset(_AUXILIARY.split())


def governed(sentence: Sentence, pattern: re.Pattern[str]) -> list[frozenset[str]]:
    """For each cue, the stems of the words that it is said of, up to the end of its clause."""
    found = []
    for match in pattern.finditer(sentence.text):
        clause = sentence.clause_at(match.end())
        behind = [w for w in sentence.words if w.start >= match.end() and w.lower not in AUXILIARY][:BEHIND]
        words = [w.stem for w in behind if w.clause == clause and not w.is_function][:SAID_OF]
        if _PASSIVE.search(sentence.text[: match.end()]):
            clause = sentence.clause_at(match.start())
            front = [w for w in sentence.words if w.end <= match.start() and not w.is_function and w.clause == clause]
            words += [w.stem for w in front[-FRONT:]]
        found.append(frozenset(words))
    return found
