"""From Markdown to Typst markup.

Every word of the source becomes a Typst string, so nothing an author types can
be read as Typst's own syntax, and every construct that is not listed here is
refused: a page must never lose text in silence.
"""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.errors import SourceError

SHORT_CELL = 24  # characters: a column whose cells are all shorter keeps its natural width
WRAPS = {"strong": "strong", "em": "emph"}
BLOCKS = {"bullet_list": "list", "ordered_list": "enum"}


def markdown_parser() -> MarkdownIt:
    """CommonMark with tables and curly quotation marks; raw HTML is off."""
    options = {"typographer": True, "html": False, "quotes": "“”‘’"}
    return MarkdownIt("commonmark", options).enable(["table", "smartquotes"])


def typst_string(text: str) -> str:
    """`text` as a Typst string literal, closed so that what follows cannot join it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def typst_of(markdown: str) -> str:
    """The Typst markup of a Markdown text; raises SourceError for what it cannot set."""
    return _blocks(markdown_parser().parse(markdown))


def _blocks(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    position = 0
    while position < len(tokens):
        end = _closing(tokens, position)
        parts.append(_block(tokens[position], tokens[position + 1 : end]))
        position = end + 1
    return "\n".join(parts)


def _closing(tokens: Sequence[Token], start: int) -> int:
    """The index of the token that closes the block opened at `start` (itself if it does not nest)."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    raise SourceError(f"A block that starts at line {_line(tokens[start])} is never closed.")


def _block(opening: Token, inside: Sequence[Token]) -> str:
    kind = opening.type.removesuffix("_open")
    match kind:
        case "heading":
            return f"#heading(level: {opening.tag[1:]})[{_inline(inside[0])}]\n"
        case "paragraph":
            # A tight list item's paragraph is hidden: no gap between its items.
            return _inline(inside[0]) if opening.hidden else f"#par[{_inline(inside[0])}]\n"
        case "bullet_list" | "ordered_list":
            return f"#{BLOCKS[kind]}({_children(inside)})\n"
        case "list_item":
            return f"[{_blocks(inside)}]"
        case "blockquote":
            return f"#quote(block: true)[{_blocks(inside)}]\n"
        case "table":
            return _table(inside)
        case _:
            raise SourceError(f"Line {_line(opening)}: {kind} is not set by corpus/typeset.py.")


def _children(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    position = 0
    while position < len(tokens):
        end = _closing(tokens, position)
        parts.append(_block(tokens[position], tokens[position + 1 : end]))
        position = end + 1
    return ", ".join(parts)


def _table(tokens: Sequence[Token]) -> str:
    rows: list[list[str]] = []
    plain: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
            plain.append([])
        elif token.type == "inline":
            rows[-1].append(f"[{_inline(token)}]")
            plain[-1].append("".join(child.content for child in token.children or []))
    header, *body = rows
    cells = "".join(f"  {', '.join(row)},\n" for row in body)
    return f"#data-table({_widths(plain)}, ({', '.join(header)},),\n{cells})\n"


def _widths(plain: list[list[str]]) -> str:
    """Column widths: short columns keep their own, the others share the rest by their text."""
    widths: list[str] = []
    for column in zip(*plain, strict=True):
        lengths = [len(cell) for cell in column]
        if max(lengths) <= SHORT_CELL:
            widths.append("auto")
        else:
            widths.append(f"{max(2.0, (sum(lengths) / len(lengths)) ** 0.5):.2f}fr")
    return f"({', '.join(widths)},)"


def _inline(token: Token) -> str:
    parts: list[str] = []
    for child in token.children or []:
        kind = child.type.removesuffix("_open").removesuffix("_close")
        if child.type == "text":
            parts.append(f"#{typst_string(child.content)};" if child.content else "")
        elif child.type == "code_inline":
            parts.append(f"#raw({typst_string(child.content)});")
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak":
            parts.append(" \\ ")
        elif child.type == "link_open":
            parts.append(f"#link({typst_string(str(child.attrs['href']))})[")
        elif kind in WRAPS and child.nesting == 1:
            parts.append(f"#{WRAPS[kind]}[")
        elif child.nesting == -1:
            parts.append("];")
        else:
            raise SourceError(f"{child.type} in “{token.content[:60]}” is not set by corpus/typeset.py.")
    return "".join(parts)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0
