"""What a reader of flowing text yields: blocks in reading order, which the common modules turn into pages."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.hidden import hidden_text
from ingest.types import Article, BlockKind, PageHealth

PROSE_ROW = 300  # words: a table with such a row lays prose out side by side, and is read cell by cell
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


def clean_text(text: str) -> str:
    """The rules of every page text: NFC, one space for white space, ligatures opened, nothing invisible."""
    visible = _CONTROL.sub("", _INVISIBLE.sub("", text)).translate(_LIGATURES)
    return unicodedata.normalize("NFC", " ".join(visible.split()))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a block: a table cell, or what stands on one line of the file (`line`, from 1; 0 is unknown)."""

    text: str
    line: int = 0


ABOVE = Part("", -1)  # a cell that goes on from the row above


@dataclass(frozen=True, slots=True)
class FlowBlock:
    """`parts` are clean; those of a table row are its cells, empty ones too, so that columns stay in line.

    `is_title` is the title of the whole document, `starts_table` a table's first row.
    """

    kind: BlockKind
    parts: tuple[Part, ...]
    level: int = 0
    is_title: bool = False
    starts_table: bool = False
    continues: bool = False

    @property
    def text(self) -> str:
        return spell(self)[0]

    @property
    def words(self) -> int:
        """How much room it takes; twelve letters count as a word even without spaces."""
        return sum(max(len(part.text.split()), len(part.text) // 12) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What becomes one page."""

    label: str | None
    blocks: tuple[FlowBlock, ...]
    health: PageHealth = PageHealth.READ
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """A whole file before its pages are laid out."""

    title: str | None
    authors: tuple[str, ...]
    published: str | None
    sheets: tuple[Sheet, ...]
    articles: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a block: its offsets in the block's text, its line in the file, its cell."""

    start: int
    end: int
    line: int
    cell: int


def told_hidden(sheets: Sequence[Sheet], words: int) -> tuple[Sheet, ...]:
    """The sheets of a file that hides words; the first says so, for what is hidden stands on none of them."""
    said = hidden_text(words)
    if said is None or not sheets:
        return tuple(sheets)
    first = sheets[0]
    return replace(first, detail=f"{first.detail}; {said}" if first.detail else said), *sheets[1:]


def make_block(kind: BlockKind, text: str, level: int = 0, line: int = 0) -> Iterator[FlowBlock]:
    """One block, or none when no text is left."""
    cleaned = clean_text(text)
    if any(c.isalnum() for c in cleaned):
        yield FlowBlock(kind, (Part(cleaned, line),), level)


def make_table(rows: Sequence[Sequence[Part]]) -> Iterator[FlowBlock]:
    """The rows of one table; a table of one column, or one that lays prose out side by side, as paragraphs."""
    cleaned = [[replace(cell, text=clean_text(cell.text)) for cell in row] for row in rows]
    filled = [row for row in cleaned if any(cell.text for cell in row)]
    longest = max((sum(len(cell.text.split()) for cell in row) for row in filled), default=0)
    if max(map(len, filled), default=0) == 1 or longest > PROSE_ROW:
        for row in filled:
            for cell in row:
                yield from make_block(BlockKind.PARAGRAPH, cell.text, line=cell.line)
        return
    above: Sequence[Part] = ()
    for number, row in enumerate(filled):
        # What spans rows names each of them: a row without its label says nothing
        above = [above[n] if cell == ABOVE and n < len(above) else cell for n, cell in enumerate(row)]
        shown = tuple(Part("") if cell == ABOVE else cell for cell in above)
        yield FlowBlock(BlockKind.TABLE_ROW, shown, starts_table=not number)


def spell(block: FlowBlock) -> tuple[str, list[Token]]:
    """The block's text and its words; cells are set apart by « | », which is no word."""
    pieces: list[str] = []
    tokens: list[Token] = []
    length = 0
    for number, part in enumerate(block.parts):
        if number and block.kind is BlockKind.TABLE_ROW:
            length += _put(pieces, "|")
        for word in part.text.split():
            length += _put(pieces, word)
            tokens.append(Token(length - len(word), length, part.line, number))
    return "".join(pieces), tokens


def _put(pieces: list[str], word: str) -> int:
    """Appends a word after a space; returns by how much the text grew."""
    if pieces:
        pieces.append(" ")
    pieces.append(word)
    return len(word) + (len(pieces) > 1)


def table_runs(blocks: Sequence[FlowBlock]) -> Iterator[list[FlowBlock]]:
    """Blocks one by one, but the rows of one table together."""
    run: list[FlowBlock] = []
    for block in blocks:
        goes_on = block.kind is BlockKind.TABLE_ROW and run and not block.starts_table
        if run and not goes_on:
            yield run
            run = []
        run.append(block)
        if block.kind is not BlockKind.TABLE_ROW:
            yield run
            run = []
    if run:
        yield run
