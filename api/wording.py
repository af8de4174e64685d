"""What the library says of its documents, in words a person reads: the same in the browser and in the terminal."""

from collections.abc import Mapping
from datetime import datetime

from assistant.cite import CAUTIONS
from ingest.records import DocumentRecord
from ingest.types import Format, PageHealth

FORMATS: Mapping[Format, str] = {
    Format.PDF: "PDF",
    Format.DOCX: "Word",
    Format.PPTX: "PowerPoint",
    Format.HTML: "Web page",
    Format.MARKDOWN: "Markdown",
    Format.TEXT: "Text",
}
FILES: Mapping[Format, str] = {
    Format.PDF: "PDF",
    Format.DOCX: "Word file",
    Format.PPTX: "PowerPoint file",
    Format.HTML: "web page",
    Format.MARKDOWN: "Markdown file",
    Format.TEXT: "text file",
}
# What stands for a page
UNITS: Mapping[Format, str] = {
    Format.PDF: "page",
    Format.DOCX: "section",
    Format.PPTX: "slide",
    Format.HTML: "section",
    Format.MARKDOWN: "section",
    Format.TEXT: "part",
}
# What is said of so many pages: of those that have their text, and of those that have none
_WITH_TEXT = {
    PageHealth.OCR: "by OCR",
    PageHealth.PARTIAL: "only in part",
    PageHealth.SUSPECT: "with columns that may be mixed up",
    PageHealth.DAMAGED: "with damaged letters",
}
_WITHOUT = {
    PageHealth.EMPTY: "with nothing to read",
    PageHealth.NO_TEXT: "not read: no text layer",
    PageHealth.FAILED: "not read: failed",
    PageHealth.SKIPPED: "not read: skipped",
}
_NOTES = {
    PageHealth.EMPTY: "There is no text here to read",
    PageHealth.NO_TEXT: "This has no text layer, only a picture, and was not read",
    PageHealth.FAILED: "This could not be read",
    PageHealth.SKIPPED: "This was passed over and is not read",
}
UNREAD = frozenset((PageHealth.NO_TEXT, PageHealth.FAILED, PageHealth.SKIPPED))


def how_read(record: DocumentRecord) -> str:
    """“12 pages read, 3 by OCR, 1 not read: no text layer”."""
    without = sum(record.health.get(health, 0) for health in _WITHOUT)
    with_text = record.pages - without
    parts = [f"{_count(with_text, UNITS[record.format])} read"]
    for health, words in (_WITH_TEXT | _WITHOUT).items():
        if number := record.health.get(health, 0):
            whole = number == with_text and health in _WITH_TEXT
            parts.append(words if whole and number == 1 else f"{'all' if whole else number} {words}")
    return ", ".join(parts)


def is_whole(record: DocumentRecord) -> bool:
    """Whether no page of the document was left unread."""
    return not any(record.health.get(health, 0) for health in UNREAD)


def page_note(health: str, detail: str | None = None) -> str | None:
    """What a reader must know of a page that was not simply read."""
    if health in CAUTIONS:
        said = CAUTIONS[health]
        said = detail if detail and said in detail else f"{said} ({detail})" if detail else said
        return f"{said[:1].upper()}{said[1:]}: check it against the picture."
    if health in _NOTES:
        return _NOTES[PageHealth(health)] + (f": {detail}." if detail else ".")
    return f"{detail[:1].upper()}{detail[1:]}." if detail else None


def day(moment: str | None) -> str:
    """“3 March 2026”, of an ISO moment."""
    if not moment:
        return ""
    at = datetime.fromisoformat(moment)
    return f"{at.day} {at:%B %Y}"


def _count(number: int, unit: str) -> str:
    return f"{number or 'no'} {unit}{'' if number == 1 else 's'}"
