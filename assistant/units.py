"""A page into units, made of spans of pages so that each can be re-found letter for letter."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.structures import (
    headings_end,
    list_end,
    read_byline,
    read_lists,
    read_rows,
    sentence_before,
    table_end,
    with_speakers,
)
from assistant.unit import WHOLE_QUOTE, Unit, UnitKind, join_parts
from ingest.sentences import is_open, sentence_spans
from ingest.types import BlockKind, Page, Span

__all__ = ["Unit", "UnitKind", "read_units"]


def read_units(page: Page, following: Page | None, before: Page | None = None) -> tuple[Unit, ...]:
    """The units that begin on `page`; a sentence that runs on overleaf takes its rest from `following`.

    The heads of a table that begins on the page before come from `before`.
    """
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
            end = headings_end(blocks, number)
            if end - number >= 3:
                skip_to = end
                units += read_lists(page, number, end, heading)
        elif block.kind is BlockKind.LIST_ITEM:
            skip_to = list_end(blocks, number)
            units += read_lists(page, number, skip_to, heading)
        elif block.kind is BlockKind.TABLE_ROW:
            skip_to = table_end(blocks, number)
            units += read_rows(page, number, skip_to, heading, before)
        elif block.kind is BlockKind.BYLINE:
            units.append(read_byline(page, number, heading))
        elif block.kind is BlockKind.QUOTE and len(text.split()) <= WHOLE_QUOTE:
            span = Span(page.number, block.start, block.end)
            units.append(Unit(UnitKind.QUOTE, text, (span,), number, heading, sentence_before(page, number)))
        elif block.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.FOOTNOTE):
            units += _sentences(page, following, number, heading)
    return tuple(with_speakers(units, page))


def _sentences(page: Page, following: Page | None, number: int, heading: str) -> list[Unit]:
    block = page.blocks[number]
    text = page.text[block.start : block.end]
    kind = UnitKind.QUOTE if block.kind is BlockKind.QUOTE else UnitKind.SENTENCE
    spans = sentence_spans(text) if block.continues else _with_run_in_head(text, sentence_spans(text))
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
    elif units and block.kind is BlockKind.PARAGRAPH and is_open(units[-1].text):
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
    """A sentence that ends with a colon says nothing alone: a list after it brings it along, other text joins it."""
    after = page.blocks[lead.block + 1] if lead.block + 1 < len(page.blocks) else None
    if after is None or after.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.BYLINE):
        return []
    text = page.text[after.start : after.end]
    whole = len(text.split()) <= WHOLE_QUOTE
    end = len(text) if whole or not sentence_spans(text) else sentence_spans(text)[0][1]
    span = Span(page.number, after.start, after.start + end)
    return [replace(lead, text=f"{lead.text} {text[:end]}", spans=(*lead.spans, span))]


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
