"""References as UK public bodies write them: author–date (Harvard).

One source is one article of one document, or one document where there are no articles. Sources of the same authors and
year are told apart by letters, in the order of their titles: 2024a, 2024b.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.names import Author, join_names, read_author

UNDATED = "no date"
Run = tuple[str, bool]  # some words, and whether they are in italics


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a source: `printed` is the page's own number, `words` stands for it in formats without pages."""

    page: int
    printed: str | None
    words: str
    is_pdf: bool


@dataclass(frozen=True, slots=True)
class Source:
    """`article` is None where the whole document is the source."""

    document_id: str
    title: str
    article: str | None
    authors: tuple[Author, ...]
    year: str

    @property
    def shown_title(self) -> str:
        return self.article or self.title

    @property
    def cited_as(self) -> str:
        """«Bedford», «Lee and Shah», «Lee et al.», or the title where nobody signed."""
        names = [author.surname for author in self.authors]
        if not names:
            return f"‘{self.article}’" if self.article else self.title
        return f"{names[0]} et al." if len(names) > 3 else join_names(names)


@dataclass(frozen=True, slots=True)
class Entry:
    """A source in a list of references, with all the places that are cited."""

    source: Source
    letter: str
    places: tuple[Place, ...]

    @property
    def year(self) -> str:
        return f"{UNDATED} {self.letter}".strip() if self.source.year == UNDATED else self.source.year + self.letter

    def runs(self) -> list[Run]:
        """«Bedford, H. (2024) ‘Article’, in *Document*, p. 50.»"""
        source, where = self.source, in_words(self.places)
        in_book: list[Run] = [("in ", False), (source.title, True)]
        tail: list[Run] = [(f", {where}." if where else ".", False)]
        if source.authors:
            head = f"{join_names([author.short for author in source.authors])} ({self.year}) "
            article: list[Run] = (
                [(f"‘{source.article}’, ", False), *in_book] if source.article else [(source.title, True)]
            )
            return [(head, False), *article, *tail]
        if source.article:
            return [(f"‘{source.article}’ ({self.year}) ", False), *in_book, *tail]
        return [(source.title, True), (f" ({self.year})", False), *tail]

    @property
    def text(self) -> str:
        return "".join(words for words, _ in self.runs())

    def in_text(self, place: Place) -> str:
        """«(Bedford, 2024a, p. 50)», «(Bedford, 2024a, p. 48; PDF page 50)»: one bracket."""
        where = in_words((place,)).replace(" (", "; ").removesuffix(")")
        return f"({self.source.cited_as}, {self.year}{f', {where}' if where else ''})"


class References:
    """The list of references of some citations, in the order of authors, years and titles."""

    def __init__(self, citations: Iterable[Mapping[str, Any]], organisations: Collection[str] = ()) -> None:
        self._organisations = frozenset(organisations)
        places: dict[Source, dict[Place, None]] = {}
        for citation in citations:
            places.setdefault(self._source(citation), {})[place_of(citation)] = None
        letters = _letters(list(places))
        made = [
            Entry(source, letters[source], tuple(sorted(where, key=lambda place: place.page)))
            for source, where in places.items()
        ]
        self.entries = tuple(sorted(made, key=lambda entry: _order(entry.source)))
        self._by_source = {entry.source: entry for entry in self.entries}

    def entry(self, citation: Mapping[str, Any]) -> Entry:
        """Of a citation that the list was made from."""
        return self._by_source[self._source(citation)]

    def in_text(self, citation: Mapping[str, Any]) -> str:
        return self.entry(citation).in_text(place_of(citation))

    def _source(self, citation: Mapping[str, Any]) -> Source:
        authors = tuple(read_author(name, self._organisations) for name in citation["authors"] if name.strip())
        year = (citation["published"] or "")[:4] or UNDATED
        return Source(citation["document_id"], citation["document_title"], citation["article"] or None, authors, year)


def place_of(citation: Mapping[str, Any]) -> Place:
    words = str(citation["place"])
    return Place(citation["page"], citation["page_label"], words, citation.get("format", "pdf") == "pdf")


def in_words(places: Sequence[Place]) -> str:
    """«p. 50», «pp. 48 and 50 (PDF pages 50 and 52)», «slide 3»."""
    pdf = [place for place in places if place.is_pdf]
    others = list(dict.fromkeys(place.words for place in places if not place.is_pdf))
    if not pdf:
        return "; ".join(others)
    pages = list(dict.fromkeys(str(place.page) for place in pdf))
    printed = list(dict.fromkeys(place.printed for place in pdf if place.printed))
    if not printed or any(place.printed is None for place in pdf):
        return f"PDF {'page' if len(pages) == 1 else 'pages'} {join_names(pages)}"
    shown = f"{'p.' if len(printed) == 1 else 'pp.'} {join_names(printed)}"
    return shown if printed == pages else f"{shown} (PDF {'page' if len(pages) == 1 else 'pages'} {join_names(pages)})"


def _letters(sources: Sequence[Source]) -> dict[Source, str]:
    """None for a source that its authors and year tell from all others."""
    alike: dict[tuple[str, str], list[Source]] = {}
    for source in sources:
        alike.setdefault((source.cited_as.casefold(), source.year), []).append(source)
    letters: dict[Source, str] = {}
    for group in alike.values():
        group.sort(key=_order)
        for at, source in enumerate(group):
            letters[source] = _letter(at) if len(group) > 1 else ""
    return letters


def _letter(at: int) -> str:
    """a to z, then aa."""
    return chr(ord("a") + at) if at < 26 else _letter(at // 26 - 1) + _letter(at % 26)


def _order(source: Source) -> tuple[str, ...]:
    names = " ".join(author.whole for author in source.authors) or source.shown_title
    return names.casefold(), source.year, source.shown_title.casefold(), source.document_id
