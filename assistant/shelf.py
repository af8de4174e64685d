"""The library as answers use it: what a question needs of it is read when it is needed, and kept for one generation."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.editions import Edition, date_of, editions
from assistant.knowledge import Knowledge, build_knowledge
from assistant.lexicon import Lexicon, stems_of
from assistant.reading import PAGES_KEPT, UNITS_KEPT, Reading, known_as
from assistant.routing import telling_names
from assistant.shapes import shape_of
from assistant.spelling import Spellings
from assistant.types import Filters
from assistant.unit import Unit
from ingest.programme import Programme
from ingest.records import OPEN_NAME, DocumentRecord, StoredChunk
from ingest.store.vocabulary import lists_pages
from ingest.types import Article, Page
from ingest.view import LibraryView

NAMED_AT_ONCE = 100


class Chunks(Mapping[int, StoredChunk]):
    """The chunks that answers may use, by id. Safe to share between threads."""

    def __init__(self, library: LibraryView, documents: Collection[str], reading: Reading) -> None:
        self._library, self._documents, self._reading = library, documents, reading

    def fetch(self, ids: Sequence[int]) -> dict[int, StoredChunk]:
        """Those of `ids` that answers may use, in their order: read at once what is not at hand."""
        found = self._reading.chunks(ids)
        return {i: found[i] for i in ids if i in found and self._may_use(found[i])}

    def of(self, document_id: str) -> list[StoredChunk]:
        """Those of one document, in reading order."""
        return [stored for stored in self._library.chunks_of(document_id) if self._may_use(stored)]

    def _may_use(self, stored: StoredChunk) -> bool:
        return stored.document_id in self._documents and not lists_pages(stored.chunk.context)

    def __getitem__(self, chunk_id: int) -> StoredChunk:
        found = self.fetch((chunk_id,))
        if not found:
            raise KeyError(chunk_id)
        return found[chunk_id]

    def __iter__(self) -> Iterator[int]:
        for document in self._documents:
            yield from (stored.id for stored in self.of(document))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(slots=True)
class Shelf:
    """Documents that step aside (a digest beside its original) and contents pages are not on it."""

    library: LibraryView
    knowledge: Knowledge
    documents: dict[str, DocumentRecord]
    chunks: Chunks
    reading: Reading
    key: str = ""  # of what is seen of the library
    searched: frozenset[str] = field(init=False)  # ids of all documents
    _document_names: Mapping[str, frozenset[str]] | None = field(init=False, default=None)
    _dates: Mapping[str, str | None] | None = field(init=False, default=None)
    _editions: tuple[Edition, ...] | None = field(init=False, default=None)
    _several: list[tuple[int, frozenset[str]]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.searched = frozenset(self.documents)

    def page(self, document_id: str, number: int) -> Page | None:
        return self.reading.page(self._known(document_id), number)

    def units(self, document_id: str, number: int) -> tuple[Unit, ...]:
        return self.reading.units(self._known(document_id), number)

    def _known(self, document_id: str) -> tuple[str, str]:
        record = self.documents.get(document_id)
        return (document_id, "") if record is None else known_as(record)

    @property
    def pages(self) -> int:
        return sum(record.pages for record in self.documents.values())

    @property
    def is_read_ahead(self) -> bool:
        """Whether the units of every page are kept, so that none is pushed out by another."""
        return self.pages <= UNITS_KEPT

    def unread(self) -> list[str]:
        """The documents to read ahead of the first question: all of a library whose pages can be kept, else none."""
        ahead = self.reading.ahead
        return [one.id for one in self.documents.values() if known_as(one) not in ahead] if self.is_read_ahead else []

    def read_ahead(self, document_id: str, stopped: Callable[[], bool]) -> None:
        """Reads the sentences of a document now, and where its words stand, so that no question waits for them."""
        with_words = self.pages <= PAGES_KEPT
        if not stopped():
            self.chunks.fetch([stored.id for stored in self.library.chunks_of(document_id)])
        for number in range(1, self.documents[document_id].pages + 1):
            self.reading.quiet.rest()
            if stopped():
                return
            for unit in self.units(document_id, number):
                shape_of(unit.text), stems_of(unit.own), stems_of(unit.beside)  # each keeps what it found
            self.begun_before(document_id, number)
            if with_words:
                self.page(document_id, number)
        self.reading.ahead.add(self._known(document_id))

    def begun_before(self, document_id: str, number: int) -> tuple[int, ...]:
        """Where on this page stands the rest of a sentence that may have begun on the page before."""
        return self.reading.begun_before(self._known(document_id), number)

    def document_names(self) -> Mapping[str, frozenset[str]]:
        """The words that tell a document from the others, with the documents that bear them."""
        if self._document_names is None:
            self._document_names = telling_names(self.documents)
        return self._document_names

    def date_of(self, document_id: str) -> str | None:
        """When a document speaks: see editions.py."""
        if self._dates is None:
            self._dates = {i: date_of(record, self.knowledge.programme) for i, record in self.documents.items()}
        return self._dates[document_id]

    def editions(self) -> tuple[Edition, ...]:
        """The dated documents, oldest first."""
        if self._editions is None:
            self._editions = editions(self.documents.values(), self.knowledge.programme)
        return self._editions

    def naming_most(self, councils: Collection[str], filters: Filters, limit: int = 10) -> list[tuple[int, int]]:
        """Chunks that name more than two of these councils, and how many: those that name most of them first."""
        if self._several is None:
            self._several = [(i, frozenset(names)) for i, names in self.library.chunks_with_several_adopters()]
        wanted = frozenset(councils)
        ranked = [(i, count) for i, names in self._several if (count := len(names & wanted)) > 2]
        ranked.sort(key=lambda row: (-row[1], row[0]))
        found: list[tuple[int, int]] = []
        for start in range(0, len(ranked), NAMED_AT_ONCE):
            part = ranked[start : start + NAMED_AT_ONCE]
            chunks = self.chunks.fetch([i for i, _ in part])
            found += [(i, count) for i, count in part if i in chunks and self.admits(chunks[i], filters)]
            if len(found) >= limit:
                break
        return found[:limit]

    def article_of(self, stored: StoredChunk) -> Article | None:
        return self.article(stored.document_id, stored.chunk.article)

    def article(self, document_id: str, number: int | None) -> Article | None:
        articles = self.reading.articles(self._known(document_id))
        return articles[number] if number is not None and number < len(articles) else None

    def year_of(self, document_id: str) -> str | None:
        published = self.documents[document_id].published
        return published[:4] if published else None

    def searched_for(self, filters: Filters) -> frozenset[str]:
        """The documents in which there may be anything that the filters admit."""
        if not (filters.documents or filters.years or filters.collections):
            return self.searched
        named = self.searched.intersection(filters.documents) if filters.documents else self.searched
        return frozenset(i for i in named if self._admits_document(i, filters))

    def _admits_document(self, document_id: str, filters: Filters) -> bool:
        return (not filters.years or self.year_of(document_id) in filters.years) and (
            not filters.collections or self.collection_of(document_id) in filters.collections
        )

    def collection_of(self, document_id: str) -> str:
        return self.documents[document_id].collection or OPEN_NAME

    def admits(self, stored: StoredChunk, filters: Filters) -> bool:
        chunk = stored.chunk
        return (
            (not filters.models or bool(set(filters.models) & set(chunk.models)))
            and (not filters.adopters or bool(set(filters.adopters) & set(chunk.adopters)))
            and (not filters.documents or stored.document_id in filters.documents)
            and self._admits_document(stored.document_id, filters)
        )


def open_shelf(
    library: LibraryView, programme: Programme, reading: Reading | None = None, *, with_aside: bool = False
) -> Shelf:
    """`reading` is what an earlier shelf of the same view has read.

    `with_aside`: also of what stands aside, for all that is derived of each document by itself.
    """
    key, current = library.part().key, library.documents()
    aside = [record.id for record in current if record.stands_aside and not with_aside]
    documents = {record.id: record for record in current if record.id not in aside}
    lexicon = Lexicon(
        size=library.count_terms("chunk", aside)[""],
        frequency=library.count_terms("stem", aside),
        spellings=Spellings(lambda: library.count_terms("word", aside)),
    )
    reading = reading or Reading(library, programme)
    reading.keep_only({known_as(record) for record in documents.values()})
    chunks = Chunks(library, documents.keys(), reading)
    return Shelf(library, build_knowledge(programme, lexicon), documents, chunks, reading, key)
