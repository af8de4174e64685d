"""Pairs of a true statement and one with a planted error, beside the passage that proves the one and not the other.

`planted.jsonl` has one pair a line. `words` find the passage: the chunk that holds them on that page of that file.
They are as few as will do, since the journals' own sentences are not copied into the project. Some pairs are about a
report from another field (pdfplumber's test file federal-register-2020-17221.pdf), to show what holds elsewhere.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from assistant.rank import units_of_chunk
from assistant.shelf import Shelf
from assistant.unit import Unit
from ingest.programme import CORPUS
from ingest.records import StoredChunk
from ingest.stems import stems_of

PLANTED = Path(__file__).with_name("planted.jsonl")
MOST_WORDS = 5

Kind = Literal[
    "figure",
    "sum",
    "date",
    "unit",
    "council",
    "model",
    "name",
    "speaker",
    "role",
    "negation",
    "modality",
    "direction",
    "quantifier",
    "scope",
    "comparison",
    "cause",
    "time-order",
    "list",
    "invented",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Split = Literal["tune", "report"]
Source = Literal["starter", "journals", "other"]
Chunks = Mapping[str, Sequence[StoredChunk]]  # by file name

_WORD = re.compile(r"[^\W_]+")

# Words that say little by themselves: an error made of them and of the passage's own words is subtle all the same
_SMALL = frozenset(
    stems_of(
        "a about all also always among an and another any are as at be because been before being but by can cannot did"
        " do does each every few for from had has have he her his if in into is it its just less many may more most"
        " much must never no none not now of often on once one only or other others out over rather seldom she should"
        " since so some still than that the their them then there these they this those to too under until up was were"
        " what when where whereas which while who will with would after both"
    )
)


@dataclass(frozen=True, slots=True)
class Pair:
    """`subtle`: each word and number of `false` stands in its passage or in `true`, small words aside."""

    id: str
    file: str
    page: int
    words: str
    true: str
    false: str
    kind: Kind
    subtle: bool
    split: Split

    @property
    def source(self) -> Source:
        if (CORPUS / self.file).is_file():
            return "starter"
        return "journals" if "journal" in self.file else "other"


@dataclass(frozen=True, slots=True)
class Passage:
    """What a model is given to cite: a chunk with the units that lie in it."""

    stored: StoredChunk
    units: tuple[Unit, ...]

    @property
    def text(self) -> str:
        return f"{self.stored.chunk.context} {self.stored.chunk.text} {' '.join(unit.own for unit in self.units)}"


class PlantedError(Exception):
    """The set cannot be used as it is; the message names the row and says what to mend."""


def read_planted(path: Path = PLANTED) -> tuple[Pair, ...]:
    """Raises PlantedError."""
    lines = (line for line in path.read_text("utf-8").splitlines() if line.strip())
    return tuple(_pair(number, line) for number, line in enumerate(lines, 1))


def _pair(number: int, line: str) -> Pair:
    try:
        pair = Pair(**json.loads(line))
    except (ValueError, TypeError) as error:
        raise PlantedError(f"{PLANTED.name}, line {number}: give exactly the fields of a pair ({error}).") from error
    wrong = (
        "an unknown kind" * (pair.kind not in KINDS)
        or "an unknown split" * (pair.split not in get_args(Split))
        or f"more than {MOST_WORDS} words to find the passage" * (len(pair.words.split()) > MOST_WORDS)
        or "the same statement twice" * (pair.true == pair.false)
    )
    if wrong:
        raise PlantedError(f"{PLANTED.name}, line {number}: {pair.id} has {wrong}.")
    return pair


def passages_of(pairs: Sequence[Pair], shelf: Shelf) -> Mapping[str, Passage]:
    """The passage of each pair whose file is on the shelf. Raises PlantedError where its words are not found."""
    chunks = chunks_by_file(shelf)
    found = {
        pair.id: find_passage(pair.file, pair.page, pair.words, chunks, shelf) for pair in pairs if pair.file in chunks
    }
    if lost := next((pair for pair in pairs if pair.id in found and found[pair.id] is None), None):
        raise PlantedError(f"{lost.id}: “{lost.words}” stands in no chunk of {lost.file}, page {lost.page}.")
    return {key: passage for key, passage in found.items() if passage is not None}


def chunks_by_file(shelf: Shelf) -> Chunks:
    return {record.file_name: shelf.chunks.of(i) for i, record in shelf.documents.items()}


def find_passage(file: str, page: int, words: str, chunks: Chunks, shelf: Shelf) -> Passage | None:
    """The first passage that holds these words on that page."""
    wanted = _letters(words)
    for stored in chunks.get(file, ()):
        if any(span.page == page for span in stored.chunk.spans) and wanted in _letters(stored.chunk.text):
            return Passage(stored, tuple(units_of_chunk(stored, shelf)))
    return None


def _letters(text: str) -> str:
    """Words alone, a space at each end: whatever stands between them."""
    return f" {' '.join(_WORD.findall(text.lower()))} "


def is_subtle(pair: Pair, passage: Passage) -> bool:
    """Whether nothing but the small words gives the error away."""
    near = {*stems_of(passage.text), *stems_of(pair.true), *_SMALL}
    return set(stems_of(pair.false)) <= near
