"""The values that travel through ingest. Offsets index `Page.text`; boxes are PDF points, origin top left."""

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """What a file is, told from its bytes; plain text and Markdown, which bytes don't tell apart, by the name."""

    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


class PageHealth(StrEnum):
    """How a page was read. `Page.detail` says more: why it failed, which limit, what was left out."""

    READ = "read"
    OCR = "read by OCR"
    PARTIAL = "partly read"
    EMPTY = "empty picture"
    NO_TEXT = "no text layer"
    SUSPECT = "suspect columns"
    DAMAGED = "damaged glyphs"
    FAILED = "failed"
    SKIPPED = "skipped"


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    BYLINE = "byline"
    TABLE_ROW = "table row"
    CAPTION = "caption"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Word:
    """One word (or part of a word broken over two lines) and where it stands on the page.

    `line` counts the lines of the file from 1, in formats that have lines; else it is 0.
    """

    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float
    line: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text with one role. `level` is a heading's depth (1 is the article's title), else 0.

    `continues` says that its first sentence began on the page before.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read: `number` counts from 1, `label` is printed; running heads and folios are not in `text`.

    Formats without pages have what stands in for them: a slide (labelled "slide 3"), a section (labelled by its
    heading path, "Referrals › Thresholds"), or a run of lines ("lines 61–118"). Width and height are in points.
    """

    number: int
    label: str | None
    text: str
    width: float
    height: float
    health: PageHealth
    detail: str | None = None
    words: tuple[Word, ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article or chapter; pages count from 1 and both are inclusive."""

    number: int
    title: str
    first_page: int
    last_page: int
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """What reading a file yields, before anything is stored.

    `layouts`, where there are any, holds each page's words and blocks as they are stored (`codec.pack_layout`); the
    pages then have no words of their own, so that a long document stays small.
    """

    title: str
    authors: tuple[str, ...]
    published: str | None  # "2024", "2024-03" or "2024-03-01"
    pages: tuple[Page, ...]
    articles: tuple[Article, ...]
    format: Format = Format.PDF
    layouts: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end] of one page."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit of retrieval. `text` joins its spans with a line break; `context` (article, section) is embedded too."""

    ordinal: int
    article: int | None
    section: str | None
    spans: tuple[Span, ...]
    text: str
    context: str
    models: tuple[str, ...] = ()
    adopters: tuple[str, ...] = ()

    @property
    def page(self) -> int:
        return self.spans[0].page
