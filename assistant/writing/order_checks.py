"""Whether the parts of a statement stand to each other as in its proof: who did what to whom, what came of what."""

import re

from assistant.writing.ground import Ground
from assistant.writing.words import Sentence

_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be|get|got)\b(?:\s+\w+ly)?\s+$", re.I)
_BY = re.compile(r"\bby\b", re.I)
_PIVOTS = re.compile(
    r"\b(?:than|because|due to|led to|leads to|result(?:ed|ing|s) in|caused?|rather than|instead of|as opposed to|"
    r"before|after|"
    r"followed|replaced|into|supported?|helped?|trained|taught|paid|funded|commissioned|asked|told|gave|visited|led|"
    r"managed|chaired|evaluated|designed|advised|coached)\b",
    re.I,
)


def check_order(claim: Sentence, ground: Ground) -> str | None:
    """Why the parts have changed places; None where they have not, or where nobody can tell."""
    for pivot in _PIVOTS.finditer(claim.text):
        word = pivot.group().lower()
        for source in ground.own:
            for there in re.finditer(rf"\b{re.escape(word)}\b", source.text, re.I):
                if _crossed(claim, pivot.span(), source, there.span()):
                    return f"what stands before and after “{word}” has changed places"
    return None


def _crossed(claim: Sentence, at: tuple[int, int], source: Sentence, there: tuple[int, int]) -> bool:
    before, after = _sides(claim, at)
    its_before, its_after = _sides(source, there)
    if _is_passive(claim, at) != _is_passive(source, there):
        its_before, its_after = its_after, its_before
    crossed = len(before & its_after) + len(after & its_before)
    straight = len(before & its_before) + len(after & its_after)
    return bool(before & its_after) and bool(after & its_before) and crossed > straight


def _sides(sentence: Sentence, at: tuple[int, int]) -> tuple[frozenset[str], frozenset[str]]:
    """The content words on each side, within the sentence; those on both sides tell nothing."""
    before = {w.stem for w in sentence.words if w.end <= at[0] and not w.is_function}
    after = {w.stem for w in sentence.words if w.start >= at[1] and not w.is_function}
    return frozenset(before - after), frozenset(after - before)


def _is_passive(sentence: Sentence, at: tuple[int, int]) -> bool:
    return bool(_PASSIVE.search(sentence.text[: at[0]])) and bool(_BY.match(sentence.text[at[1] :].lstrip()[:3]))
