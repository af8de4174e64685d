"""What was read of the documents, kept as long as each stays as it is: one that comes or goes costs none of the others.

A document is known by its id and by when it was added: read again, it is another one. Safe to share between threads.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Concatenate, Generic, ParamSpec, TypeVar

from assistant.quiet import Quiet
from assistant.unit import Unit
from assistant.units import read_units
from assistant.writing.orders import without_orders
from ingest.errors import UnknownPageError
from ingest.names import CouncilFinder
from ingest.programme import Programme
from ingest.records import DocumentRecord, StoredChunk
from ingest.types import Page
from ingest.view import LibraryView

CHUNKS_KEPT = 10_000  # 25 MB
PAGES_KEPT = 500  # 40 MB
UNITS_KEPT = 2_000  # pages; 40 MB
ARTICLES_KEPT = 500  # documents

PageOf = Callable[[str, int], Page | None]
P = ParamSpec("P")
T = TypeVar("T")
Known = tuple[str, str]  # a document's id, and when it was added


class _Kept(Generic[P, T]):
    """What `make` gave for a document, the last so many times that it was asked."""

    def __init__(self, most: int, make: Callable[Concatenate[Known, P], T]) -> None:
        self._most, self._make = most, make
        self._kept: OrderedDict[tuple[object, ...], T] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, known: Known, *rest: P.args, **named: P.kwargs) -> T:
        key = (known, *rest)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = self._make(known, *rest, **named)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made

    def keep_only(self, documents: Collection[Known]) -> None:
        with self._lock:
            for key in [key for key in self._kept if key[0] not in documents]:
                del self._kept[key]


class Reading:
    """`ahead` are the documents that have been read whole, with all that a question asks of their sentences."""

    def __init__(self, library: LibraryView, programme: Programme, quiet: Quiet | None = None) -> None:
        self._library, self._councils = library, CouncilFinder(programme)
        self.quiet = quiet or Quiet()
        self.ahead: set[Known] = set()
        self._chunks: dict[int, StoredChunk] = {}
        self._lock = threading.Lock()
        self._bare = _Kept(UNITS_KEPT, lambda known, number: library.page_without_words(known[0], number))
        self.page = _Kept(PAGES_KEPT, self._read_page)
        self.units = _Kept(UNITS_KEPT, self._read_units)
        self.begun_before = _Kept(UNITS_KEPT, self._read_begun_before)
        self.articles = _Kept(ARTICLES_KEPT, lambda known: library.articles(known[0]))

    def keep_only(self, documents: Collection[Known]) -> None:
        """Forgets what was read of others: of a document that was removed nothing stays in memory either."""
        self.ahead &= set(documents)
        for kept in (self._bare, self.page, self.units, self.begun_before, self.articles):
            kept.keep_only(documents)
        present = {document_id for document_id, _ in documents}
        with self._lock:
            self._chunks = {i: one for i, one in self._chunks.items() if one.document_id in present}

    def chunks(self, ids: Sequence[int]) -> dict[int, StoredChunk]:
        """An id is never given twice, so what has it never changes."""
        with self._lock:
            found = {i: self._chunks[i] for i in ids if i in self._chunks}
        if missing := [i for i in ids if i not in found]:
            read = {stored.id: stored for stored in self._library.chunks(missing)}
            found |= read
            with self._lock:
                if len(self._chunks) > CHUNKS_KEPT:
                    self._chunks.clear()
                self._chunks |= read
        return found

    def _read_page(self, known: Known, number: int) -> Page | None:
        try:
            return self._library.page(known[0], number)
        except UnknownPageError:
            return None

    def _read_units(self, known: Known, number: int) -> tuple[Unit, ...]:
        return units_on(lambda _, at: self._bare(known, at), self._councils, known[0], number)

    def _read_begun_before(self, known: Known, number: int) -> tuple[int, ...]:
        page = self._bare(known, number)
        return tuple(block.start for block in page.blocks if block.continues) if page else ()


def known_as(record: DocumentRecord) -> Known:
    return record.id, record.added_at


def units_on(page_of: PageOf, councils: CouncilFinder, document_id: str, number: int) -> tuple[Unit, ...]:
    """The units that begin on a page, with the councils they name; none that tells the assistant what to do."""
    page = page_of(document_id, number)
    before, after = page_of(document_id, number - 1), page_of(document_id, number + 1)
    units = without_orders(read_units(page, after, before)) if page else ()
    return tuple(map(partial(_with_councils, councils), units))


def _with_councils(councils: CouncilFinder, unit: Unit) -> Unit:
    own = councils.find(unit.own)
    near = councils.find(f"{unit.heading} {unit.before}")
    return replace(unit, councils=own, near_councils=near) if own or near else unit
