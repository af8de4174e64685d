"""Whether the parts of a statement stand to each other as in its proof: who did what to whom, what came of what."""

import re
from collections.abc import Iterator

from assistant.unit import UnitKind
from assistant.writing.ground import Ground
from assistant.writing.thesaurus import LIGHT, TOLD
from assistant.writing.words import Sentence, Word

_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be|get|got)\b(?:\s+\w+ly)?\s+$", re.I)
_COMPARED = re.compile(
    r"\b(?:more|less|worse|(?!(?:other|rather|together|whether|number|never|either)\b)[a-z]{3,}er)\b"
)
_BESIDE = re.compile(r"\b(?:than|while|whilst|whereas|but|and)\b", re.I)  # what may hold the others that are compared
APART = 2  # words that have changed clauses
Place = tuple[int, int]  # from and to in a text
_HAS_OR_IS = frozenset(("is", "are", "was", "were", "be", "been", "has", "have", "had"))
_PIVOTS = re.compile(
    r"\b(?:than|because|due to|led to|leads to|result(?:ed|ing|s) in|rather than|instead of|as opposed to|"
    r"before|after)\b",
    re.I,
)


def check_order(claim: Sentence, ground: Ground) -> str | None:
    """Why the parts have changed places; None where they have not, or where nobody can tell."""
    own = ground.own
    if ground.witness.unit.kind is UnitKind.ROW:
        return None  # its cells stand in any order
    for pivot, there in _pivots(claim, own):
        if _crossed(claim, pivot, own, there):
            return f"what stands before and after “{claim.text[slice(*pivot)].lower()}” has changed places"
    return _other_clause(claim, own) or _other_subject(claim, ground)


def _pivots(claim: Sentence, own: Sentence) -> Iterator[tuple[Place, Place]]:
    """Words that the parts of both stand around: «than», «because», and what somebody does to somebody."""
    for match in _PIVOTS.finditer(claim.text):
        for there in re.finditer(rf"\b{re.escape(match.group())}\b", own.text, re.I):
            yield match.span(), there.span()
    for word in claim.words:
        if _may_turn(word) and not word.capital:
            for there in re.finditer(rf"\b{re.escape(claim.text[word.start : word.end])}\b", own.text, re.I):
                yield (word.start, word.end), there.span()


def _other_clause(claim: Sentence, own: Sentence) -> str | None:
    """«While for child protection staff it was larger» does not say that it was for those of whom the rest speaks."""
    for match in _COMPARED.finditer(claim.text) if _BESIDE.search(claim.text) else ():
        there = re.search(rf"\b{re.escape(match.group())}\b", own.text, re.I)
        if there is None:
            continue
        mine, my_rest = _within_clause(claim, match.start())
        its, its_rest = _within_clause(own, there.start())
        if len((mine - its) & its_rest) >= APART and len((its - mine) & my_rest) >= APART:
            return f"“{match.group()}” is said of something else there"
    return None


def _within_clause(sentence: Sentence, place: int) -> tuple[frozenset[str], frozenset[str]]:
    """The content words of the clause at a place, where «than» begins another; and those of the rest."""
    than = sentence.text.lower().find(" than ", place)
    number = sentence.clause_at(place)
    told = [word for word in sentence.words if _may_turn(word)]
    near = {w.stem for w in told if w.clause == number and (than < 0 or w.start < than)}
    return frozenset(near), frozenset(w.stem for w in told) - near


def _other_subject(claim: Sentence, ground: Ground) -> str | None:
    """«Mutual Ventures rest on …», where the models do, and Mutual Ventures stands behind."""
    names = [word for word in claim.words if word.capital]
    verb = next((w for w in claim.words if _may_turn(w) and not w.capital), None)
    if verb is None or not names or not claim.words[0].capital or names[0].start > verb.start:
        return None
    if _has_verb_between(claim, names, verb):
        return None
    subject = {word.stem for word in names if word.end <= verb.start and not word.is_function}
    places = [n for n, word in enumerate(ground.own.words) if word.stem == verb.stem]
    if len(places) != 1 or not subject or ground.witness.unit.speaker_text:
        return None
    before = {word.stem for word in ground.own.words[: places[0]]}
    behind = {word.stem for word in ground.own.words[places[0] + 1 :]}
    at = ground.own.words[places[0]]
    passive = _is_passive(claim, (verb.start, verb.end)) or _is_passive(ground.own, (at.start, at.end))
    told_before = any(not word.is_function for word in ground.own.words[: places[0]])
    if passive or not told_before or subject & before or not subject <= behind:
        return None
    return f"“{claim.text[names[0].start : verb.end]}” is said of somebody else there"


def _has_verb_between(claim: Sentence, names: list[Word], verb: Word) -> bool:
    """«Hertfordshire has 21 teams», «both are among the authors»: what follows is no verb, and tells no subject."""
    last = [word for word in names if word.end <= verb.start][-1]
    between = [word.lower for word in claim.words if last.end <= word.start and word.end <= verb.start]
    return bool(_HAS_OR_IS.intersection(between)) and not verb.lower.endswith(("ed", "en"))


def _may_turn(word: Word) -> bool:
    return not word.is_function and word.stem not in LIGHT and word.stem not in TOLD


def _crossed(claim: Sentence, at: tuple[int, int], source: Sentence, there: tuple[int, int]) -> bool:
    before, after = _sides(claim, at)
    its_before, its_after = _sides(source, there)
    if _is_passive(claim, at) != _is_passive(source, there):
        its_before, its_after = its_after, its_before
    crossed = bool(before & its_after) and bool(after & its_before) and not after & its_after
    compares = claim.text[slice(*at)].lower().endswith("than")
    return crossed and (compares or len(before & its_before) <= len(before & its_after))


def _sides(sentence: Sentence, at: tuple[int, int]) -> tuple[frozenset[str], frozenset[str]]:
    """The content words on each side, within the sentence; those on both sides tell nothing."""
    told = [word for word in sentence.words if _may_turn(word)]
    before = {w.stem for w in told if w.end <= at[0]}
    after = {w.stem for w in told if w.start >= at[1]}
    return frozenset(before - after), frozenset(after - before)


def _is_passive(sentence: Sentence, at: tuple[int, int]) -> bool:
    return bool(_PASSIVE.search(sentence.text[: at[0]]) and re.match(r"\W*by\b", sentence.text[at[1] :], re.I))
