"""Documents that an earlier version read: hidden text that it let through is taken out of them.

Their other pages keep their text, because answers cite it. Quotes in kept answers that stand further down their page
now are found again; a quote that was hidden text goes.
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.errors import CancelledError, IngestError, RemovedError, UnknownDocumentError
from ingest.hidden import READER, tells_hidden_text
from ingest.reading_again import merge_pages, of_record, read_copy, stored_document
from ingest.records import DocumentRecord, FileReport
from ingest.staging import Steps, pages_in_words, report, stage
from ingest.store import writes
from ingest.store.anchors import find_quotes_again
from ingest.types import Page, ParsedDocument

if TYPE_CHECKING:
    from ingest.library import Library

logger = logging.getLogger(__name__)


def outdated(library: "Library") -> list[DocumentRecord]:
    """The documents that answers use and that today's reader has not read."""
    return [record for record in library.documents() if record.reader != READER]


def read_outdated(library: "Library", record: DocumentRecord, steps: Steps) -> FileReport:
    """Reads it from its kept copy. Raises a ReadError, or OSError, when that cannot be read."""
    known, again = stored_document(library, record), read_copy(library, record, steps)
    hiding = _pages_that_hid(known, again)
    if not hiding:
        with library.changing(), library.begin() as connection:
            writes.set_reader(connection, record.id)
        return report(record.file_name, "unchanged", record, "Nothing in it is hidden.")
    merged = merge_pages(known, again, hiding)
    with library.changing(), library.begin() as connection:  # first: after a stop, both are done again
        find_quotes_again(connection, record.id, {page.number: page.text for page in merged.pages})
    told = stage(library, record.file_name, None, of_record(record, merged), steps)
    what = f"{pages_in_words(len(hiding))} held hidden text, which is left out now."
    return told if told.status == "failed" else replace(told, reason=what)


def _pages_that_hid(known: ParsedDocument, again: ParsedDocument) -> set[int]:
    """Indexes of pages that say fewer words now, because nobody can see the others."""
    if len(known.pages) != len(again.pages):
        return {n for n, page in enumerate(again.pages) if tells_hidden_text(page.detail)}
    pairs = enumerate(zip(known.pages, again.pages, strict=True))
    return {n for n, (old, new) in pairs if old.text != new.text and _hid(old, new)}


def _hid(old: Page, new: Page) -> bool:
    return tells_hidden_text(new.detail) or Counter(new.text.split()) < Counter(old.text.split())


def read_in_background(library: "Library", document_id: str, stopped: Callable[[], bool]) -> None:
    """What fails is told in the log, each time; a document that went in the meantime is nothing to tell."""

    def progress(_file: int, _files: int, _stage: str, _done: int, _total: int) -> None:
        if stopped():
            raise CancelledError("Reading it again was stopped.")

    try:
        record = library.current(document_id)
        told = read_outdated(library, record, Steps(progress, 0, 1))
    except (CancelledError, UnknownDocumentError, RemovedError):
        return
    except (IngestError, OSError) as error:
        logger.warning("%s still holds what an earlier version read: %s", document_id, error)
        return
    if told.status == "replaced":
        logger.warning("%s was read again: %s", told.file, told.reason)
