"""Whether documents prove a statement: each check is a reason that a careful reader would give to strike it out.

A statement is taken apart where it says more than one thing; each part must be proven by one sentence (or list, or row
of a table) of the passages that it cites, together with what that sentence hangs on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.shelf import Shelf
from assistant.unit import UnitKind
from assistant.writing.bind_checks import check_bindings
from assistant.writing.figure_checks import check_figures
from assistant.writing.ground import Ground, Witness, all_grounds
from assistant.writing.name_checks import check_names
from assistant.writing.order_checks import check_order
from assistant.writing.parting import cut, sentences_of
from assistant.writing.rate_checks import check_rates
from assistant.writing.support import check_words
from assistant.writing.turn_checks import check_turns
from assistant.writing.words import Sentence, read_words

__all__ = ["Verdict", "Witness", "verify"]

TRIED = 5  # sentences that a part is held against, the most alike first


@dataclass(frozen=True, slots=True)
class Verdict:
    """`witnesses` prove the statement, part for part; `reason` says why they don't, in few words.

    `working` shows how a figure was reckoned; `share` is that of the words found in the proof.
    """

    supported: bool
    reason: str | None
    witnesses: tuple[Witness, ...] = ()
    working: str | None = None
    share: float = 0.0


def verify(text: str, witnesses: Sequence[Witness], shelf: Shelf) -> Verdict:
    """Every sentence of `text` must be proven by `witnesses`, the units of the passages that it cites."""
    grounds = all_grounds([w for w in witnesses if w.unit.kind is not UnitKind.BYLINE], shelf)
    return _joined(_verify_sentence(sentence, grounds, shelf) for sentence in sentences_of(text))


def _verify_sentence(text: str, grounds: Sequence[Ground], shelf: Shelf) -> Verdict:
    """As a whole by one sentence; else cut in two, where each side says something, and so on."""
    whole = _verify_part(text, grounds, shelf)
    if whole.supported:
        return whole
    for first, rest in cut(text):
        one = _verify_part(first, grounds, shelf)
        if one.supported:
            other = _verify_sentence(rest, grounds, shelf)
            if other.supported:
                return _joined(iter((one, other)))
    return whole


def _verify_part(text: str, grounds: Sequence[Ground], shelf: Shelf) -> Verdict:
    claim = read_words(text)
    if not any(not word.is_function for word in claim.words):
        return Verdict(False, "it says nothing")
    best = Verdict(False, "no passage is cited")
    for ground in _most_alike(claim, grounds, shelf):
        verdict = _judge(claim, ground, shelf)
        if verdict.supported:
            return verdict
        if verdict.share > best.share:
            best = verdict
    return best


def _judge(claim: Sentence, ground: Ground, shelf: Shelf) -> Verdict:
    missing, share = check_words(claim, ground, shelf.knowledge, shelf.library.embed)
    wrong, working = check_figures(claim, ground)
    reason = (
        wrong
        or check_names(claim, ground, shelf)
        or missing
        or check_bindings(claim, ground, shelf)
        or check_turns(claim, ground)
        or check_order(claim, ground)
        or check_rates(claim, ground)
    )
    return Verdict(reason is None, reason, (ground.witness, *ground.others) if reason is None else (), working, share)


def _most_alike(claim: Sentence, grounds: Sequence[Ground], shelf: Shelf) -> list[Ground]:
    lexicon = shelf.knowledge.lexicon
    content = {word.stem: max(0.5, lexicon.idf(word.stem)) for word in claim.words if not word.is_function}
    figures = claim.figures

    def alike(ground: Ground) -> float:
        held = sum(content[stem] for stem in content.keys() & ground.own.stems)
        return held + 2 * sum(any(f.says(there) for there in ground.own.figures) for f in figures)

    return sorted(grounds, key=alike, reverse=True)[:TRIED]


def _joined(verdicts: Iterator[Verdict]) -> Verdict:
    """All of them as one; the first that fails, where one does."""
    found: list[Verdict] = []
    for verdict in verdicts:
        if not verdict.supported:
            return verdict
        found.append(verdict)
    proof = tuple(dict.fromkeys(witness for verdict in found for witness in verdict.witnesses))
    workings = [verdict.working for verdict in found if verdict.working]
    return Verdict(bool(found), None, proof, "; ".join(workings) or None, min((v.share for v in found), default=0.0))
