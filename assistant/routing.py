"""Which documents a question names: «3M in FY2018» means 3M_2018_10K.pdf, «issue 2» the journal's second issue."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from assistant.lexicon import is_english
from assistant.wordlists import GENERIC, STOP
from ingest.records import DocumentRecord

SHARED_BY = 0.2  # of the documents at most may bear a name that tells one of them
SHORTEST_START = 3  # capitals that may stand for the beginning of a name: «MGM» of MGMRESORTS
_PART = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)*")
_NUMBERED = re.compile(r"[a-z]?\d*")  # a letter, a number, «q4»: names of nothing
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Route:
    """The documents that are named, and the question without their names: what is asked about them."""

    documents: frozenset[str]
    rest: str


def find_route(text: str, documents: Mapping[str, DocumentRecord], names: Mapping[str, frozenset[str]]) -> Route | None:
    """None when the question names no document, or nothing but a document; `names` are their `telling_names`."""
    named: set[str] = set()
    spans: list[tuple[int, int]] = []
    for name, exact, start, end in _candidates(text):
        found = names.get(name, frozenset())
        if not found and not exact:
            found = frozenset(d for other, ids in names.items() if other.startswith(name) for d in ids)
        if found:
            named |= found
            spans.append((start, end))
    rest = _without(text, spans)
    if not named or len(named) == len(documents) or not any(w.lower() not in STOP for w in _PART.findall(rest)):
        return None
    return Route(_of_the_year(named, text, documents), rest)


def telling_names(documents: Mapping[str, DocumentRecord]) -> dict[str, frozenset[str]]:
    """Words of file names and titles, and words with the number behind them, that few documents bear."""
    bearers: dict[str, set[str]] = {}
    for record in documents.values():
        for name in (record.file_name.rsplit(".", 1)[0], record.title):
            for unit in _units(name.lower()):
                bearers.setdefault(unit, set()).add(record.id)
        if initials := _initials(record.file_name.rsplit(".", 1)[0]):
            bearers.setdefault(initials, set()).add(record.id)
    most = max(1, int(SHARED_BY * len(documents)))
    return {unit: frozenset(ids) for unit, ids in bearers.items() if len(ids) <= most}


def _units(name: str) -> Iterator[str]:
    parts = _PART.findall(name)
    yield from (p for p in parts if not _NUMBERED.fullmatch(p) and p not in STOP and p not in GENERIC)
    yield from (f"{a} {b}" for a, b in pairwise(parts) if b.isdigit() and not a.isdigit())


def _initials(name: str) -> str:
    """Of all words of a file name: «J&J» and «JnJ» are JOHNSON_JOHNSON. Kept apart from words by their capitals."""
    letters = [part[0].upper() for part in _PART.findall(name) if part[0].isalpha()]
    return "".join(letters) if len(letters) > 1 else ""


def _candidates(text: str) -> Iterator[tuple[str, bool, int, int]]:
    """What may be a name: (as names are kept, whether only the whole name will do, start, end)."""
    words = list(_WORD.finditer(text))
    for one, two in pairwise(words):
        if two.group().isdigit():
            yield f"{one.group()} {two.group()}".lower(), True, one.start(), two.end()
        yield (one.group() + two.group()).lower(), True, one.start(), two.end()
    for number, word in enumerate(words):
        said = word.group()
        capital = any(c.isupper() for c in said) and (number > 0 or said.isupper())
        if len(said) > 1 and (capital or not is_english(said)):
            start = said.isupper() and said.isalpha() and len(said) >= SHORTEST_START
            yield said.lower(), not start, word.start(), word.end()
        if len(capitals := "".join(c for c in said if c.isupper())) > 1:
            yield capitals, True, word.start(), word.end()


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text but for these places, which may overlap; a possessive goes with its name."""
    left = "".join("\0" if any(a <= i < b for a, b in spans) else c for i, c in enumerate(text))
    return " ".join(re.sub(r"\0+(?:['’]s\b)?", " ", left).split())


def _of_the_year(named: set[str], text: str, documents: Mapping[str, DocumentRecord]) -> frozenset[str]:
    """Of several named documents those of an asked year, when the year tells some from others."""
    asked = set(_YEAR.findall(text))
    kept = {i for i in named if asked & set(_YEAR.findall(f"{documents[i].file_name} {documents[i].title}"))}
    return frozenset(kept or named)
