"""Plain text: runs of lines as pages, and the line of the file for every word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.formats.decode import decode
from ingest.formats.flow import Flow, FlowBlock, Part, Sheet, clean_text
from ingest.formats.paging import PAGE_WORDS, split_block
from ingest.types import BlockKind

PAGE_LINES = 60
HEADING_WORDS = 12
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ITEM = re.compile(r"^\s*(?:[•◦▪▫●○■□‣⁃∙·*+➢➤✓✔❖–-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)])\s+\S")
_UNDERLINE = re.compile(r"^\s*([=\-~*_#^])\1{2,}\s*$")
_SENTENCE_END = re.compile(r"[.!?,;:…][”’\"')\]]*$")
_LONGEST_LINE = 400  # characters: a longer one is a paragraph of its own, whatever it looks like


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


def read(path: Path) -> Flow:
    lines = [_Line(n, text) for n, text in enumerate(_BREAKS.split(decode(path.read_bytes())), 1)]
    blocks = [piece for block in _blocks(lines) for piece in split_block(block)]
    title = next((block.text for block in blocks[:3] if block.kind is BlockKind.HEADING), None)
    return Flow(title, (), None, tuple(_sheets(blocks)))


def _blocks(lines: Sequence[_Line]) -> Iterator[FlowBlock]:
    """Each run of lines between blank ones, as a heading, list items or a paragraph."""
    run: list[_Line] = []
    for line in (*lines, _Line(0, "")):
        if line.text.strip():
            run.append(line)
        elif run:
            yield from _read_run(run)
            run = []


def _read_run(run: Sequence[_Line]) -> Iterator[FlowBlock]:
    at = 0
    if len(run) > 1 and _UNDERLINE.match(run[1].text) and len(run[0].text) <= _LONGEST_LINE:
        yield from _block(BlockKind.HEADING, run[:1], 1 if run[1].text.strip()[0] in "=#*" else 2)
        at = 2
    elif len(run) == 1 and _is_heading(run[0].text):
        yield from _block(BlockKind.HEADING, run, 2)
        return
    current: list[_Line] = []
    for line in run[at:]:
        if _ITEM.match(line.text[:_LONGEST_LINE]) and current:
            yield from _block(_kind(current), current)
            current = []
        if not _UNDERLINE.match(line.text[:_LONGEST_LINE]):
            current.append(line)
    if current:
        yield from _block(_kind(current), current)


def _kind(lines: Sequence[_Line]) -> BlockKind:
    return BlockKind.LIST_ITEM if _ITEM.match(lines[0].text[:_LONGEST_LINE]) else BlockKind.PARAGRAPH


def _is_heading(text: str) -> bool:
    """A line alone: in capitals, or a few words that begin with one and end no sentence."""
    words = text.split() if len(text) <= _LONGEST_LINE else []
    if not 0 < len(words) <= HEADING_WORDS or _SENTENCE_END.search(text.rstrip()) or _ITEM.match(text):
        return False
    first = next((c for c in text if c.isalpha()), "")
    return text.isupper() or (first.isupper() and len(words) <= 8 and "\t" not in text.strip())


def _block(kind: BlockKind, lines: Sequence[_Line], level: int = 0) -> Iterator[FlowBlock]:
    parts = tuple(Part(text, line.number) for line in lines if (text := clean_text(line.text)))
    if any(c.isalnum() for part in parts for c in part.text):
        yield FlowBlock(kind, parts, level)


def _sheets(blocks: Sequence[FlowBlock]) -> Iterator[Sheet]:
    """At most about 60 lines or 500 words a page; a heading goes with what it heads."""
    page: list[FlowBlock] = []
    labels: dict[str, int] = {}
    for block in blocks:
        if page and _is_full(page, block):
            carried = [page.pop()] if len(page) > 1 and page[-1].kind is BlockKind.HEADING else []
            yield Sheet(_label(page, labels), tuple(page))
            page = carried
        page.append(block)
    if page:
        yield Sheet(_label(page, labels), tuple(page))


def _is_full(page: Sequence[FlowBlock], block: FlowBlock) -> bool:
    lines = block.parts[-1].line - page[0].parts[0].line + 1
    return lines > PAGE_LINES or sum(b.words for b in page) + block.words > PAGE_WORDS


def _label(page: Sequence[FlowBlock], used: dict[str, int]) -> str:
    first, last = page[0].parts[0].line, page[-1].parts[-1].line
    label = f"line {first}" if first == last else f"lines {first}–{last}"
    used[label] = used.get(label, 0) + 1
    return label if used[label] == 1 else f"{label} ({used[label]})"
