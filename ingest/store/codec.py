"""Values to JSON and back, exactly: for the store's columns, and for what a reading process sends."""

import json
import re
import zlib
from collections.abc import Sequence
from typing import Any

from ingest.types import Article, Block, BlockKind, Chunk, Page, PageHealth, Span, Word

# Lone surrogates and NUL occur in PDFs and cannot be stored; each gives way to one character, so that offsets hold.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    return _UNSTORABLE.sub("\ufffd", text)


def pack_layout(page: Page) -> bytes:
    return zlib.compress(json.dumps(_layout(page), separators=(",", ":")).encode(), 6)


def unpack_layout(data: bytes) -> tuple[tuple[Word, ...], tuple[Block, ...]]:
    return _read_layout(json.loads(zlib.decompress(data)))


def unpack_blocks(data: bytes) -> tuple[Block, ...]:
    """The blocks alone, in half the time: of what is before them nothing but the words' figures is passed over."""
    layout = zlib.decompress(data)
    first = layout.find(b'"')
    return _read_blocks(json.loads(layout[first - 2 : -1])) if first >= 0 else ()


def _layout(page: Page) -> list[Any]:
    words = [[w.start, w.end, w.x0, w.y0, w.x1, w.y1, *([w.line] if w.line else [])] for w in page.words]
    return [words, _blocks(page)]


def _read_layout(layout: Sequence[Any]) -> tuple[tuple[Word, ...], tuple[Block, ...]]:
    words, blocks = layout
    return tuple(Word(*w) for w in words), _read_blocks(blocks)


def _blocks(page: Page) -> list[list[Any]]:
    return [[b.kind.value, b.start, b.end, b.level, b.continues] for b in page.blocks]


def _read_blocks(blocks: Sequence[Sequence[Any]]) -> tuple[Block, ...]:
    return tuple(Block(BlockKind(kind), *rest) for kind, *rest in blocks)


def page_to_json(page: Page) -> dict[str, Any]:
    """A page without its words: those travel packed, as they are stored (`pack_layout`)."""
    return {
        "number": page.number,
        "label": page.label,
        "text": page.text,
        "width": page.width,
        "height": page.height,
        "health": page.health.value,
        "detail": page.detail,
        "blocks": _blocks(page),
    }


def page_from_json(data: dict[str, Any]) -> Page:
    return Page(
        number=data["number"],
        label=None if data["label"] is None else storable(data["label"]),
        text=storable(data["text"]),
        width=data["width"],
        height=data["height"],
        health=PageHealth(data["health"]),
        detail=None if data["detail"] is None else storable(data["detail"]),
        blocks=_read_blocks(data["blocks"]),
    )


def article_to_json(article: Article) -> list[Any]:
    return [article.number, article.title, article.first_page, article.last_page, list(article.authors)]


def article_from_json(data: Sequence[Any]) -> Article:
    number, title, first, last, authors = data
    return Article(number, storable(title), first, last, tuple(map(storable, authors)))


def spans_to_json(chunk: Chunk) -> list[list[int]]:
    return [[span.page, span.start, span.end] for span in chunk.spans]


def spans_from_json(data: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(*span) for span in data)
