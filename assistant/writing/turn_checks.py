"""Whether statement and proof agree in what turns a claim round: denial, doubt, plan, extent, direction, cause."""

import re
from collections.abc import Mapping

from assistant.writing.cues import CAUSE, CLAIMS_CAUSE, DOUBLE, MODALITY, NEGATION, QUANTITY
from assistant.writing.governed import governed
from assistant.writing.ground import Ground
from assistant.writing.support import akin
from assistant.writing.words import Sentence, read_words

_WEIGHTY = ("planned", "duty", "possible")
_SOFT: Mapping[str, frozenset[str]] = {
    "all": frozenset({"all"}),
    "many": frozenset({"many", "most"}),
    "some": frozenset({"some", "many", "few"}),
    "few": frozenset({"few"}),
}
_ONE = re.compile(r"\bone (?:of the )?(?P<noun>[a-z]{4,})\b", re.I)


def check_turns(claim: Sentence, ground: Ground) -> str | None:
    """Why they disagree; None where they don't."""
    own = ground.own
    return (
        _turned(claim, own, NEGATION, "denied")
        or next((why for name in _WEIGHTY if (why := _turned(claim, own, MODALITY[name], name))), None)
        or _quantity(claim, own)
        or _one_for_many(claim, own)
        or _cause(claim, ground)
    )


def _turned(claim: Sentence, own: Sentence, pattern: re.Pattern[str], name: str) -> str | None:
    """A word that one of them denies (doubts, plans …) and the other says outright."""
    mine = [g for g in governed(_plain(claim), pattern) if g]
    there = governed(_plain(own), pattern)
    its = [g for g in there if g]
    for words in mine:
        if not any(_touch(words, others) for others in its) and not (there and _touch(words, own.stems)):
            return f"{name} in the statement, not there"
    said = frozenset(w.stem for w in claim.words if not w.is_function)
    for words in its:
        if _touch(words, said) and not any(_touch(words, others) for others in mine):
            return f"{name} there, not in the statement"
    return None


def _plain(sentence: Sentence) -> Sentence:
    text = DOUBLE.sub(lambda m: " " * len(m.group()), sentence.text)
    return sentence if text == sentence.text else read_words(text)


def _touch(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(akin(a, b) for a in one for b in other)


def _quantity(claim: Sentence, own: Sentence) -> str | None:
    for name, pattern in QUANTITY.items():
        said = pattern.search(claim.text)
        there = [other for other in _SOFT.get(name, frozenset({name})) if QUANTITY[other].search(own.text)]
        if said and not there:
            return f"“{said.group()}” is not said there"
    said_stems = frozenset(w.stem for w in claim.words if not w.is_function)
    for name in ("most", "some", "few", "only"):
        if QUANTITY[name].search(claim.text) or any(QUANTITY[o].search(claim.text) for o in _SOFT.get(name, ())):
            continue
        for words in governed(own, QUANTITY[name]):
            if words and _touch(words, said_stems) and len(words & said_stems) * 2 >= len(words):
                return f"only “{name}” there"
    return None


def _one_for_many(claim: Sentence, own: Sentence) -> str | None:
    """«One council chose …» says nothing of councils."""
    for match in _ONE.finditer(own.text):
        noun = match["noun"].lower()
        plurals = {f"{noun}s", f"{noun[:-1]}ies"}
        if any(word.lower in plurals for word in claim.words) and f"one {noun}" not in claim.text.lower():
            return f"one {noun} there"
    return None


def _cause(claim: Sentence, ground: Ground) -> str | None:
    said = CLAIMS_CAUSE.search(claim.text)
    return f"“{said.group()}” is not said there" if said and not CAUSE.search(ground.text) else None
