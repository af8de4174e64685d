"""A document that is in the library, read once more: pages that were read keep their text, because answers cite it."""

import sys
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.ocr import find_engine
from ingest.records import DocumentRecord, FileReport
from ingest.staging import Incoming, Steps, pages_in_words, read_file, report, stage
from ingest.store import reads, writes
from ingest.store.codec import pack_layout
from ingest.types import PageHealth, ParsedDocument

if TYPE_CHECKING:
    from ingest.library import Library

UNREAD = frozenset({PageHealth.NO_TEXT, PageHealth.FAILED, PageHealth.SKIPPED})


def worth_another_reading(library: "Library", record: DocumentRecord) -> bool:
    """Whether pages are unread for want of an OCR engine, and one is here now that has not been tried on them."""
    engine = find_engine(library.settings) if record.health.get(PageHealth.NO_TEXT) else None
    if engine is None:
        return False
    unread = [page for page in library.page_states(record.id) if page.health is PageHealth.NO_TEXT]
    return any(engine.name not in (page.detail or "") for page in unread)


def read_again(library: "Library", record: DocumentRecord, steps: Steps) -> FileReport:
    """Reads a document once more from its kept copy: what could not be read before may be readable now.

    Raises a ReadError when the copy cannot be read.
    """
    known = stored_document(library, record)
    parsed = merge_pages(known, read_copy(library, record, steps))
    if parsed.pages == known.pages:
        return report(record.file_name, "unchanged", record, "Reading it again found nothing more.")
    told = stage(library, record.file_name, None, of_record(record, parsed), steps)
    more = read_count(parsed) - read_count(known)
    reason = f"{pages_in_words(more)} that could not be read before can be now." if more else told.reason
    return replace(told, reason=reason)


def read_anew(library: "Library", record: DocumentRecord, steps: Steps) -> FileReport:
    """Puts a document whose stored text is not whole in its place again, from its kept copy.

    Raises a ReadError when the copy cannot be read.
    """
    parsed = read_copy(library, record, steps)
    if record.state == "superseded":
        with library.changing(), library.begin() as connection:
            writes.replace_pages(connection, record.id, parsed)
        return report(record.file_name, "replaced", record, "The pages of this earlier version were read anew.")
    told = stage(library, record.file_name, None, of_record(record, parsed), steps)
    return replace(told, reason="It was not whole, and has been read anew.")


def of_record(record: DocumentRecord, parsed: ParsedDocument) -> Incoming:
    """The document in its own place, as it was read now."""
    return Incoming(record.sha256, record.file_name, parsed, record.collection)


def read_copy(library: "Library", record: DocumentRecord, steps: Steps) -> ParsedDocument:
    # A copy of the copy, because it must bear the file's own name
    with library.files.staged(library.file_path(record.id), record.file_name, sys.maxsize) as (copy, _):
        return read_file(library, copy, steps)


def stored_document(library: "Library", record: DocumentRecord) -> ParsedDocument:
    """The document as it was read, from the store."""
    with library.connect() as connection:
        pages = tuple(reads.pages(connection, record.id))
        articles = reads.articles(connection, record.id)
    return ParsedDocument(record.title, record.authors, record.published, pages, articles, record.format)


def merge_pages(known: ParsedDocument, again: ParsedDocument, new: Collection[int] | None = None) -> ParsedDocument:
    """The pages of `known`, and of `again` only those of the indexes `new`: else those that were not read before."""
    if len(known.pages) != len(again.pages):  # `known` is not whole
        return again
    layouts = again.layouts or tuple(pack_layout(page) for page in again.pages)
    if new is None:
        new = {number for number, page in enumerate(known.pages) if page.health in UNREAD}
    pages = tuple(again.pages[number] if number in new else page for number, page in enumerate(known.pages))
    packed = tuple(layouts[n] if n in new else pack_layout(page) for n, page in enumerate(known.pages))
    return replace(known, pages=pages, layouts=packed, articles=again.articles or known.articles)


def read_count(parsed: ParsedDocument) -> int:
    """How many pages have been read."""
    return sum(page.health not in UNREAD for page in parsed.pages)
