"""A board as a file: every quote with its speaker, its note and its full reference."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from api.exports.bibliography import as_bibtex, as_ris
from api.exports.tables import as_csv
from api.exports.text import as_markdown
from api.exports.word import as_word
from assistant.boards import Item
from assistant.references import References

__all__ = ["FORMATS", "ExportFormat", "export_board"]

ExportFormat = Literal["docx", "md", "csv", "bib", "ris"]
FORMATS: Mapping[ExportFormat, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
}
_WRITERS: Mapping[ExportFormat, Callable[[str, Sequence[Item], References], bytes]] = {
    "docx": as_word,
    "md": as_markdown,
    "csv": as_csv,
    "bib": as_bibtex,
    "ris": as_ris,
}


def export_board(format_: ExportFormat, name: str, items: Sequence[Item], references: References) -> bytes:
    return _WRITERS[format_](name, items, references)
