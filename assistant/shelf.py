"""The library as answers use it: its chunks by id, its pages and their units, held for one generation."""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from assistant.knowledge import Knowledge, build_knowledge
from assistant.types import Filters
from assistant.units import Unit, read_units
from ingest.embedding import Vectors
from ingest.errors import UnknownPageError
from ingest.library import Library
from ingest.names import find_names
from ingest.programme import Programme
from ingest.records import DocumentRecord, StoredChunk
from ingest.types import Article, Page

VECTORS_KEPT = 20_000  # 30 MB
_LISTS_PAGES = re.compile(r"\bcontents$", re.I)


@dataclass(slots=True)
class Shelf:
    """Documents that step aside (a digest beside its original) and contents pages are not on it."""

    library: Library
    knowledge: Knowledge
    documents: dict[str, DocumentRecord]
    chunks: dict[int, StoredChunk]
    articles: dict[str, tuple[Article, ...]]
    _pages: dict[tuple[str, int], Page | None] = field(default_factory=dict)
    _units: dict[tuple[str, int], tuple[Unit, ...]] = field(default_factory=dict)
    _vectors: dict[str, Vectors] = field(default_factory=dict)

    def page(self, document_id: str, number: int) -> Page | None:
        key = (document_id, number)
        if key not in self._pages:
            try:
                self._pages[key] = self.library.page(*key)
            except UnknownPageError:
                self._pages[key] = None
        return self._pages[key]

    def units(self, document_id: str, number: int) -> tuple[Unit, ...]:
        key = (document_id, number)
        if key not in self._units:
            page = self.page(document_id, number)
            before, after = self.page(document_id, number - 1), self.page(document_id, number + 1)
            units = read_units(page, after, before) if page else ()
            self._units[key] = tuple(self._with_councils(unit) for unit in units)
        return self._units[key]

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """(n, dimensions) of length 1; each text is embedded once in the life of the shelf."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if missing:
            if len(self._vectors) > VECTORS_KEPT:
                self._vectors.clear()
                missing = list(dict.fromkeys(texts))
            self._vectors.update(zip(missing, self.library.embed(missing), strict=True))
        return np.stack([self._vectors[text] for text in texts])

    def _with_councils(self, unit: Unit) -> Unit:
        programme = self.knowledge.programme
        own = find_names(f"{unit.text} {unit.speaker_text}", programme).councils
        near = find_names(f"{unit.heading} {unit.before}", programme).councils
        return replace(unit, councils=own, near_councils=near)

    def article_of(self, stored: StoredChunk) -> Article | None:
        articles = self.articles[stored.document_id]
        number = stored.chunk.article
        return articles[number] if number is not None and number < len(articles) else None

    def year_of(self, document_id: str) -> str | None:
        published = self.documents[document_id].published
        return published[:4] if published else None

    def admits(self, stored: StoredChunk, filters: Filters) -> bool:
        chunk = stored.chunk
        return (
            (not filters.models or bool(set(filters.models) & set(chunk.models)))
            and (not filters.adopters or bool(set(filters.adopters) & set(chunk.adopters)))
            and (not filters.documents or stored.document_id in filters.documents)
            and (not filters.years or self.year_of(stored.document_id) in filters.years)
        )


def open_shelf(library: Library, programme: Programme) -> Shelf:
    active = library.active_documents()
    documents = {record.id: record for record in library.documents() if record.id in active}
    stored = [chunk for document in documents for chunk in library.chunks_of(document)]
    chunks = {s.id: s for s in stored if not _LISTS_PAGES.search(s.chunk.context)}
    knowledge = build_knowledge(programme, (f"{s.chunk.context}\n{s.chunk.text}" for s in chunks.values()))
    articles = {document: library.articles(document) for document in documents}
    return Shelf(library, knowledge, documents, chunks, articles)


class ShelfKeeper:
    """Hands out the shelf of the library's present generation; one is built at a time."""

    def __init__(self, library: Library, programme: Programme) -> None:
        self._library, self._programme = library, programme
        self._lock = threading.Lock()
        self._shelf: Shelf | None = None
        self._generation = -1

    def shelf(self) -> Shelf:
        generation = self._library.generation
        with self._lock:
            if self._shelf is None or generation != self._generation:
                self._shelf = open_shelf(self._library, self._programme)
                self._generation = generation
            return self._shelf
