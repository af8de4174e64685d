"""A PDF in, its pages and articles out. Two passes: one reads and learns what repeats, one puts each page in order."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.errors import DamagedError
from ingest.ocr import Placement
from ingest.pdf.articles import find_articles
from ingest.pdf.blocks import Draft, draft_blocks
from ingest.pdf.content import Content, lost, read_content
from ingest.pdf.furniture import Survey, split_furniture
from ingest.pdf.glyphs import body_style
from ingest.pdf.lines import read_lines
from ingest.pdf.scans import Scanner
from ingest.pdf.source import Source, read_source
from ingest.pdf.spool import Spool
from ingest.pdf.text import build_text
from ingest.sentences import is_open
from ingest.types import BlockKind, Page, PageHealth, ParsedDocument, Word

FIRST_PASS = 0.65  # of the time a page takes; measured on journals and reports
Progress = Callable[[int, int], None]


def _ignore(*_: object) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a PDF is read. `progress(done, pages)` counts both passes: it reaches `pages` with the last page.

    `begin(page)` is called before work on a page, and with 0 before work on the whole; `lost` has pages that are not
    to be touched, each with its health and why. `on_page` is given each page when it is ready: those of the result
    then have no words. `spool` holds what earlier readers of the file found out (ingest/pdf/spool.py). `scanner` reads
    pages that are pictures; the default reads none.
    """

    progress: Progress = _ignore
    begin: Callable[[int], None] = _ignore
    on_page: Callable[[Page], None] | None = None
    lost: Mapping[int, tuple[PageHealth, str]] = field(default_factory=dict)
    spool: IO[bytes] | None = None
    scanner: Scanner = field(default_factory=lambda: Scanner(lambda: None))

    def tell(self, first: int, second: int, pages: int) -> None:
        """How many pages each of the two passes has done."""
        self.progress(int(FIRST_PASS * first + (1 - FIRST_PASS) * second + 1e-6), pages)


def read_pdf(path: Path, progress: Progress | None = None, reading: Reading | None = None) -> ParsedDocument:
    """Reads a whole PDF; raises a ReadError subclass that says what is wrong with it."""
    reading = reading or Reading(progress=progress or _ignore)
    source = read_source(path)
    try:
        document = pdfium.PdfDocument(path)
        if document.get_formtype() in (raw.FORMTYPE_ACRO_FORM, raw.FORMTYPE_XFA_FOREGROUND):
            document.init_forms()  # for the values of its fields
    except pdfium.PdfiumError as error:
        raise DamagedError(
            "This PDF is damaged: its pages cannot be opened. Export it again and add it once more."
        ) from error
    with reading.spool or tempfile.TemporaryFile() as file:
        spool = Spool(file)
        try:
            survey = _read_contents(document, source, spool, reading)
        finally:
            document.close()
        pages = tuple(_hand_over(_read_pages(spool, source, survey, reading), reading.on_page))
    reading.begin(0)
    title = source.title or _first_heading(pages) or path.stem
    return ParsedDocument(title, source.authors, source.published, pages, find_articles(pages, source))


def _read_contents(document: pdfium.PdfDocument, source: Source, spool: Spool, reading: Reading) -> Survey:
    """The first pass: what stands on each page goes to the spool, what repeats into the survey."""
    survey, pages = Survey(), source.pages
    for number, content in enumerate(spool, 1):
        _learn(survey, content, number)
    for number in range(spool.pages + 1, pages + 1):
        reading.tell(number - 1, 0, pages)
        reading.begin(number)
        known = reading.lost.get(number)
        content = (
            lost(document, number, *known) if known else read_content(document, number, reading.scanner, source.layered)
        )
        _learn(survey, content, number)
        spool.append(content)
    return survey


def _learn(survey: Survey, content: Content, number: int) -> None:
    if content.health not in (PageHealth.FAILED, PageHealth.SKIPPED):
        survey.add(content.segments, content.sheet.height if content.sheet else content.height, number)


def _hand_over(pages: Iterator[Page], on_page: Callable[[Page], None] | None) -> Iterator[Page]:
    for page in pages:
        if on_page is not None:
            on_page(page)
            page = replace(page, words=())
        yield page


def _read_pages(spool: Spool, source: Source, survey: Survey, reading: Reading) -> Iterator[Page]:
    """The second pass."""
    open_before = quote_before = False
    for number, content in enumerate(spool, 1):
        reading.begin(number)
        declared = source.labels[number - 1] if source.labels and number <= len(source.labels) else None
        known = reading.lost.get(number)
        if known:
            content = Content([], content.width, content.height, *known)
        page = _read_page(content, number, declared, survey, (open_before, quote_before))
        if page.text:
            prose = [b for b in page.blocks if b.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)]
            last = next((b for b in reversed(prose) if b.kind is BlockKind.PARAGRAPH), None)
            open_before = last is not None and is_open(page.text[last.start : last.end])
            quote_before = page.blocks[-1].kind is BlockKind.QUOTE
        yield page
        reading.tell(source.pages, number, source.pages)


def _read_page(content: Content, number: int, declared: str | None, survey: Survey, before: tuple[bool, bool]) -> Page:
    width, height, health, detail = content.width, content.height, content.health, content.detail
    if not content.segments:
        return Page(number, declared, "", width, height, health, detail)
    sheet = content.sheet
    prose, heads, folio = split_furniture(content.segments, sheet.height if sheet else height, survey, number)
    label = declared or folio
    lines, crossed = read_lines(prose)
    drafts = _without_heads(draft_blocks(lines, survey, body_style(prose)[1], before[1]), heads)
    if not drafts:
        if health is PageHealth.READ:
            health, detail = PageHealth.EMPTY, detail or "nothing but running heads and page numbers"
        return Page(number, label, "", width, height, health, detail)
    text, words, blocks = build_text(drafts, survey, before[0])
    if sheet is not None:
        words = tuple(_placed(word, sheet.placement) for word in words)
    if crossed and health is PageHealth.READ:
        health, detail = PageHealth.SUSPECT, "drawn across its columns; read column by column"
    return Page(number, label, text, width, height, health, detail, words, blocks)


def _placed(word: Word, placement: Placement) -> Word:
    """A word of a scan that was set upright, where it stands on the page as it is shown."""
    x0, y0, x1, y1 = placement.box(word.x0, word.y0, word.x1, word.y1)
    return replace(word, x0=round(x0, 1), y0=round(y0, 1), x1=round(x1, 1), y1=round(y1, 1))


def _without_heads(drafts: list[Draft], heads: list[str]) -> list[Draft]:
    """Marks a running head that stands again in the text: no heading of the article, a caption at most."""
    repeated = {_plain(head) for head in heads}
    for draft in drafts[1:]:
        if draft.kind is BlockKind.HEADING and _plain(draft.text) in repeated:
            draft.kind, draft.level = BlockKind.CAPTION, 0
    return drafts


def _first_heading(pages: tuple[Page, ...]) -> str | None:
    for page in pages[:3]:
        for block in page.blocks:
            if block.kind is BlockKind.HEADING:
                return page.text[block.start : block.end].strip()
    return None


def _plain(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
