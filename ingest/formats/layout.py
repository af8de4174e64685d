"""A sheet into a page: its text, and a place for every word on a plain A4-wide page, as high as it needs to be."""

from collections.abc import Iterator, Sequence

from ingest.formats.flow import FlowBlock, Sheet, Token, spell, table_runs
from ingest.formats.fonts import width_of
from ingest.formats.style import ASCENT, CELL_GAP, DESCENT, MARGIN, WIDTH, Style, is_right_to_left, style_of
from ingest.types import Block, BlockKind, Page, Word

_LOWEST = 160.0  # points: the height of a page of one line
_SPACE = 0.278  # ems
_NARROWEST = 30.0


def lay_out(number: int, sheet: Sheet) -> Page:
    """`text[word.start:word.end]` is a word; one too long for its line is several entries, each in its place."""
    texts: list[str] = []
    words: list[Word] = []
    blocks: list[Block] = []
    top, offset = MARGIN, 0
    for run in table_runs(sheet.blocks):
        edges = _columns(run) if run[0].kind is BlockKind.TABLE_ROW else None
        for block in run:
            text, tokens = spell(block)
            style = style_of(block.kind, block.level)
            top += style.before + (CELL_GAP / 2 if block.starts_table else 0) if texts else 0
            placed = list(_place(text, tokens, style, top, edges))
            words += [_shifted(word, offset) for word in placed]
            top = max([top, *(word.y1 for word in placed)]) + (CELL_GAP / 3 if edges else 0)
            blocks.append(Block(block.kind, offset, offset + len(text), block.level, block.continues))
            texts.append(text)
            offset += len(text) + 1
    height = round(max(top + MARGIN, _LOWEST), 1)
    page_text = "\n".join(texts)
    return Page(number, sheet.label, page_text, WIDTH, height, sheet.health, sheet.detail, tuple(words), tuple(blocks))


def _shifted(word: Word, by: int) -> Word:
    return Word(word.start + by, word.end + by, word.x0, word.y0, word.x1, word.y1, word.line)


def _place(
    text: str, tokens: Sequence[Token], style: Style, top: float, edges: Sequence[tuple[float, float]] | None
) -> Iterator[Word]:
    """A paragraph between the margins, or each cell between the edges of its column."""
    if edges is None:
        yield from _fill(text, tokens, style, top, MARGIN + style.indent, WIDTH - MARGIN)
        return
    for cell, (left, right) in enumerate(edges):
        yield from _fill(text, [token for token in tokens if token.cell == cell], style, top, left, right)


def _fill(text: str, tokens: Sequence[Token], style: Style, top: float, left: float, right: float) -> Iterator[Word]:
    """Words line by line from `top`; from the right where the text runs that way."""
    mirrored = bool(tokens) and is_right_to_left(text[tokens[0].start : tokens[-1].end])
    x, y = left, top
    for token in tokens:
        for start, end, width in _pieces(text, token, style, right - left):
            if x > left and x + width > right + 0.05:
                x, y = left, y + style.leading
            x0, x1 = (left + right - x - width, left + right - x) if mirrored else (x, x + width)
            bottom = y + (ASCENT + DESCENT) * style.size
            yield Word(start, end, round(x0, 1), round(y, 1), round(x1, 1), round(bottom, 1), token.line)
            x += width
        x += _SPACE * style.size


def _pieces(text: str, token: Token, style: Style, room: float) -> Iterator[tuple[int, int, float]]:
    """Start, end and width of a word, or of the parts that fit on a line each."""
    width = width_of(text[token.start : token.end], style.bold) * style.size
    if width <= room:
        yield token.start, token.end, width
        return
    start, used = token.start, 0.0
    for at in range(token.start, token.end):
        letter = width_of(text[at], style.bold) * style.size
        if at > start and used + letter > room:
            yield start, at, min(used, room)
            start, used = at, 0.0
        used += letter
    yield start, token.end, min(used, room)


def _columns(rows: Sequence[FlowBlock]) -> list[tuple[float, float]]:
    """Left and right edge of each column: as wide as its text where there is room, else shared out."""
    wanted = [_NARROWEST] * max(len(row.parts) for row in rows)
    size = style_of(BlockKind.TABLE_ROW, 0).size
    for row in rows:
        for number, part in enumerate(row.parts):
            words = part.text.split()[:60]
            needed = sum(width_of(word[:60], False) + _SPACE for word in words) * size
            wanted[number] = max(wanted[number], min(needed, 4 * WIDTH))
    room = WIDTH - 2 * MARGIN - CELL_GAP * (len(wanted) - 1)
    widths = wanted
    if sum(wanted) > room:
        shares = [width**0.6 for width in wanted]
        widths = [max(room, 1.0) * share / sum(shares) for share in shares]
    gap = CELL_GAP if room > 0 else 0.0
    edges, left = [], MARGIN
    for width in widths:
        edges.append((left, left + width))
        left += width + gap
    return edges
