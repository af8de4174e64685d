"""The glossary: each term as the library defines it, letter for letter, and else in the programme's own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.cite import Citations
from assistant.extracts.definitions import ABBREVIATION, SHORT_FOR, TERM, long_form
from assistant.shelf import Shelf
from assistant.types import Citation
from ingest.programme import Programme
from ingest.records import Extract
from ingest.store import extracts

TRIED = 8  # definitions of a term, best first, until one can be cited


@dataclass(frozen=True, slots=True)
class Entry:
    """`names` are what else it is called. `quotes` cite the definition; without them it is the programme's wording.

    `marked` are the spellings that are recognised in answers: words of everyday language are not among them.
    """

    id: str
    term: str
    names: tuple[str, ...]
    marked: tuple[str, ...]
    definition: str
    quotes: tuple[Citation, ...] = ()


def make_glossary(shelf: Shelf, programme: Programme) -> tuple[Entry, ...]:
    rows = programme.raw.get("glossary", [])
    known = {name.lower() for row in rows for name in (row["term"], *row.get("aliases", []))}
    entries = [_of_term(row, shelf) for row in rows]
    with shelf.library.connect() as connection:
        abbreviations = extracts.subjects(connection, ABBREVIATION, shelf.library.sight)
    for subject in abbreviations:
        short = subject.removeprefix(ABBREVIATION)
        if short.lower() not in known and (entry := _of_abbreviation(subject, short, shelf)):
            entries.append(entry)
    return tuple(sorted(entries, key=lambda entry: entry.term.lower()))


def _of_term(row: Mapping[str, Any], shelf: Shelf) -> Entry:
    term, aliases = row["term"], tuple(row.get("aliases", []))
    found = _cited(f"{TERM}{term}", shelf)
    text, quotes = found or (row["definition"], ())
    marked = tuple(name for name in (term, *aliases) if is_telling(name, term))
    return Entry(_id(term), term, aliases, marked, text, quotes)


def _of_abbreviation(subject: str, short: str, shelf: Shelf) -> Entry | None:
    found = _cited(subject, shelf)
    if found is None:
        return None
    long = next((long_form(one[1], short) for one in SHORT_FOR.finditer(found[0]) if one[2] == short), None)
    return None if long is None else Entry(_id(short), short, (long,), (short,), *found)


def _cited(subject: str, shelf: Shelf) -> tuple[str, tuple[Citation, ...]] | None:
    with shelf.library.connect() as connection:
        sight, active = shelf.library.sight, shelf.documents.keys()
        best: list[Extract] = extracts.best(connection, subject, "definition", active, TRIED, sight)
    chunks = shelf.chunks.fetch([one.chunk_id for one in best])
    for extract in best:
        citations = Citations(shelf)
        if extract.chunk_id in chunks and citations.add(chunks[extract.chunk_id], extract.spans):
            return " ".join(one.quote for one in citations.made), tuple(citations.made)
    return None


def is_telling(name: str, term: str) -> bool:
    """The term itself, an abbreviation, or a name of several words; «circle» would be marked everywhere."""
    short = name.isupper() and 2 < len(name) <= 8
    return short or " " in name or "-" in name or (name == term and len(name) > 7)


def _id(term: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in term.lower()).split())
