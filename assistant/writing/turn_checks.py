"""Whether statement and proof agree in what turns a claim round: denial, doubt, plan, extent, direction, cause."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.writing.cues import (
    CAUSE,
    CLAIMS_CAUSE,
    MODALITY,
    OPPOSITES,
    QUANTITY,
    classes,
    is_denied,
)
from assistant.writing.ground import Ground
from assistant.writing.words import Sentence

NEARLY = 0.5  # share of the best overlap from which a further clause counts as told of too
REACH = 4  # words
_SOFT = {"all": {"all", "only"}, "many": {"many", "most", "some"}, "some": {"some", "many"}, "most": {"most"}}
_COMPARES = re.compile(r"\b(?:more|less|fewer|greater|larger|smaller|higher|lower|better|worse)\b.{0,60}\bthan\b", re.I)

Weigh = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Pair:
    """A clause of the statement, and the clauses of its proof that tell of the same."""

    claim: str
    proof: str


def check_turns(claim: Sentence, ground: Ground, weigh: Weigh) -> str | None:
    """Why they disagree; None where they don't. `weigh` gives a stem's weight."""
    for pair in _pairs(claim, ground, weigh):
        reason = _denial(pair) or _modality(pair) or _quantity(pair)
        if reason:
            return reason
    return _direction(claim, ground) or _cause(claim, ground)


def _pairs(claim: Sentence, ground: Ground, weigh: Weigh) -> Iterator[Pair]:
    for first, last in claim.clauses:
        stems = {w.stem for w in claim.words[first:last] if not w.is_function}
        scored = []
        for source in ground.own:
            for a, b in source.clauses:
                shared = stems & {w.stem for w in source.words[a:b] if not w.is_function}
                scored.append((sum(map(weigh, shared)), source, a, b))
        best = max((row[0] for row in scored), default=0.0)
        if best <= 0 or len(stems) < 2:
            continue
        told = [_text(source, a, b) for score, source, a, b in scored if score >= NEARLY * best]
        yield Pair(_text(claim, first, last), " / ".join(told))


def _text(sentence: Sentence, first: int, last: int) -> str:
    """A clause with the small words that join it to what came before."""
    begin = sentence.words[first].start
    end = sentence.words[last].start if last < len(sentence.words) else len(sentence.text)
    return sentence.text[begin:end]


def _denial(pair: Pair) -> str | None:
    parts = pair.proof.split(" / ")
    mine = is_denied(pair.claim)
    if all(is_denied(part) != mine for part in parts):
        return "denial" if mine else "denial dropped"
    return None


def _modality(pair: Pair) -> str | None:
    mine, its = classes(pair.claim, MODALITY), classes(pair.proof, MODALITY)
    if added := mine - its:
        return f"{min(added)} is not said there"
    parts = [classes(part, MODALITY) for part in pair.proof.split(" / ")]
    if dropped := frozenset.intersection(*parts) - mine:
        return f"only {min(dropped)} there"
    return None


def _quantity(pair: Pair) -> str | None:
    mine, its = classes(pair.claim, QUANTITY), classes(pair.proof, QUANTITY)
    for name in sorted(mine):
        if not its & _SOFT.get(name, {name}):
            return f"“{name}” is not said there"
    parts = [classes(part, QUANTITY) for part in pair.proof.split(" / ")]
    dropped = (frozenset.intersection(*parts) - mine) & {"most", "some", "few", "only"}
    return f"only “{min(dropped)}” there" if dropped and not mine & dropped else None


def _direction(claim: Sentence, ground: Ground) -> str | None:
    """The statement goes one way where its proof only goes the other."""
    text = ground.text
    for one, other in OPPOSITES:
        for mine, against in ((one, other), (other, one)):
            said = mine.search(claim.text)
            if said and not mine.search(text) and against.search(text) and not against.search(claim.text):
                return f"“{said.group()}” is the other way round there"
            if said and against.search(text) and mine.search(text) and _turned(claim, ground, mine, against):
                return f"“{said.group()}” is said of something else there"
    return None


def _turned(claim: Sentence, ground: Ground, mine: re.Pattern[str], against: re.Pattern[str]) -> bool:
    """Beside the words that stand by it in the statement, the proof has the opposite, and not the same."""
    for said in mine.finditer(claim.text):
        beside = _beside(claim, said.start(), said.end())
        same = max(
            (len(beside & _beside(s, m.start(), m.end())) for s in ground.own for m in mine.finditer(s.text)), default=0
        )
        opposite = max(
            (len(beside & _beside(s, m.start(), m.end())) for s in ground.own for m in against.finditer(s.text)),
            default=0,
        )
        if opposite > same + 1:
            return True
    return False


def _beside(sentence: Sentence, start: int, end: int) -> frozenset[str]:
    first, last = sentence.at(start), sentence.at(end)
    words = (*sentence.words[max(0, first - REACH) : first], *sentence.words[last : last + REACH])
    return frozenset(w.stem for w in words if not w.is_function)


def _cause(claim: Sentence, ground: Ground) -> str | None:
    said = CLAIMS_CAUSE.search(claim.text)
    return f"“{said.group()}” is not said there" if said and not CAUSE.search(ground.text) else None
