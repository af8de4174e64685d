"""A board as CSV, for Excel too: UTF-8 with its mark, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Sequence

from api.exports.parts import lead_of, quote_of, remark_of, speaker_of
from assistant.boards import Item
from assistant.references import References

COLUMNS = (
    *("section", "quote", "speaker", "table head", "note", "reference", "in text", "document", "article", "authors"),
    *("published", "page", "printed page", "file", "remark"),
)
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(name: str, items: Sequence[Item], references: References) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    section = ""
    for item in items:
        if item.citation is None:
            section = item.text
        else:
            writer.writerow(map(_safe, _cells(section, item, references)))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cells(section: str, item: Item, references: References) -> list[str]:
    assert item.citation is not None
    cited = item.citation
    entry = references.entry(cited)
    return [
        *(section, quote_of(item), speaker_of(item), lead_of(item), item.note),
        *(entry.text, references.in_text(cited), cited["document_title"], cited["article"] or ""),
        *("; ".join(cited["authors"]), cited["published"] or "", str(cited["page"]), cited["page_label"] or ""),
        *(cited["file_name"], remark_of(item)),
    ]


def _safe(cell: str) -> str:
    """A spreadsheet takes a cell that begins with one of these for a formula; a quotation mark makes it text."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_RUNS) else cell
