"""When documents speak: the date and the issue of each, so that a statement can say as of when it holds."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.programme import Programme
from ingest.records import DocumentRecord

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
ISSUE = re.compile(r"\bissue[\s_-]*(?:no\.?\s*|number\s*)?0*(\d{1,3})\b", re.I)


@dataclass(frozen=True, slots=True)
class Edition:
    """Documents that speak as of one date, "2024-03" or "2024", or of none; `issue` is a journal's number."""

    date: str | None
    issue: str | None
    documents: tuple[str, ...]

    @property
    def name(self) -> str:
        """«issue 6 (March 2024)», «March 2024»."""
        when = in_words(self.date) if self.date else ""
        if self.issue is None:
            return when
        return f"issue {self.issue} ({when})" if when else f"issue {self.issue}"


def date_of(record: DocumentRecord, programme: Programme) -> str | None:
    """When a document speaks. A digest speaks as of its original; a handbook gathers what others said when they did."""
    if record.kind == "handbook":
        return None
    published = _original_dates(programme).get(record.digest_of or "") or record.published
    return published[:7] if published else None


def issue_of(record: DocumentRecord) -> str | None:
    """The number of the journal's issue, from what the document or its file is called."""
    found = ISSUE.search(record.title) or ISSUE.search(record.digest_of or record.file_name)
    return found[1] if found and record.kind != "handbook" else None


def editions(records: Iterable[DocumentRecord], programme: Programme) -> tuple[Edition, ...]:
    """The dated documents, oldest first, those of one date and issue together."""
    grouped: dict[tuple[str | None, str | None], list[str]] = {}
    for record in records:
        date, issue = date_of(record, programme), issue_of(record)
        if date or issue:
            grouped.setdefault((date, issue), []).append(record.id)
    made = [Edition(date, issue, tuple(ids)) for (date, issue), ids in grouped.items()]
    return tuple(sorted(made, key=lambda one: (one.date or "", one.issue or "")))


def in_words(date: str) -> str:
    """«March 2024» for 2024-03 and for 2024-03-01; a year stays a year."""
    year, _, rest = date.partition("-")
    month = int(rest[:2]) if rest[:2].isdigit() else 0
    return f"{MONTHS[month - 1]} {year}" if 1 <= month <= 12 else year


def _original_dates(programme: Programme) -> Mapping[str, str]:
    """When the originals of the starter digests came out, by file name."""
    originals = [row["digest_of"] for row in programme.raw.get("documents", []) if "digest_of" in row]
    return {row["file_name"]: row["published"] for row in originals if "published" in row}
