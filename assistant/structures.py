"""Lists, tables, bylines and speakers: units that are more than one sentence of prose."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.unit import Unit, UnitKind
from ingest.rows import fits, may_head, replaces
from ingest.sentences import sentence_spans
from ingest.types import Block, BlockKind, Page, Span


def read_byline(page: Page, number: int, heading: str) -> Unit:
    """Who wrote or said it, with the line above that says for whom: «FAMILY VALUED – COVENTRY»."""
    block = page.blocks[number]
    text = page.text[block.start : block.end].strip()
    span = Span(page.number, block.start, block.end)
    above = page.blocks[number - 1] if number else None
    if above is None or above.kind is not BlockKind.HEADING or above.level < 5:
        return Unit(UnitKind.BYLINE, text, (span,), number, heading)
    lead = page.text[above.start : above.end].strip()
    spans = (Span(page.number, above.start, above.end), span)
    return Unit(UnitKind.BYLINE, f"{lead}: {text}", spans, number, heading, before=lead)


def sentence_before(page: Page, number: int) -> str:
    if not number or page.blocks[number - 1].kind is not BlockKind.PARAGRAPH:
        return ""
    before = page.blocks[number - 1]
    text = page.text[before.start : before.end]
    spans = sentence_spans(text)
    return text[spans[-1][0] : spans[-1][1]] if spans else ""


def headings_end(blocks: Sequence[Block], number: int) -> int:
    """Three or more small headings in a row are a list set in capitals."""
    while number < len(blocks) and blocks[number].kind is BlockKind.HEADING and blocks[number].level >= 5:
        number += 1
    return number


def list_end(blocks: Sequence[Block], number: int) -> int:
    while number < len(blocks) and blocks[number].kind is BlockKind.LIST_ITEM:
        number += 1
    return number


def read_lists(page: Page, first: int, end: int, heading: str) -> list[Unit]:
    """The whole list with its lead-in, and each item that is a sentence of its own."""
    items = [page.text[b.start : b.end].strip() for b in page.blocks[first:end]]
    spans = [Span(page.number, page.blocks[first].start, page.blocks[end - 1].end)]
    lead, start = _lead(page, first)
    if start is not None:
        spans[0] = Span(page.number, start, spans[0].end)
    whole = Unit(
        UnitKind.LIST,
        "\n".join([lead, *items] if lead else items),
        tuple(spans),
        first,
        heading,
        items=tuple(items),
        before=lead,
    )
    singles = [
        Unit(
            UnitKind.SENTENCE,
            item,
            (Span(page.number, block.start, block.end),),
            number,
            heading,
            before=lead,
        )
        for number, (item, block) in enumerate(zip(items, page.blocks[first:end], strict=True), first)
        if len(item.split()) > 6
    ]
    return [whole, *singles]


def _lead(page: Page, first: int) -> tuple[str, int | None]:
    """What a list lists: the sentence that ends with a colon before it, or the heading right above it."""
    if first == 0:
        return "", None
    before = page.blocks[first - 1]
    text = page.text[before.start : before.end]
    if before.kind is BlockKind.HEADING:
        return text.strip(), before.start
    if before.kind is BlockKind.PARAGRAPH and text.rstrip().endswith(":"):
        start, end = sentence_spans(text)[-1]
        return text[start:end], before.start + start
    return "", None


def table_end(blocks: Sequence[Block], number: int) -> int:
    while number < len(blocks) and blocks[number].kind is BlockKind.TABLE_ROW:
        number += 1
    return number


def read_rows(page: Page, first: int, end: int, heading: str, before: Page | None = None) -> list[Unit]:
    """Each row with its column heads: a row without figures above it, of as many cells, or that of the page before."""
    head, label = (_head_before(page, before) if first == 0 else None), ""
    units: list[Unit] = []
    for number in range(first, end):
        block = page.blocks[number]
        row = page.text[block.start : block.end]
        span = Span(page.number, block.start, block.end)
        if number + 1 < end and _heads_others(page, number, first, head):
            head = row, span
        elif "|" not in row and end - first > 1:
            label = row.strip()
        else:
            titled = head is not None and fits(head[0], row)
            text, spans = (f"{head[0]}\n{row}", (head[1], span)) if head and titled else (row, (span,))
            about = f"{heading} {label}".strip()
            units.append(Unit(UnitKind.ROW, text, spans, number, about, before=head[0] if head and titled else ""))
    return units


def _heads_others(page: Page, number: int, first: int, head: tuple[str, Span] | None) -> bool:
    """Whether a row says what is in the rows below: the first, or a later one of dates, or the same head again."""
    row = page.text[page.blocks[number].start : page.blocks[number].end]
    if not may_head(row):
        return False
    if head is not None and _plain(row) == _plain(head[0]):
        return True
    following = page.text[page.blocks[number + 1].start : page.blocks[number + 1].end]
    if "|" not in following:
        return number == first and head is None
    return (number == first and head is None) or replaces(row, head[0] if head else "")


def _head_before(page: Page, before: Page | None) -> tuple[str, Span] | None:
    """The head of a table that goes on from the page before: its foot and this page's top are rows of one shape."""
    blocks = [b for b in before.blocks if b.kind is not BlockKind.FOOTNOTE] if before else []
    if before is None or not blocks or blocks[-1].kind is not BlockKind.TABLE_ROW:
        return None
    first = len(blocks) - 1
    while first and blocks[first - 1].kind is BlockKind.TABLE_ROW:
        first -= 1
    rows = [unit for unit in read_rows(before, first, len(blocks), "") if unit.before]
    row = page.text[page.blocks[0].start : page.blocks[0].end]
    last = rows[-1] if rows else None
    shape = before.text[blocks[-1].start : blocks[-1].end].count("|")
    return (last.before, last.spans[0]) if last and row.count("|") == shape else None


def _plain(row: str) -> str:
    return "".join(c for c in row.lower() if c.isalnum())


def with_speakers(units: list[Unit], page: Page) -> list[Unit]:
    """Gives a quote the byline below it, and speech under a byline the byline above it."""
    named: list[Unit] = []
    for unit in units:
        below = _byline_below(page, unit.block) if unit.kind is UnitKind.QUOTE else None
        byline = below or (_byline_above(page, unit.block) if _is_speech(unit) else None)
        if byline is not None:
            span = Span(page.number, byline.start, byline.end)
            unit = replace(unit, speaker=span, speaker_text=page.text[byline.start : byline.end].strip())
        named.append(unit)
    return named


def _is_speech(unit: Unit) -> bool:
    return unit.kind is UnitKind.QUOTE or bool(re.search(r"\b(?:I|me|my)\b|[“\"]", unit.text))


def _byline_below(page: Page, number: int) -> Block | None:
    for block in page.blocks[number + 1 : number + 3]:
        if block.kind is BlockKind.BYLINE:
            return block
        if block.kind is not BlockKind.QUOTE:
            return None
    return None


def _byline_above(page: Page, number: int) -> Block | None:
    for block in reversed(page.blocks[:number]):
        if block.kind is BlockKind.BYLINE:
            return block
    return None
