"""Whether documents prove a statement: each check is a reason that a careful reader would give to strike it out.

A statement is read against one to three sentences of the passages it cites, never against all that was found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.shelf import Shelf
from assistant.unit import UnitKind
from assistant.writing.figure_checks import check_figures
from assistant.writing.ground import Ground, Witness, own_text, sentences_of, stand_on
from assistant.writing.name_checks import check_names
from assistant.writing.order_checks import check_order
from assistant.writing.support import check_words
from assistant.writing.turn_checks import check_turns
from assistant.writing.words import Sentence, read_words

__all__ = ["Verdict", "Witness", "verify"]

SEEDS = 4  # units that a proof may begin with, the most alike first
UNITS = 3  # of one proof
ADDS = 0.1  # share of the statement's weight that a further unit must bring


@dataclass(frozen=True, slots=True)
class Verdict:
    """`witnesses` prove the statement, sentence for sentence; `reason` says why they don't, in few words.

    `working` shows how a figure was reckoned; `share` is that of the words found in the proof.
    """

    supported: bool
    reason: str | None
    witnesses: tuple[Witness, ...] = ()
    working: str | None = None
    share: float = 0.0


def verify(text: str, witnesses: Sequence[Witness], shelf: Shelf) -> Verdict:
    """Every sentence of `text` must be proven by `witnesses`, the units of the passages that it cites."""
    verdicts = [_verify_sentence(read_words(sentence), witnesses, shelf) for sentence in sentences_of(text)]
    failed = next((verdict for verdict in verdicts if not verdict.supported), None)
    if failed is not None:
        return failed
    proof = tuple(dict.fromkeys(witness for verdict in verdicts for witness in verdict.witnesses))
    workings = [verdict.working for verdict in verdicts if verdict.working]
    return Verdict(True, None, proof, "; ".join(workings) or None, min(verdict.share for verdict in verdicts))


def _verify_sentence(claim: Sentence, witnesses: Sequence[Witness], shelf: Shelf) -> Verdict:
    best = Verdict(False, "no passage is cited")
    if not any(not word.is_function for word in claim.words):
        return Verdict(False, "it says nothing")
    for ground in _grounds(claim, witnesses, shelf):
        verdict = _judge(claim, ground, shelf)
        if verdict.supported:
            return verdict
        if verdict.share >= best.share:
            best = verdict
    return replace(best, witnesses=())


def _judge(claim: Sentence, ground: Ground, shelf: Shelf) -> Verdict:
    lexicon = shelf.knowledge.lexicon
    missing, share = check_words(claim, ground, shelf.knowledge)
    wrong, working = check_figures(claim, ground)
    reason = (
        wrong
        or check_names(claim, ground, shelf)
        or missing
        or check_turns(claim, ground, lexicon.idf)
        or check_order(claim, ground)
    )
    return Verdict(reason is None, reason, ground.witnesses, working, share)


def _grounds(claim: Sentence, witnesses: Sequence[Witness], shelf: Shelf) -> Iterator[Ground]:
    """The units most alike, each alone first, then with those that bring what it lacks."""
    lexicon = shelf.knowledge.lexicon
    content = {word.stem: max(0.5, lexicon.idf(word.stem)) for word in claim.words if not word.is_function}
    held = {w: content.keys() & read_words(own_text(w.unit)).stems for w in witnesses if _may_prove(w)}
    order = sorted(held, key=lambda w: -sum(content[stem] for stem in held[w]))
    total = sum(content.values()) or 1.0
    for seed in order[:SEEDS]:
        chosen, covered = [seed], set(held[seed])
        yield stand_on(chosen, shelf)
        for _ in range(UNITS - 1):
            rest = [w for w in order if w not in chosen and w.stored.document_id == seed.stored.document_id]
            more = max(rest, key=lambda w: sum(content[s] for s in held[w] - covered), default=None)
            if more is None or sum(content[s] for s in held[more] - covered) < ADDS * total:
                break
            chosen.append(more)
            covered |= held[more]
            yield stand_on(sorted(chosen, key=lambda w: (w.unit.page, w.unit.spans[0].start)), shelf)


def _may_prove(witness: Witness) -> bool:
    return witness.unit.kind is not UnitKind.BYLINE
