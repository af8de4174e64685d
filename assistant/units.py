"""What can be quoted: sentences, whole lists with what they list, table rows with their heads, quotes with their speaker.

A unit is made of spans of pages, so that each can be re-found letter for letter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.sentences import sentence_spans
from ingest.types import Block, BlockKind, Page, Span


WHOLE_QUOTE = 65  # words: a quote up to this length is shown whole, with its point wherever it stands


class UnitKind(StrEnum):
    SENTENCE = "sentence"
    LIST = "list"
    ROW = "row"
    QUOTE = "quote"
    BYLINE = "byline"


@dataclass(frozen=True, slots=True)
class Unit:
    """`text` is what a person reads; `spans` are where it stands, in order; `block` numbers its block on its first page.

    `lead` is the sentence or heading that a list or quote hangs on, `speaker` where a quote's speaker stands,
    `before` and `after` are the neighbouring sentences of the same paragraph. `councils` are named in the unit itself,
    `near_councils` in what it hangs on.
    """

    kind: UnitKind
    text: str
    spans: tuple[Span, ...]
    block: int
    heading: str = ""
    before: str = ""
    after: str = ""
    speaker: Span | None = None
    speaker_text: str = ""
    items: tuple[str, ...] = ()
    councils: tuple[str, ...] = ()
    near_councils: tuple[str, ...] = ()

    @property
    def page(self) -> int:
        return self.spans[0].page

    @property
    def words(self) -> int:
        return len(self.text.split())


def read_units(page: Page, following: Page | None) -> tuple[Unit, ...]:
    """The units that begin on `page`; a sentence that runs on overleaf takes its rest from `following`."""
    units: list[Unit] = []
    heading = ""
    blocks = page.blocks
    skip_to = 0
    for number, block in enumerate(blocks):
        if number < skip_to:
            continue
        text = page.text[block.start : block.end]
        if block.kind is BlockKind.HEADING:
            heading = text.strip()
            end = _headings_end(blocks, number)
            if end - number >= 3:
                skip_to = end
                units += _lists(page, number, end, heading)
        elif block.kind is BlockKind.LIST_ITEM:
            skip_to = _list_end(blocks, number)
            units += _lists(page, number, skip_to, heading)
        elif block.kind is BlockKind.TABLE_ROW:
            skip_to = _table_end(blocks, number)
            units += _rows(page, number, skip_to, heading)
        elif block.kind is BlockKind.BYLINE:
            units.append(_byline(page, number, heading))
        elif block.kind is BlockKind.QUOTE and len(text.split()) <= WHOLE_QUOTE:
            span = Span(page.number, block.start, block.end)
            units.append(Unit(UnitKind.QUOTE, text, (span,), number, heading, _sentence_before(page, number)))
        elif block.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE):
            units += _sentences(page, following, number, heading)
    return tuple(_with_speakers(units, page))


def _sentences(page: Page, following: Page | None, number: int, heading: str) -> list[Unit]:
    block = page.blocks[number]
    text = page.text[block.start : block.end]
    kind = UnitKind.QUOTE if block.kind is BlockKind.QUOTE else UnitKind.SENTENCE
    spans = _with_run_in_head(text, sentence_spans(text))
    parts = [text[a:b] for a, b in spans]
    units = [
        Unit(
            kind,
            parts[i],
            (Span(page.number, block.start + a, block.start + b),),
            number,
            heading,
            parts[i - 1] if i else "",
            parts[i + 1] if i + 1 < len(parts) else "",
        )
        for i, (a, b) in enumerate(spans)
    ]
    if units and block.continues:
        units = units[1:]  # the rest of a sentence belongs to the unit that began it
    if units and units[-1].text.endswith(":"):
        units = units[:-1] + _led(units[-1], page)
    elif units and block.kind is BlockKind.PARAGRAPH and not re.search(r"[.!?…:;][”’\"')\]*]*$", units[-1].text):
        units[-1] = _run_on(units[-1], page, following)
    return units




def _with_run_in_head(text: str, spans: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """«Key worker (also: keyworker). The one trusted adult …»: the head says nothing without the sentence behind it."""
    if len(spans) < 2 or spans[0][0] != 0:
        return spans
    head = text[: spans[0][1]]
    if len(head.split()) <= 3 or (head.endswith(").") and len(head.split()) <= 24 and "(also" in head):
        return ((0, spans[1][1]), *spans[2:])
    return spans


def _led(lead: Unit, page: Page) -> list[Unit]:
    """A sentence that ends with a colon says nothing alone: a list after it brings it along, other text is added to it."""
    after = page.blocks[lead.block + 1] if lead.block + 1 < len(page.blocks) else None
    if after is None or after.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.BYLINE):
        return []
    text = page.text[after.start : after.end]
    whole = len(text.split()) <= WHOLE_QUOTE
    end = len(text) if whole or not sentence_spans(text) else sentence_spans(text)[0][1]
    span = Span(page.number, after.start, after.start + end)
    return [replace(lead, text=f"{lead.text} {text[:end]}", spans=(*lead.spans, span))]


def _byline(page: Page, number: int, heading: str) -> Unit:
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


def _sentence_before(page: Page, number: int) -> str:
    if not number or page.blocks[number - 1].kind is not BlockKind.PARAGRAPH:
        return ""
    before = page.blocks[number - 1]
    text = page.text[before.start : before.end]
    spans = sentence_spans(text)
    return text[spans[-1][0] : spans[-1][1]] if spans else ""


def _run_on(unit: Unit, page: Page, following: Page | None) -> Unit:
    """Adds the rest of a sentence: below what interrupts it on the same page, else at the head of the next page."""
    for candidate, first in ((page, unit.block + 1), (following, 0)):
        if candidate is None:
            continue
        rest = next((b for b in candidate.blocks[first:] if b.continues), None)
        if rest is None:
            continue
        text = candidate.text[rest.start : rest.end]
        spans = sentence_spans(text)
        if not spans:
            continue
        start, end = spans[0]
        return replace(
            unit,
            text=join_parts(unit.text, text[start:end]),
            spans=(*unit.spans, Span(candidate.number, rest.start + start, rest.start + end)),
            after=text[spans[1][0] : spans[1][1]] if len(spans) > 1 else "",
        )
    return unit


def join_parts(first: str, second: str) -> str:
    """Two parts of one sentence; a word that was broken between them is whole again."""
    if first.endswith(("‐", "\u00ad")):
        return first[:-1] + second
    return first + second if first.endswith("-") else f"{first} {second}"


def _headings_end(blocks: Sequence[Block], number: int) -> int:
    """Three or more small headings in a row are a list set in capitals."""
    while number < len(blocks) and blocks[number].kind is BlockKind.HEADING and blocks[number].level >= 5:
        number += 1
    return number


def _list_end(blocks: Sequence[Block], number: int) -> int:
    while number < len(blocks) and blocks[number].kind is BlockKind.LIST_ITEM:
        number += 1
    return number


def _lists(page: Page, first: int, end: int, heading: str) -> list[Unit]:
    """The whole list with its lead-in, and each item that is a sentence of its own."""
    items = [page.text[b.start : b.end].strip() for b in page.blocks[first:end]]
    spans = [Span(page.number, page.blocks[first].start, page.blocks[end - 1].end)]
    lead, start = _lead(page, first)
    if start is not None:
        spans[0] = Span(page.number, start, spans[0].end)
    whole = Unit(
        UnitKind.LIST, "\n".join([lead, *items] if lead else items), tuple(spans), first, heading, items=tuple(items), before=lead
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


def _table_end(blocks: Sequence[Block], number: int) -> int:
    while number < len(blocks) and blocks[number].kind is BlockKind.TABLE_ROW:
        number += 1
    return number


def _rows(page: Page, first: int, end: int, heading: str) -> list[Unit]:
    """Each row, with the table's first row as its column heads where the two have the same shape."""
    blocks = page.blocks[first:end]
    head = page.text[blocks[0].start : blocks[0].end]
    units: list[Unit] = []
    for number, block in enumerate(blocks[1:] if len(blocks) > 1 else blocks, first + (len(blocks) > 1)):
        row = page.text[block.start : block.end]
        spans = [Span(page.number, block.start, block.end)]
        titled = len(blocks) > 1 and _is_head(head, row)
        if titled:
            spans.insert(0, Span(page.number, blocks[0].start, blocks[0].end))
        text = f"{head}\n{row}" if titled else row
        units.append(Unit(UnitKind.ROW, text, tuple(spans), number, heading, before=head if titled else ""))
    return units


def _is_head(head: str, row: str) -> bool:
    return 0 <= row.count("|") - head.count("|") <= 1


def _with_speakers(units: list[Unit], page: Page) -> list[Unit]:
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
