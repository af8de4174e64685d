"""A PDF in, its pages and articles out. Two passes: one learns what repeats, one reads."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2 as pdfium

from ingest.errors import DamagedError, NoTextError
from ingest.pdf.articles import find_articles
from ingest.pdf.blocks import Draft, draft_blocks
from ingest.pdf.furniture import Survey, split_furniture
from ingest.pdf.glyphs import Segment, body_style, read_segments
from ingest.pdf.lines import read_lines
from ingest.pdf.source import Source, read_source
from ingest.pdf.text import build_text
from ingest.sentences import is_open
from ingest.types import BlockKind, Page, PageHealth, ParsedDocument

DAMAGED_SHARE = 0.05  # of a page's glyphs without a Unicode meaning
Progress = Callable[[int, int], None]


def read_pdf(path: Path, progress: Progress | None = None) -> ParsedDocument:
    """Reads a whole PDF; `progress(pages done, pages)`. Raises a ReadError subclass that says what is wrong."""
    source = read_source(path)
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise DamagedError(
            "This PDF is damaged: its pages cannot be opened. Export it again and add it once more."
        ) from error
    try:
        survey = _survey(document, source.pages, progress)
        pages = tuple(_read_pages(document, source, survey, progress))
    finally:
        document.close()
    if not any(page.text for page in pages):
        raise NoTextError(
            "No page of this PDF has a text layer: it is a scan or pictures only. "
            "Run it through text recognition (OCR) and add the result."
        )
    title = source.title or _first_heading(pages) or path.stem
    return ParsedDocument(title, source.authors, source.published, pages, find_articles(pages, source))


def _survey(document: pdfium.PdfDocument, count: int, progress: Progress | None) -> Survey:
    """The first pass; it reports no page as done, but shows that the file is alive, and how many pages it has."""
    survey = Survey()
    for number in range(1, count + 1):
        if progress is not None:
            progress(0, count)
        read = _segments(document, number)
        if isinstance(read, tuple):
            survey.add(read[0], read[3])
    return survey


def _segments(document: pdfium.PdfDocument, number: int) -> tuple[list[Segment], float, float, float] | str:
    """Segments, damaged share, width and height in points; or why the page could not be read."""
    try:
        page = document[number - 1]
    except (pdfium.PdfiumError, IndexError) as error:
        return str(error) or "the page cannot be opened"
    try:
        segments, damaged = read_segments(page)
        width, height = page.get_size()
        return segments, damaged, width, height
    except pdfium.PdfiumError as error:
        return str(error)
    finally:
        page.close()


def _read_pages(
    document: pdfium.PdfDocument, source: Source, survey: Survey, progress: Progress | None
) -> Iterator[Page]:
    open_before = quote_before = False
    for number in range(1, source.pages + 1):
        declared = source.labels[number - 1] if source.labels and number <= len(source.labels) else None
        page = _read_page(document, number, declared, survey, (open_before, quote_before))
        if page.text:
            prose = [b for b in page.blocks if b.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)]
            last = next((b for b in reversed(prose) if b.kind is BlockKind.PARAGRAPH), None)
            open_before = last is not None and is_open(page.text[last.start : last.end])
            quote_before = page.blocks[-1].kind is BlockKind.QUOTE
        yield page
        if progress is not None:
            progress(number, source.pages)


def _read_page(
    document: pdfium.PdfDocument, number: int, declared: str | None, survey: Survey, before: tuple[bool, bool]
) -> Page:
    read = _segments(document, number)
    if isinstance(read, str):
        return Page(number, declared, "", 0.0, 0.0, PageHealth.FAILED, read)
    segments, damaged, width, height = read
    prose, heads, folio = split_furniture(segments, height, survey)
    label = declared or folio
    if not prose:
        has_picture = _has_picture(document, number)
        health = PageHealth.EMPTY if not has_picture or heads or segments else PageHealth.NO_TEXT
        return Page(number, label, "", width, height, health)
    lines, crossed = read_lines(prose)
    drafts = _without_heads(draft_blocks(lines, survey, body_style(prose)[1], before[1]), heads)
    if not drafts:
        return Page(number, label, "", width, height, PageHealth.EMPTY)
    text, words, blocks = build_text(drafts, survey, before[0])
    health, detail = PageHealth.READ, None
    if damaged > DAMAGED_SHARE:
        health, detail = PageHealth.DAMAGED, f"{damaged:.0%} of the glyphs have no text meaning"
    elif crossed:
        health, detail = PageHealth.SUSPECT, "drawn across its columns; read column by column"
    return Page(number, label, text, width, height, health, detail, words, blocks)


def _without_heads(drafts: list[Draft], heads: list[str]) -> list[Draft]:
    """Marks a running head that stands again in the text: no heading of the article, a caption at most."""
    repeated = {_plain(head) for head in heads}
    for draft in drafts[1:]:
        if draft.kind is BlockKind.HEADING and _plain(draft.text) in repeated:
            draft.kind, draft.level = BlockKind.CAPTION, 0
    return drafts


def _has_picture(document: pdfium.PdfDocument, number: int) -> bool:
    page = document[number - 1]
    try:
        return any(True for _ in page.get_objects(max_depth=3))
    finally:
        page.close()


def _first_heading(pages: tuple[Page, ...]) -> str | None:
    for page in pages[:3]:
        for block in page.blocks:
            if block.kind is BlockKind.HEADING:
                return page.text[block.start : block.end].strip()
    return None


def _plain(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
