"""What a language model gets to read: the best passages, as many as fit its window, each with where it comes from."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, zip_longest

from assistant.merge import Look
from assistant.rank import Candidate, units_of_chunk
from assistant.refuse import evidence
from assistant.shelf import Shelf
from assistant.unit import Unit
from assistant.writing.orders import gives_orders, leave_out_orders, plain_name
from ingest.records import StoredChunk

PASSAGES = 6
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_MARK = re.compile(r"\[(\s*\^?\d[^\]\n]{0,20})\]|【([^】\n]{0,20})】")
_ROLE = re.compile(r"<\|[^|>\n]{0,40}\|>|</?(?:s|system|user|assistant|inst)>|\[/?INST\]", re.I)
_TURN = re.compile(r"^(\W*(?:passages?|question|answer|statements?|system|user|assistant|human))\s*:", re.I | re.M)


@dataclass(frozen=True, slots=True)
class PromptPassage:
    """A chunk as the model reads it (`shown`, with its number), and the units that may prove what it says."""

    number: int
    shown: str
    stored: StoredChunk
    units: tuple[Unit, ...]


def choose_passages(
    looks: Sequence[Look], shelf: Shelf, room: int, count: Callable[[str], int]
) -> tuple[PromptPassage, ...]:
    """The chunks of the best evidence of each part in turn; `room` is in tokens, as `count` counts those of a text.

    All of them are counted at once, and again only where they are too many: a service is asked over the network.
    """
    best = islice(_best_chunks(looks), PASSAGES)
    made = [_passage(number, stored, shelf) for number, stored in enumerate(best, 1)]
    while made and (tokens := count("\n\n".join(passage.shown for passage in made))) > room:
        letters = list(accumulate(len(passage.shown) for passage in made))
        fitting = sum(so_far <= letters[-1] * room / tokens for so_far in letters)
        made = made[: min(fitting, len(made) - 1)]
    return tuple(made)


def _best_chunks(looks: Sequence[Look]) -> Iterable[StoredChunk]:
    ranked = [[*evidence(look.query, look.ranked), *look.ranked] for look in looks]
    found: dict[int, StoredChunk] = {}
    for row in zip_longest(*ranked):
        found |= {c.stored.id: c.stored for c in row if isinstance(c, Candidate) and c.stored.id not in found}
    return found.values()


def _passage(number: int, stored: StoredChunk, shelf: Shelf) -> PromptPassage:
    article, record = shelf.article_of(stored), shelf.documents[stored.document_id]
    title = article.title if article and not gives_orders(article.title) else ""
    where = [title, plain_name(record.title, record.file_name), record.published or ""]
    head = " · ".join(_harmless(part) for part in where if part)
    units = tuple(units_of_chunk(stored, shelf))
    return PromptPassage(
        number, f"[{number}] ({head})\n{_harmless(leave_out_orders(stored.chunk.text))}", stored, units
    )


def _harmless(text: str) -> str:
    """Without letters that nobody sees, and without what could pass for a passage's number or a change of speaker."""
    text = _ROLE.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))
    text = _MARK.sub(lambda m: f"({m[1] or m[2]})", text)
    text = _TURN.sub(r"\1 –", text)
    return re.sub(r"[ \t]*\n\s*", "\n", text).strip()
