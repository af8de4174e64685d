"""Web pages: the main text as blocks, without navigation, scripts and whatever is hidden. Nothing is fetched."""

import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from ingest.formats.dates import published_in
from ingest.formats.decode import decode
from ingest.formats.flow import Flow, FlowBlock, clean_text, make_block, told_hidden
from ingest.formats.paging import section_sheets
from ingest.formats.web_hidden import hidden_by_sheet, is_hidden
from ingest.formats.web_tables import read_table
from ingest.types import BlockKind

_DROPPED = """nav header footer aside script style noscript template button input select textarea option svg math
    iframe object embed canvas audio video picture img head dialog"""
_KEPT_WITHIN = {"header": ("article", "main", "section", "blockquote"), "footer": ("blockquote",)}
_INLINE = """a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span
    strike strong sub sup time tt u var wbr acronym nobr center"""
_DROPPED_TAGS, _INLINE_TAGS = frozenset(_DROPPED.split()), frozenset(_INLINE.split())
_KINDS = {"figcaption": BlockKind.CAPTION, "caption": BlockKind.CAPTION, "li": BlockKind.LIST_ITEM}
_DEEPEST = 200  # levels below the main text: deeper ones are read as one text


def read(path: Path) -> Flow:
    soup = BeautifulSoup(decode(path.read_bytes(), declares=True), "lxml")
    title, authors, published = _facts(soup)
    hidden = drop_unread(soup)
    blocks = list(_Walk().blocks(_main(soup)))
    sheets, articles = section_sheets(blocks)
    heading = next((block.text for block in blocks if block.kind is BlockKind.HEADING), None)
    return Flow(title or heading, authors, published, told_hidden(sheets, hidden), articles)


def _facts(soup: BeautifulSoup) -> tuple[str | None, tuple[str, ...], str | None]:
    """Title, authors and date, as the page's head names them."""
    named: dict[str, list[str]] = {}
    for tag in soup.find_all("meta"):
        key = str(tag.get("name") or tag.get("property") or tag.get("itemprop") or "").lower()
        named.setdefault(key, []).append(clean_text(str(tag.get("content") or "")))
    titles = [*named.get("og:title", []), *(clean_text(tag.get_text()) for tag in soup.find_all("title", limit=1))]
    first = soup.find("h1")
    titles = [*titles[-1:], *titles[:-1], clean_text(first.get_text(" ")) if isinstance(first, Tag) else ""]
    authors = [a for key in ("author", "article:author", "dc.creator", "citation_author") for a in named.get(key, [])]
    dates = [
        date
        for key in ("article:published_time", "citation_publication_date", "dc.date", "dcterms.issued", "date")
        for date in named.get(key, [])
    ]
    dates += [str(tag.get("datetime") or tag.get_text()) for tag in soup.find_all("time", limit=3)]
    people = tuple(dict.fromkeys(a for a in authors if a and not a.startswith("http")))
    return next(filter(None, titles), None), people, next(filter(None, map(published_in, dates)), None)


def drop_unread(soup: BeautifulSoup) -> int:
    """From the top down, so that what stands in a dropped part is not looked at; how many words were hidden."""
    by_sheet = hidden_by_sheet(soup)
    waiting: list[Tag] = [soup]
    hidden = 0
    while waiting:
        for child in list(waiting.pop().contents):
            if not isinstance(child, Tag):
                continue
            if _is_dropped(child):
                child.extract()
            elif id(child) in by_sheet or is_hidden(child):
                hidden += len(clean_text(child.get_text(" ")).split())
                child.extract()
            else:
                waiting.append(child)
    return hidden


def _is_dropped(tag: Tag) -> bool:
    if tag.name in _DROPPED_TAGS:
        within = _KEPT_WITHIN.get(tag.name)
        return within is None or tag.find_parent(within) is None
    return tag.get("role") in ("navigation", "search")


def _main(soup: BeautifulSoup) -> Tag:
    """The main part, or the articles' when there is exactly one; else the body."""
    for found in (soup.find_all("main"), soup.select('[role="main"]'), soup.find_all("article")):
        first = found[0] if len(found) == 1 else None
        if isinstance(first, Tag) and clean_text(first.get_text()):
            return first
    return soup.body or soup


class _Walk:
    """Runs of inline text between block tags, each a block. Nesting is walked to a depth that is safe."""

    def blocks(
        self, tag: Tag, kind: BlockKind = BlockKind.PARAGRAPH, marker: str = "", deep: int = 0
    ) -> Iterator[FlowBlock]:
        inline: list[str] = []
        for child in list(tag.children):
            if isinstance(child, Tag) and deep < _DEEPEST and _is_block(child):
                yield from self._flush(inline, kind, marker)
                marker = "" if inline else marker
                inline = []
                yield from self._block(child, kind, marker, deep + 1)
            else:
                inline.append(_text(child))
        yield from self._flush(inline, kind, marker)

    def _flush(self, inline: list[str], kind: BlockKind, marker: str) -> Iterator[FlowBlock]:
        text = clean_text("".join(inline))
        if text:
            yield from make_block(kind, marker + text)

    def _block(self, tag: Tag, kind: BlockKind, marker: str, deep: int) -> Iterator[FlowBlock]:
        name = tag.name
        if re.fullmatch(r"h[1-6]", name):
            yield from make_block(BlockKind.HEADING, _text(tag), int(name[1]))
        elif name in ("ul", "ol", "menu"):
            yield from self._list(tag, deep)
        elif name == "table":
            caption = tag.find("caption")
            if isinstance(caption, Tag):
                yield from make_block(BlockKind.CAPTION, _text(caption))
            yield from read_table(tag, lambda cell: self.blocks(cell, kind, deep=deep), _text)
        elif name == "blockquote":
            yield from self.blocks(tag, BlockKind.QUOTE, deep=deep)
        elif name in ("cite", "footer") and kind is BlockKind.QUOTE:
            yield from make_block(BlockKind.BYLINE, _text(tag))
        elif name == "dl":
            yield from self._definitions(tag)
        else:
            inner = BlockKind.PARAGRAPH if name == "details" else kind
            yield from self.blocks(tag, _KINDS.get(name, inner), marker, deep)

    def _list(self, tag: Tag, deep: int) -> Iterator[FlowBlock]:
        start = str(tag.get("start", "1"))
        number = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
        for item in tag.find_all(["li", "ul", "ol"], recursive=False):
            if item.name != "li":  # a list right inside a list, as some editors write it
                yield from self._list(item, min(deep + 1, _DEEPEST)) if deep < _DEEPEST else ()
                continue
            marker = f"{number}. " if tag.name == "ol" else ""
            yield from self.blocks(item, BlockKind.LIST_ITEM, marker, deep)
            number += 1

    def _definitions(self, tag: Tag) -> Iterator[FlowBlock]:
        """A term with its meanings: «Key worker: the one adult …» is one item."""
        term = ""
        for item in tag.find_all(["dt", "dd"]):
            if item.name == "dt":
                term = f"{term} {_text(item)}".strip()
                continue
            yield from make_block(BlockKind.LIST_ITEM, f"{term.rstrip(':')}: {_text(item)}" if term else _text(item))
            term = ""
        yield from make_block(BlockKind.LIST_ITEM, term)


def _is_block(tag: Tag) -> bool:
    """A tag that starts a line of its own, or an inline one that such a tag stands in."""
    if tag.name == "cite" and tag.parent is not None and tag.parent.name == "blockquote":
        return True
    if tag.name == "br":
        return False
    if tag.name not in _INLINE_TAGS:
        return True
    return any(
        isinstance(inner, Tag) and inner.name not in _INLINE_TAGS and inner.name != "br" for inner in tag.descendants
    )


def _text(node: PageElement) -> str:
    """What is shown of it: no comments; a line break and the edge of a block are a space; notes' numbers go."""
    if isinstance(node, PreformattedString):
        return ""
    if isinstance(node, NavigableString):
        return str(node)
    pieces: list[str] = []
    for inner in node.descendants if isinstance(node, Tag) else ():
        if isinstance(inner, Tag):
            pieces.append("" if inner.name in _INLINE_TAGS else " ")
        elif isinstance(inner, NavigableString) and not isinstance(inner, PreformattedString):
            pieces.append(str(inner))
    return " " if isinstance(node, Tag) and node.name == "br" else "".join(pieces)
