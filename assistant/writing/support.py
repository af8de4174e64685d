"""Whether a statement's words stand in its proof: as they are, as another form, or as what means the same."""

import re
from collections.abc import Callable, Sequence

import numpy as np

from assistant.knowledge import Knowledge
from assistant.lexicon import stems_of
from assistant.unit import UnitKind
from assistant.writing.cues import MODALITY, NEGATION, OPPOSITES, POINTS_BACK, QUANTITY
from assistant.writing.ground import Ground
from assistant.writing.parting import sentences_of
from assistant.writing.thesaurus import APART, LIGHT, SAME, TOLD
from assistant.writing.words import Sentence, Word

OWN = 0.6  # share of a statement's words, by weight, that a sentence itself has to hold, not what it hangs on
POINTED_AT = 2  # words of a sentence before that “it” may stand for
_PRONOUN = re.compile(r"^\W*(?:it|they|this|these|he|she)\b|\b(?:them|one)\b(?=\s*(?:$|[.,;(]|and\b))", re.I)
MEANT = 2  # missing words for which another is looked for that means the same
ROOT = 4  # letters that two words of one family begin with
ALIKE = 0.6  # cosine from which two words may mean the same

Embed = Callable[[Sequence[str]], "np.ndarray"]


def check_words(claim: Sentence, ground: Ground, knowledge: Knowledge, embed: Embed) -> tuple[str | None, float]:
    """Why too much of the statement is not there (None where enough is), and the share that is."""
    content = [word for word in claim.words if not _carries_nothing(word, claim) and not _is_seen(word, ground)]
    if not content:
        return None, 1.0
    weight = {word.stem: max(0.5, knowledge.lexicon.idf(word.stem)) for word in content}
    around = _around(ground)
    held = {word: _held(word, claim, ground, knowledge, around) for word in content}
    missing = [word for word in content if not held[word]]
    if len(missing) <= MEANT:
        for word in _meant(missing, content, claim, ground, embed):
            held[word] = 0.9
        missing = [word for word in content if not held[word]]
    if _is_topic(missing, claim, ground):  # told before
        missing = []
    total = sum(weight[word.stem] for word in content)
    share = sum(weight[word.stem] * (held[word] > 0) for word in content) / total
    telling = [word for word in content if not word.capital] or content
    pointed_at = [word for word in telling if held[word] == 0.5][:POINTED_AT] if _PRONOUN.search(ground.text) else []
    telling = [word for word in telling if word not in pointed_at]
    if not telling:
        return f"not there: {', '.join(claim.text[w.start : w.end] for w in pointed_at)}", 0.0
    own = sum(weight[w.stem] * (held[w] >= 0.9) for w in telling) / sum(weight[w.stem] for w in telling)
    if not missing and own >= OWN:
        return None, share
    lacking = missing or [word for word in telling if held[word] < 0.9]
    return f"not there: {', '.join(claim.text[w.start : w.end] for w in lacking[:5])}", share


def _carries_nothing(word: Word, claim: Sentence) -> bool:
    """Joins, tells that something is told, or is looked at elsewhere: figures, and words that turn a claim round."""
    if word.is_function or word.stem in TOLD or word.stem in LIGHT:
        return True
    turns = any(pattern.fullmatch(word.lower) for pattern in (NEGATION, *MODALITY.values(), *QUANTITY.values()))
    return turns or _in_figure(word, claim)


def _is_seen(word: Word, ground: Ground) -> bool:
    """Up and down are seen in a row of figures: which way, the bindings check."""
    in_row = ground.witness.unit.kind is UnitKind.ROW and len(ground.own.figures) > 1
    return in_row and any(pattern.fullmatch(word.lower) for pattern in OPPOSITES[0])


def _held(word: Word, claim: Sentence, ground: Ground, knowledge: Knowledge, around: frozenset[str]) -> float:
    """1 in the sentence itself, in this form or another; 0.5 in what it hangs on; 0 nowhere."""
    own = ground.own.stems
    if any(akin(word.stem, other) for other in own) or _is_other_name(word, claim, ground, knowledge):
        return 1.0
    return 0.5 if word.stem in around or (word.capital and _in_wider(word, ground)) else 0.0


def _around(ground: Ground) -> frozenset[str]:
    """What a sentence hangs on counts where it points back to it, or has no subject of its own."""
    first = ground.own.words[0].lower if ground.own.words else ""
    heading = ground.witness.unit.heading
    if POINTS_BACK.search(ground.own.text) or not ground.own.text[:1].isupper() or first in ("they", "it", "this"):
        return frozenset(stems_of(ground.around))
    return frozenset(stems_of(f"{heading} {ground.lead}"))


def _in_wider(word: Word, ground: Ground) -> bool:
    return word.stem in stems_of(f"{ground.around} {ground.wider}")


def _is_topic(missing: Sequence[Word], claim: Sentence, ground: Ground) -> bool:
    """Whether a word says what title or heading are about; or two side by side, what a list or “it” stands for."""
    told = f"{ground.title} {ground.heading} {ground.lead}"
    if len(missing) == 2:
        beside = claim.words.index(missing[1]) - claim.words.index(missing[0]) == 1
        leans = ground.witness.unit.kind is UnitKind.LIST or _PRONOUN.search(ground.text)
        if not beside or not leans:
            return False
        told = f"{told} {sentences_of(ground.before)[-1]}"
    return len(missing) in (1, 2) and all(word.stem in stems_of(told) for word in missing)


def _in_figure(word: Word, claim: Sentence) -> bool:
    return any(figure.start <= word.start < figure.end for figure in claim.figures)


def _meant(
    missing: Sequence[Word], content: Sequence[Word], claim: Sentence, ground: Ground, embed: Embed
) -> list[Word]:
    """Missing words for which a word of the proof that says nothing else in the statement means the same."""
    said = {word.stem for word in content} - {word.stem for word in missing}
    free = {w.lower: w for w in ground.own.words if not w.is_function and w.stem not in said and not w.capital}
    small = [word for word in missing if not word.capital]
    if not free or not small:
        return []
    vectors = embed([*(word.lower for word in small), *free])
    near = vectors[: len(small)] @ vectors[len(small) :].T
    names = list(free)
    return [
        word
        for word, row in zip(small, near, strict=True)
        if any(value >= ALIKE and not _apart(word.stem, free[names[n]].stem) for n, value in enumerate(row))
    ]


def _apart(one: str, other: str) -> bool:
    """Words that are near each other and exclude each other: weekly and monthly, mother and father."""
    return any(one in family and other in family for family in APART)


def _is_other_name(word: Word, claim: Sentence, ground: Ground, knowledge: Knowledge) -> bool:
    """Part of a name or term for which the proof has another of the programme's words («CIN», «child in need»)."""
    own, mine = stems_of(ground.text), stems_of(claim.text)
    return any(
        any(word.stem in names and _holds(mine, names) for names in group)
        and any(_holds(own, names) for names in group)
        for group, _ in knowledge.groups
    )


def _holds(stems: tuple[str, ...], names: tuple[str, ...]) -> bool:
    length = len(names)
    return any(stems[at : at + length] == names for at in range(len(stems) - length + 1))


def akin(one: str, other: str) -> bool:
    """Whether two stems are one word, of one family, or stand for the same."""
    return one == other or _same_root(one, other) or any(one in family and other in family for family in SAME)


def _same_root(one: str, other: str) -> bool:
    """«evaluat(or)» and «evaluat(e)»: the longer adds an ending to the shorter's root."""
    shorter, longer = sorted((one, other), key=len)
    common = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(shorter))
    return common >= ROOT and common >= len(shorter) - 1 and len(longer) - common <= 5
