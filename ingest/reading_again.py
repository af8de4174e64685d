"""A document that is in the library, read once more: pages that were read keep their text, because answers cite it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.records import DocumentRecord
from ingest.store import reads
from ingest.store.codec import pack_layout
from ingest.types import PageHealth, ParsedDocument

if TYPE_CHECKING:
    from ingest.library import Library

UNREAD = frozenset({PageHealth.NO_TEXT, PageHealth.FAILED, PageHealth.SKIPPED})


def worth_another_reading(library: "Library", record: DocumentRecord) -> bool:
    """Whether pages are unread for want of an OCR engine, and one is here now."""
    if not record.health.get(PageHealth.NO_TEXT):
        return False
    from ingest.ocr import find_engine

    return find_engine(library.settings) is not None


def stored_document(library: "Library", record: DocumentRecord) -> ParsedDocument:
    """The document as it was read, from the store."""
    with library.connect() as connection:
        pages = tuple(reads.pages(connection, record.id))
        articles = reads.articles(connection, record.id)
    return ParsedDocument(record.title, record.authors, record.published, pages, articles, record.format)


def merge_pages(known: ParsedDocument, again: ParsedDocument) -> ParsedDocument:
    """The pages of `known`, and of `again` only those that were not read before."""
    if len(known.pages) != len(again.pages):  # `known` is not whole
        return again
    layouts = again.layouts or tuple(pack_layout(page) for page in again.pages)
    new = {number for number, page in enumerate(known.pages) if page.health in UNREAD}
    pages = tuple(again.pages[number] if number in new else page for number, page in enumerate(known.pages))
    packed = tuple(layouts[n] if n in new else pack_layout(page) for n, page in enumerate(known.pages))
    return replace(known, pages=pages, layouts=packed, articles=again.articles or known.articles)


def read_count(parsed: ParsedDocument) -> int:
    """How many pages have been read."""
    return sum(page.health not in UNREAD for page in parsed.pages)
