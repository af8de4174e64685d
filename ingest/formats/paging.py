"""Blocks into sheets: a section a page, long ones in several that never part a list's head from its items.

A page of about 500 words is what a printed one holds: short enough to find a marked sentence on at a glance.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.formats.flow import FlowBlock, Part, Sheet, spell, table_runs
from ingest.types import Article, BlockKind

PAGE_WORDS = 500
BLOCK_CHARACTERS = 3000  # a longer block is cut, where a sentence ends if one does
WORD_CHARACTERS = 1000
BEGINNING = "Beginning"
_LABEL_PART = 80
_SENTENCE_END = (".", "!", "?", "…", ".”", "?”", "!”", '."', ".)")


@dataclass(slots=True)
class _Section:
    path: tuple[tuple[int, str], ...]  # level and text of each heading
    blocks: list[FlowBlock] = field(default_factory=list)


def section_sheets(blocks: Sequence[FlowBlock]) -> tuple[tuple[Sheet, ...], tuple[Article, ...]]:
    """Pages by the headings of levels 1 and 2, labelled by their path; articles by the headings of level 1."""
    sheets: list[Sheet] = []
    openings: list[tuple[str, int]] = []  # title and first page of each article
    used: dict[str, int] = {}
    main = [b for b in blocks if _is_heading(b, 1) and not b.is_title] or [b for b in blocks if b.is_title]
    for section in _sections(blocks):
        label = " › ".join(text for _, text in section.path) or BEGINNING
        for part in split_pages(section.blocks):
            used[label] = used.get(label, 0) + 1
            named = label if used[label] == 1 else f"{label} ({used[label]})"
            sheets.append(Sheet(named, tuple(part)))
            openings += [(b.text, len(sheets)) for b in part if any(b is head for head in main) and not b.continues]
    return tuple(sheets), _articles(openings, len(sheets))


def _articles(openings: Sequence[tuple[str, int]], pages: int) -> tuple[Article, ...]:
    following = [*(first for _, first in openings[1:]), pages + 1][: len(openings)]
    return tuple(
        Article(number, title, first, max(first, after - 1))
        for number, ((title, first), after) in enumerate(zip(openings, following, strict=True), 1)
    )


def _is_heading(block: FlowBlock, deepest: int) -> bool:
    return block.kind is BlockKind.HEADING and 1 <= block.level <= deepest


def _sections(blocks: Sequence[FlowBlock]) -> Iterator[_Section]:
    """A heading of level 1 or 2 opens a section, unless nothing but headings stands before it."""
    section = _Section(())
    for block in blocks:
        if _is_heading(block, 2) and not block.is_title:
            above = (heading for heading in section.path if heading[0] < block.level)
            path = (*above, (block.level, _short(block.text)))
            if any(b.kind is not BlockKind.HEADING for b in section.blocks):
                yield section
                section = _Section(path)
            section.path = path
        section.blocks.append(block)
    if section.blocks:
        yield section


def _short(text: str) -> str:
    return text if len(text) <= _LABEL_PART else f"{text[:_LABEL_PART].rsplit(' ', 1)[0]}…"


def split_pages(blocks: Sequence[FlowBlock], words: int = PAGE_WORDS) -> Iterator[list[FlowBlock]]:
    """Blocks in runs of about `words`; two tables that touch are parted, or the first one's heads serve both."""
    page: list[FlowBlock] = []
    count = 0
    for group in _groups(blocks, words):
        size = sum(block.words for block in group)
        touches = bool(page) and page[-1].kind is BlockKind.TABLE_ROW and group[0].starts_table
        if page and (touches or count + size > words):
            yield page
            page, count = [], 0
        page += group
        count += size
    if page:
        yield page


def _groups(blocks: Sequence[FlowBlock], words: int) -> Iterator[list[FlowBlock]]:
    """What stays on one page: a heading with what it heads, a lead-in with its list, a table."""
    group: list[FlowBlock] = []
    for run in table_runs([piece for block in blocks for piece in split_block(block)]):
        for part in _parts(run, words):
            size = sum(block.words for block in group)
            fits = size + sum(block.words for block in part) <= words or all(
                block.kind is BlockKind.HEADING for block in group
            )
            if group and not (_belongs(group[-1], part[0]) and fits):
                yield group
                group = []
            group = [*group, *part]
    if group:
        yield group


def _belongs(before: FlowBlock, block: FlowBlock) -> bool:
    if before.kind is BlockKind.HEADING or (before.kind is BlockKind.QUOTE and block.kind is BlockKind.BYLINE):
        return True
    if before.kind is BlockKind.LIST_ITEM:
        return block.kind is BlockKind.LIST_ITEM
    return before.kind in (BlockKind.PARAGRAPH, BlockKind.CAPTION) and (
        before.text.endswith(":") or (before.kind is BlockKind.CAPTION and block.kind is BlockKind.TABLE_ROW)
    )


def _parts(run: list[FlowBlock], words: int) -> Iterator[list[FlowBlock]]:
    """A table too long for a page in several, each under the first row again, as Word repeats it on every page."""
    part: list[FlowBlock] = []
    count = 0
    for block in run:
        if part and count + block.words > words:
            yield part
            head = replace(run[0], starts_table=True)
            repeat = run[0].words * 4 < words and len(run[0].parts) == len(block.parts)
            part = [head] if repeat else []
            count = head.words if repeat else 0
            block = block if repeat else replace(block, starts_table=True)
        part.append(block)
        count += block.words
    yield part


def split_block(block: FlowBlock) -> Iterator[FlowBlock]:
    """A block of more than a page in pieces that end with a sentence; a piece that does not is marked as going on."""
    if block.kind is BlockKind.TABLE_ROW or sum(len(part.text) for part in block.parts) <= BLOCK_CHARACTERS:
        yield block
        return
    text, tokens = spell(block)
    parts: list[Part] = []
    size, continues = 0, block.continues
    for token in tokens:
        for start in range(token.start, token.end, WORD_CHARACTERS):
            word = text[start : min(start + WORD_CHARACTERS, token.end)]
            parts.append(Part(word, token.line))
            size += len(word) + 1
            broken = start + WORD_CHARACTERS < token.end
            ended = not broken and word.endswith(_SENTENCE_END)
            if broken or size > BLOCK_CHARACTERS or (ended and size > BLOCK_CHARACTERS / 2):
                yield replace(block, parts=_by_line(parts), continues=continues)
                parts, size, continues = [], 0, not ended
    if parts:
        yield replace(block, parts=_by_line(parts), continues=continues)


def _by_line(words: Sequence[Part]) -> tuple[Part, ...]:
    """Words of the same line of the file as one part."""
    lines: list[tuple[int, list[str]]] = []
    for word in words:
        if not lines or lines[-1][0] != word.line:
            lines.append((word.line, []))
        lines[-1][1].append(word.text)
    return tuple(Part(" ".join(texts), line) for line, texts in lines)
