"""A place that a person wants to keep: read again from the truth, or refused."""

from dataclasses import dataclass

from assistant.cite import cite_on
from assistant.errors import NotThereError
from assistant.types import Citation
from ingest.types import Article, Span
from ingest.view import LibraryView


@dataclass(frozen=True, slots=True)
class Pin:
    """`page.text[start:end]` of a document; `quote` is what a person saw there, where it is said."""

    document_id: str
    page: int
    start: int
    end: int
    quote: str | None = None


def cite_pin(library: LibraryView, pin: Pin) -> Citation:
    """Raises NotThereError when the page does not say so, letter for letter; RemovedError and its like as ever."""
    record, page = library.document(pin.document_id), library.page(pin.document_id, pin.page)
    span = Span(pin.page, pin.start, pin.end)
    citation = cite_on(1, record, page, span, _article(library, pin))
    if citation is None or (pin.quote is not None and citation.quote != pin.quote):
        raise NotThereError(
            f"Page {pin.page} of “{record.title}” does not say this at this place, letter for letter."
            " Open the page, and add the quote from there."
        )
    return citation


def _article(library: LibraryView, pin: Pin) -> Article | None:
    """As the chunks have it, for two articles may share a page; of an earlier version as its pages have it."""
    articles = library.articles(pin.document_id)
    for stored in library.chunks_of(pin.document_id):
        for span in stored.chunk.spans:
            if span.page == pin.page and span.start <= pin.start < span.end:
                number = stored.chunk.article
                return articles[number] if number is not None and number < len(articles) else None
    return next((one for one in articles if one.first_page <= pin.page <= one.last_page), None)
