"""Citations: each quote is re-found on its stored page before it is shown, or it is not shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.shelf import Shelf
from assistant.types import Box, Citation
from assistant.writing.orders import gives_orders, plain_name
from ingest.records import DocumentRecord, StoredChunk
from ingest.types import Article, Format, Page, PageHealth, Span

CAUTIONS: Mapping[str, str] = {
    PageHealth.OCR: "text from OCR",
    PageHealth.PARTIAL: "page read only in part",
    PageHealth.SUSPECT: "columns may be mixed up",
    PageHealth.DAMAGED: "some letters are damaged",
}


def cite(number: int, stored: StoredChunk, span: Span, shelf: Shelf) -> Citation | None:
    """The citation of a span, or None when its page is gone or its text is not there."""
    return cite_span(number, stored.document_id, span, shelf.article_of(stored), shelf)


def cite_span(number: int, document_id: str, span: Span, article: Article | None, shelf: Shelf) -> Citation | None:
    """The same, of a place that no chunk stands for."""
    page = shelf.page(document_id, span.page)
    return cite_on(number, shelf.documents[document_id], page, span, article) if page else None


def cite_on(number: int, record: DocumentRecord, page: Page, span: Span, article: Article | None) -> Citation | None:
    """The same, of a page at hand; also of a version that answers no longer use."""
    if not 0 <= span.start < span.end <= len(page.text):
        return None
    quote = page.text[span.start : span.end]
    if not quote.strip():
        return None
    return Citation(
        number=number,
        document_id=record.id,
        document_title=plain_name(record.title, record.file_name),
        file_name=record.file_name,
        published=record.published,
        article=article.title if article and not gives_orders(article.title) else None,
        authors=tuple(a for a in (article.authors if article else ()) or record.authors if not gives_orders(a)),
        page=page.number,
        page_label=page.label,
        health=page.health.value,
        quote=quote,
        start=span.start,
        end=span.end,
        boxes=boxes_of(page, span),
        url=f"/documents/{record.id}?page={page.number}#page={page.number}",
        place=place(record.format, page.number, page.label, lines_of(page, span)),
        caution=CAUTIONS.get(page.health),
        format=record.format,
        state=record.state,
        state_at=record.state_at,
    )


def place(format_: Format, number: int, label: str | None, lines: tuple[int, int] | None = None) -> str:
    """What stands for a page, in words: “page 50 (printed 48)”, “slide 3”, “section “Fees”, lines 73–75”."""
    if format_ is Format.PDF:
        printed = "" if label == str(number) else f" (printed {label})"
        return f"page {number}{printed}" if label else f"PDF page {number}"
    if format_ is Format.PPTX:
        return label or f"slide {number}"
    at = "" if lines is None else f"line {lines[0]}" if lines[0] == lines[1] else f"lines {lines[0]}–{lines[1]}"
    if format_ is Format.TEXT:
        return at or label or f"part {number}"
    section = f"section “{label}”" if label else f"part {number}"
    return f"{section}, {at}" if at else section


def lines_of(page: Page, span: Span) -> tuple[int, int] | None:
    """The first and last line of the file that the span stands on; None in formats without lines."""
    lines = [word.line for word in page.words if word.line and word.start < span.end and word.end > span.start]
    return (min(lines), max(lines)) if lines else None


def boxes_of(page: Page, span: Span) -> tuple[Box, ...]:
    """One box a line: neighbouring words on the same line are joined."""
    boxes: list[Box] = []
    for word in page.words:
        if word.end <= span.start or word.start >= span.end:
            continue
        box = (word.x0, word.y0, word.x1, word.y1)
        if boxes and abs(boxes[-1][1] - box[1]) < 3 and -1 <= box[0] - boxes[-1][2] < 25:
            last = boxes[-1]
            boxes[-1] = (last[0], min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        else:
            boxes.append(box)
    return tuple(boxes)


@dataclass(slots=True)
class Citations:
    """Numbers the citations of one answer; the same span twice is one citation."""

    shelf: Shelf
    made: list[Citation] = field(default_factory=list)

    def add(self, stored: StoredChunk, spans: Iterable[Span]) -> tuple[int, ...] | None:
        """The numbers of the spans' citations, in order; None when one of them cannot be re-found."""
        new: list[Citation] = []
        numbers: list[int] = []
        for span in spans:
            known = self._known(stored.document_id, span, new)
            if known is None:
                known = cite(len(self.made) + len(new) + 1, stored, span, self.shelf)
                if known is None:
                    return None
                new.append(known)
            numbers.append(known.number)
        self.made += new
        return tuple(dict.fromkeys(numbers))

    def take(self, citation: Citation) -> int:
        """The number here of a citation that another answer has made."""
        span = Span(citation.page, citation.start, citation.end)
        known = self._known(citation.document_id, span, ())
        if known is None:
            known = replace(citation, number=len(self.made) + 1)
            self.made.append(known)
        return known.number

    def overlaps(self, citation: Citation) -> bool:
        """Whether anything of what it quotes is quoted here already."""
        return any(
            (one.document_id, one.page) == (citation.document_id, citation.page)
            and one.start < citation.end
            and citation.start < one.end
            for one in self.made
        )

    def _known(self, document_id: str, span: Span, new: Sequence[Citation]) -> Citation | None:
        key = (document_id, span.page, span.start, span.end)
        return next((c for c in (*self.made, *new) if (c.document_id, c.page, c.start, c.end) == key), None)
