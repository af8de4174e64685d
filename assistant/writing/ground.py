"""What a statement can stand on: single sentences of the cited passages, each with what it hangs on.

A list stands as its items and a table as its rows, so that what one says is never taken for another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.present import NUMBERING, heads_and_cells
from assistant.shelf import Shelf
from assistant.unit import Unit, UnitKind
from assistant.writing.words import Sentence, read_words
from ingest.names import find_names
from ingest.programme import Programme
from ingest.records import StoredChunk
from ingest.sentences import sentence_spans

HEAD = 4  # words: «Rochdale. Anne Tully values …» begins with whom it is about
TABLE_ROWS, TABLE_WORDS = 8, 60  # of a table that is read as one
SHORT_ITEM = 14  # words on average, up to which a list is a list of things and may prove as a whole


@dataclass(frozen=True, slots=True)
class Witness:
    """A unit of a cited passage, which may prove a statement."""

    stored: StoredChunk
    unit: Unit


@dataclass(frozen=True, slots=True)
class Ground:
    """One sentence, or what stands for one (`own`), and where it stands, from near to far.

    `lead` is what a list's items hang on, `before` what its unit says in front of it, `said_before` its passage, then
    come heading and title (with its authors). Who is meant by “they” may come from there; figures, denials and doubts
    may not. `items` counts a list's; `others` are the further rows of a table that stands as one.
    """

    witness: Witness
    own: Sentence
    lead: str
    before: str
    said_before: str
    title: str
    items: int = 0
    others: tuple[Witness, ...] = ()

    @property
    def text(self) -> str:
        return self.own.text

    @property
    def heading(self) -> str:
        return self.witness.unit.heading

    @property
    def around(self) -> str:
        return f"{self.heading}. {self.before}"

    @property
    def wider(self) -> str:
        return f"{self.title}. {self.said_before}"


def grounds_of(witness: Witness, shelf: Shelf) -> tuple[Ground, ...]:
    """Everything in a unit that can prove something by itself."""
    article = shelf.article_of(witness.stored)
    authors = ", ".join(article.authors) if article else ""
    title = f"{article.title if article else ''}. {authors}. {witness.stored.chunk.context}"
    lead, said = _lead(witness.unit), _said_before(witness)
    return tuple(
        Ground(witness, read_words(own), lead, before, said, title, items)
        for own, before, items in _pieces(witness.unit, shelf.knowledge.programme)
    )


def _lead(unit: Unit) -> str:
    """What a list or a table hangs on belongs to each of its items; the sentence before another does not."""
    return unit.before if unit.kind in (UnitKind.LIST, UnitKind.ROW) or unit.before.endswith(":") else ""


Piece = tuple[str, str, int]  # what it says, what it hangs on, how many items it has


def _pieces(unit: Unit, programme: Programme) -> Iterator[Piece]:
    if unit.kind is UnitKind.LIST:
        yield from _list_pieces(unit)
    elif unit.kind is UnitKind.ROW:
        yield from _row_pieces(unit, programme)
    else:
        speaker = f" — {unit.speaker_text.strip('*')}" if unit.speaker_text else ""
        yield from ((f"{own}{speaker}", around, 0) for own, around in _sentences(unit.text, unit.before))


def _list_pieces(unit: Unit) -> Iterator[Piece]:
    items = [NUMBERING.sub("", " ".join(item.split())) for item in unit.items]
    lead = unit.before or unit.heading
    words = sum(len(item.split()) for item in items)
    if items and words <= SHORT_ITEM * len(items):
        yield f"{lead} {', '.join(item.rstrip('.;,') for item in items)}.", "", len(items)
    for item in items:
        for own, around in _sentences(item, lead):
            yield own, around, 0


def _row_pieces(unit: Unit, programme: Programme) -> Iterator[Piece]:
    """A row whose columns are the programme's models or councils says something else in each; others say one thing."""
    heads, cells = heads_and_cells(unit)
    if len(heads) != len(cells):
        yield " | ".join(cells), unit.before, 0
        return
    named = [bool(_named(head, programme)) for head in heads]
    if sum(named) >= 2:
        label = "" if named[0] else cells[0]
        pairs = [(h, c) for h, c, is_named in zip(heads, cells, named, strict=True) if c and is_named]
        yield from ((f"{head}: {label + ': ' if label else ''}{cell}", "", 0) for head, cell in pairs)
        return
    told = [f"{cell} ({head})" if head and cell else cell for head, cell in zip(heads, cells, strict=True)]
    yield ", ".join(part for part in told if part), "", 0


def _named(text: str, programme: Programme) -> tuple[str, ...]:
    named = find_names(text, programme)
    return (*named.models, *named.councils)


def _sentences(text: str, before: str) -> Iterator[tuple[str, str]]:
    """Each sentence with what stands before it; a head of a few words goes with every one behind it."""
    spans = sentence_spans(text) or ((0, len(text)),)
    head = text[spans[0][0] : spans[0][1]]
    heads = len(spans) > 1 and (len(head.split()) <= HEAD or "(also" in head)
    for number, (start, end) in enumerate(spans):
        own = text[start:end]
        if heads and number == 0:
            continue
        yield (f"{head} {own}" if heads else own), f"{before} {text[:start]}"


def _said_before(witness: Witness) -> str:
    """The sentences of the passage in front of the unit: what «they» may go back to."""
    text = witness.stored.chunk.text
    at = text.find(witness.unit.text[:60])
    return text[:at] if at > 0 else ""


def all_grounds(witnesses: Sequence[Witness], shelf: Shelf) -> list[Ground]:
    single = [(witness, grounds_of(witness, shelf)) for witness in witnesses]
    return [*(ground for _, grounds in single for ground in grounds), *_small_tables(single)]


def _small_tables(single: Sequence[tuple[Witness, tuple[Ground, ...]]]) -> Iterator[Ground]:
    """A table of few short rows as one: a difference may lie between two of them."""
    rows = [(witness, grounds) for witness, grounds in single if witness.unit.kind is UnitKind.ROW]
    for (_, _, heads), group in groupby(rows, key=lambda row: _table_of(row[0])):
        table, found = zip(*group, strict=True)
        told = [ground for grounds in found for ground in grounds]
        short = len(told) == len(table) and sum(len(ground.own.words) for ground in told) <= TABLE_WORDS
        if 2 <= len(table) <= TABLE_ROWS and short and heads.count("|") == 1:
            text = "; ".join(witness.unit.text.splitlines()[-1].replace(" | ", ": ") for witness in table)
            yield replace(told[0], own=read_words(text), lead=heads, others=table[1:])


def _table_of(witness: Witness) -> tuple[str, str, str]:
    return witness.stored.document_id, witness.unit.heading, witness.unit.before
