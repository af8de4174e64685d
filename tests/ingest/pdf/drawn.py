"""PDFs set with Typst for one test each: every line of the text is in the test itself."""

import io
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import typst
from pypdf import PdfReader, PdfWriter

from ingest.types import Block, Page, ParsedDocument

Read = Callable[[bytes], ParsedDocument]
_SHEET = '#set page(width: 400pt, height: 300pt, margin: 0pt)\n#set text(size: 10pt, font: "Libertinus Serif")\n'


class Shown(NamedTuple):
    """One line and where it is drawn: points from the top left of a page of 400 by 300 points."""

    x: float
    y: float
    text: str
    size: float = 10
    style: str = ""  # further arguments of Typst's `text`


@lru_cache(maxsize=64)
def typeset(source: str) -> bytes:
    return typst.compile(source.encode())


def placed(*pages: Sequence[Shown]) -> bytes:
    """Every line at its own place, drawn in the order given."""
    return typeset(_SHEET + "#pagebreak()\n".join("".join(map(_place, page)) for page in pages))


def _place(shown: Shown) -> str:
    text = shown.text.replace("\\", "\\\\").replace('"', '\\"')
    style = f", {shown.style}" if shown.style else ""
    return f'#place(top + left, dx: {shown.x}pt, dy: {shown.y}pt, text(size: {shown.size}pt{style}, "{text}"))\n'


def stacked(lines: Sequence[str], x: float = 30, y: float = 60, step: float = 13) -> list[Shown]:
    """One line under the other, as in one paragraph."""
    return [Shown(x, y + step * number, line) for number, line in enumerate(lines)]


def rewritten(data: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    """The file again, after `change` has been done to it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def text_of(page: Page, block: Block) -> str:
    return page.text[block.start : block.end]


def kinds(page: Page) -> list[tuple[str, str]]:
    """Kind and text of every block of the page."""
    return [(block.kind.value, text_of(page, block)) for block in page.blocks]
