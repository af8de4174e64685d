"""The sources of a board for reference managers: one record a source, its quotes and notes in the record's notes."""

import re
from collections.abc import Sequence

from api.exports.parts import one_line, quote_of, quoted, remark_of, speaker_of
from assistant.boards import Item
from assistant.references import UNDATED, Entry, References, in_words

# A brace that stands alone would break the file even behind a backslash
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "%&#$_"},
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]+")


def as_bibtex(name: str, items: Sequence[Item], references: References) -> bytes:
    keys: set[str] = set()
    return "\n".join(_bibtex(entry, _key(entry, keys), items, references) for entry in references.entries).encode()


def as_ris(name: str, items: Sequence[Item], references: References) -> bytes:
    """RIS ends its lines as it did in 1990: with CR and LF."""
    records = [_ris(entry, items, references) for entry in references.entries]
    return "".join(f"{tag}  - {_plain(value)}\r\n" for record in records for tag, value in record).encode()


def _bibtex(entry: Entry, key: str, items: Sequence[Item], references: References) -> str:
    source = entry.source
    authors = " and ".join(_escaped(a.whole) if a.given else f"{{{_escaped(a.surname)}}}" for a in source.authors)
    fields = {
        "author": authors,
        "title": f"{{{_escaped(source.shown_title)}}}",
        "booktitle": f"{{{_escaped(source.title)}}}" if source.article else "",
        "year": "" if source.year == UNDATED else source.year,
        "pages": _escaped(_pages(entry)),
        "note": _escaped(" ".join(_notes(entry, items, references))),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{'incollection' if source.article else 'misc'}{{{key},\n{lines}}}\n"


def _ris(entry: Entry, items: Sequence[Item], references: References) -> list[tuple[str, str]]:
    source = entry.source
    return [
        ("TY", "CHAP" if source.article else "RPRT"),
        *(("AU", author.whole) for author in source.authors),
        *([] if source.year == UNDATED else [("PY", source.year)]),
        ("TI", source.shown_title),
        *([("T2", source.title)] if source.article else []),
        ("SP", _pages(entry)),
        *(("N1", note) for note in _notes(entry, items, references)),
        ("ER", ""),
    ]


def _notes(entry: Entry, items: Sequence[Item], references: References) -> list[str]:
    """What is quoted of a source, by whom, where, and what was noted beside it."""
    mine = [item for item in items if item.citation and references.entry(item.citation) is entry]
    said: list[str] = []
    for item in mine:
        assert item.citation is not None
        quote = quote_of(item)
        parts = [quoted(quote) if quote else "", speaker_of(item), references.in_text(item.citation)]
        parts += [remark_of(item), item.note]
        said.append(" – ".join(one_line(part) for part in parts if part))
    return said


def _pages(entry: Entry) -> str:
    """The printed page numbers, as references have them; else the page of the PDF, in words."""
    printed = list(dict.fromkeys(place.printed for place in entry.places if place.is_pdf and place.printed))
    return ", ".join(printed) if len(printed) >= len({p.page for p in entry.places}) else in_words(entry.places)


def _key(entry: Entry, taken: set[str]) -> str:
    """«bedford2024reunification», and a number behind it when another source has it."""
    words = [entry.source.cited_as, entry.year, entry.source.shown_title.split()[0] if entry.source.shown_title else ""]
    plain = "".join(c for c in "".join(words).lower() if c.isascii() and c.isalnum()) or "source"
    key, number = plain, 1
    while key in taken:
        number += 1
        key = f"{plain}-{number}"
    taken.add(key)
    return key


def _escaped(text: str) -> str:
    return "".join(_LATEX.get(c, c) for c in _plain(text))


def _plain(text: str) -> str:
    return one_line(_CONTROL.sub(" ", text))
