"""Which words a denial, a doubt or a plan governs: those behind it, and, of a passive, those in front."""

import re
from assistant.writing.words import Sentence

BEHIND, FRONT = 4, 3  # words
_PASSIVE = re.compile(
    r"(?:(?:is|are|was|were) )?(?:planned|intended|expected|proposed|recommended|required|hoped)\b.*", re.I
)
AUXILIARY = frozenset("be been being have has had do does did to a an the of any able also now still get got".split())


def governed(sentence: Sentence, pattern: re.Pattern[str]) -> list[frozenset[str]]:
    """For each cue, the stems of the words that it can be said of, nearest first: up to the end of its clause."""
    found = []
    for match in pattern.finditer(sentence.text):
        behind = [w for w in sentence.words if w.start >= match.end() and w.lower not in AUXILIARY]
        clause = next((w.clause for w in sentence.words if w.end > match.start()), 0)
        words = [w.stem for w in behind[:BEHIND] if w.clause == clause]
        if _PASSIVE.fullmatch(match.group()):
            front = [w for w in sentence.words if w.end <= match.start() and not w.is_function and w.clause == clause]
            words += [w.stem for w in front[-FRONT:]]
        found.append(frozenset(words))
    return found
