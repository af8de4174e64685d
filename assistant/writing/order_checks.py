"""Whether the parts of a statement stand to each other as in its proof: who did what to whom, what came of what."""

import re

from assistant.writing.ground import Ground
from assistant.writing.thesaurus import LIGHT, TOLD
from assistant.writing.words import Sentence, Word

_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be|get|got)\b(?:\s+\w+ly)?\s+$", re.I)
_PIVOTS = re.compile(
    r"\b(?:than|because|due to|led to|leads to|result(?:ed|ing|s) in|rather than|instead of|as opposed to|"
    r"before|after)\b",
    re.I,
)


def check_order(claim: Sentence, ground: Ground) -> str | None:
    """Why the parts have changed places; None where they have not, or where nobody can tell."""
    own = ground.own
    pivots = [(match.start(), match.end()) for match in _PIVOTS.finditer(claim.text)]
    words = {word.stem for word in own.words if not word.is_function}
    pivots += [(w.start, w.end) for w in claim.words if _may_turn(w) and w.stem in words]
    for start, end in pivots:
        said = claim.text[start:end].lower()
        for there in re.finditer(rf"\b{re.escape(said)}\b", own.text, re.I):
            if _crossed(claim, (start, end), own, there.span()):
                return f"what stands before and after “{said}” has changed places"
    return None


def _may_turn(word: Word) -> bool:
    return not word.is_function and word.stem not in LIGHT and word.stem not in TOLD


def _crossed(claim: Sentence, at: tuple[int, int], source: Sentence, there: tuple[int, int]) -> bool:
    before, after = _sides(claim, at)
    its_before, its_after = _sides(source, there)
    if _is_passive(claim, at) != _is_passive(source, there):
        its_before, its_after = its_after, its_before
    crossed = bool(before & its_after) and bool(after & its_before)
    return crossed and not after & its_after and len(before & its_before) <= len(before & its_after)


def _sides(sentence: Sentence, at: tuple[int, int]) -> tuple[frozenset[str], frozenset[str]]:
    """The content words on each side, within the sentence; those on both sides tell nothing."""
    told = [w for w in sentence.words if not w.is_function and w.stem not in TOLD and w.stem not in LIGHT]
    before = {w.stem for w in told if w.end <= at[0]}
    after = {w.stem for w in told if w.start >= at[1]}
    return frozenset(before - after), frozenset(after - before)


def _is_passive(sentence: Sentence, at: tuple[int, int]) -> bool:
    return bool(_PASSIVE.search(sentence.text[: at[0]]) and re.match(r"\W*by\b", sentence.text[at[1] :], re.I))
