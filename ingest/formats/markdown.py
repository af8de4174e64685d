"""Markdown as CommonMark defines it, with tables: the markup goes, the text and its line stay."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from bs4 import BeautifulSoup, Tag
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.formats.dates import published_in
from ingest.formats.decode import decode
from ingest.formats.flow import Flow, FlowBlock, Part, clean_text, make_table, told_hidden
from ingest.formats.paging import section_sheets
from ingest.formats.web import drop_unread
from ingest.formats.web_hidden import is_hidden
from ingest.types import BlockKind

NESTING = 100  # levels of lists and quotes in one another; a list takes two
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)


def read(path: Path) -> Flow:
    text = decode(path.read_bytes())
    front = _FRONT.match(text)
    facts = _front_matter(front.group(1)) if front else {}
    if front and facts:  # blank lines in its place, so that the lines below keep their numbers
        text = "\n" * len(re.findall(r"\r\n|\n|\r", front.group())) + text[front.end() :]
    parser = MarkdownIt("commonmark", {"maxNesting": NESTING}).enable("table")
    reader = _Reader()
    blocks = list(reader.read(parser.parse(text)))
    heading = next((block.text for block in blocks if block.kind is BlockKind.HEADING and block.level == 1), None)
    sheets, articles = section_sheets(blocks)
    authors = tuple(clean_text(author) for author in re.split(r"[;\n]", facts.get("author", "")) if author.strip())
    return Flow(
        facts.get("title") or heading,
        authors,
        published_in(facts.get("date")),
        told_hidden(sheets, reader.hidden),
        articles,
    )


def _front_matter(text: str) -> dict[str, str]:
    """Title, author and date of a YAML head; nothing when it is none."""
    try:
        found = yaml.safe_load(text) if "&" not in text and "*" not in text else None  # aliases can be bombs
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    facts: dict[str, str] = {}
    for key, value in found.items():
        name = str(key).lower().replace("authors", "author")
        facts[name] = ";".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return facts


@dataclass(slots=True)
class _Reader:
    """Walks the tokens; `lists` holds the next number of each open list, None for bullets."""

    lists: list[int | None] = field(default_factory=list)
    marker: str = ""
    in_item: int = 0
    quotes: int = 0
    hidden: int = 0
    rows: list[list[Part]] = field(default_factory=list)

    def read(self, tokens: Sequence[Token]) -> Iterator[FlowBlock]:
        for number, token in enumerate(tokens):
            if token.type == "inline":
                yield from self._inline(token, tokens[number - 1])
            elif token.type in ("fence", "code_block") and token.map:
                offset = 1 if token.type == "fence" else 0
                yield from self._lines(token.content.split("\n"), token.map[0] + 1 + offset)
            elif token.type == "html_block" and token.map:
                shown = BeautifulSoup(token.content, "lxml")
                self.hidden += drop_unread(shown)
                yield from self._lines(shown.get_text(" ").strip().split("\n"), token.map[0] + 1)
            elif token.type == "table_close":
                yield from make_table(self.rows)
                self.rows = []
            else:
                self._open_or_close(token)

    def _open_or_close(self, token: Token) -> None:
        if token.type == "tr_open":
            self.rows.append([])
        elif token.type in ("ordered_list_open", "bullet_list_open"):
            start = token.attrGet("start") or 1 if token.type == "ordered_list_open" else None
            self.lists.append(None if start is None else int(start))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            self.lists.pop()
        elif token.type == "list_item_open":
            number = self.lists[-1]
            self.marker = "" if number is None else f"{number}. "
            self.lists[-1] = None if number is None else number + 1
            self.in_item += 1
        elif token.type == "list_item_close":
            self.in_item -= 1
        elif token.type in ("blockquote_open", "blockquote_close"):
            self.quotes += 1 if token.type == "blockquote_open" else -1

    def _inline(self, token: Token, opener: Token) -> Iterator[FlowBlock]:
        line = (token.map or [0])[0] + 1
        if opener.type in ("th_open", "td_open"):
            self.rows[-1].append(Part(" ".join(part.text for part in self._pieces(token, line)), line))
            return
        kind, level = BlockKind.PARAGRAPH, 0
        if opener.type == "heading_open":
            kind, level = BlockKind.HEADING, int(opener.tag[1:])
        elif self.in_item:
            kind = BlockKind.LIST_ITEM
        elif self.quotes:
            kind = BlockKind.QUOTE
        yield from self._make(kind, self._pieces(token, line), level)

    def _pieces(self, token: Token, line: int) -> list[Part]:
        """The text of a paragraph, a part for each line of the file."""
        texts, within = [""], ""
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                texts.append("")
            elif child.type == "html_inline":
                within = _hidden_tag(child.content, within)
                texts[-1] += " " if child.content.lower().startswith("<br") else ""
            elif within:
                self.hidden += len(child.content.split())
            elif child.type == "image":
                continue  # a text that stands in for a picture is not shown on the page
            else:
                texts[-1] += child.content
        return [Part(text, number) for number, text in enumerate(texts, line)]

    def _lines(self, lines: Sequence[str], first: int) -> Iterator[FlowBlock]:
        yield from self._make(BlockKind.PARAGRAPH, [Part(text, n) for n, text in enumerate(lines, first)], 0)

    def _make(self, kind: BlockKind, parts: Sequence[Part], level: int) -> Iterator[FlowBlock]:
        cleaned = [Part(text, part.line) for part in parts if (text := clean_text(part.text))]
        if any(c.isalnum() for part in cleaned for c in part.text):
            if kind is BlockKind.LIST_ITEM and self.marker:
                cleaned[0] = Part(self.marker + cleaned[0].text, cleaned[0].line)
                self.marker = ""
            yield FlowBlock(kind, tuple(cleaned), level)


def _hidden_tag(markup: str, within: str) -> str:
    """The name of the tag that hides what follows, `within` itself inside one, or nothing once it is closed."""
    closed = re.fullmatch(r"</(\w+)\s*>", markup)
    if within:
        return "" if closed and closed[1].lower() == within else within
    opened = re.match(r"<(\w+)", markup)
    tag = BeautifulSoup(markup, "lxml").find(opened[1].lower()) if opened else None
    if (
        isinstance(tag, Tag)
        and not markup.endswith("/>")
        and (is_hidden(tag) or tag.name in ("script", "style", "template"))
    ):
        return tag.name
    return ""
