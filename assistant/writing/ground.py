"""What a statement stands on: one to three units of the cited passages, with what is said around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.present import unit_text
from assistant.shelf import Shelf
from assistant.unit import Unit, UnitKind
from assistant.writing.words import Sentence, read_words
from ingest.records import StoredChunk
from ingest.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class Witness:
    """A unit of a cited passage, which may prove a statement."""

    stored: StoredChunk
    unit: Unit


@dataclass(frozen=True, slots=True)
class Ground:
    """`own` is what each unit says, with its speaker; `around` what it hangs on, `wider` its passage and article.

    Names may come from around it, where it says “they”; figures, denials and doubts may not.
    """

    witnesses: tuple[Witness, ...]
    own: tuple[Sentence, ...]
    around: str
    wider: str

    @property
    def text(self) -> str:
        return "\n".join(sentence.text for sentence in self.own)

    @property
    def stems(self) -> frozenset[str]:
        return frozenset().union(*(sentence.stems for sentence in self.own))


def stand_on(witnesses: Sequence[Witness], shelf: Shelf) -> Ground:
    around = [f"{w.unit.heading}. {w.unit.before}" for w in witnesses]
    wider = []
    for witness in witnesses:
        article = shelf.article_of(witness.stored)
        authors = ", ".join(article.authors) if article else ""
        before = _said_before(witness)
        wider.append(f"{article.title if article else ''}. {authors}. {witness.stored.chunk.context}. {before}")
    own = tuple(read_words(own_text(w.unit)) for w in witnesses)
    return Ground(tuple(witnesses), own, "\n".join(around), "\n".join(wider))


def own_text(unit: Unit) -> str:
    """As it is shown: a list with what it hangs on, a row with its heads, a quote with its speaker."""
    text = unit_text(unit)
    if unit.kind is UnitKind.LIST:
        return f"{unit.heading}: {text}" if not unit.before else text
    if unit.kind is UnitKind.ROW:
        return f"{unit.heading}: {text}" if unit.heading else text
    return text


def _said_before(witness: Witness) -> str:
    """The sentences of the passage in front of the unit: what «they» may go back to."""
    text = witness.stored.chunk.text
    at = text.find(witness.unit.text[:60])
    return text[:at] if at > 0 else ""


@lru_cache(maxsize=4096)
def sentences_of(text: str) -> tuple[str, ...]:
    return tuple(text[a:b] for a, b in sentence_spans(text)) or (text,)
