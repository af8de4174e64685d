"""Over all units of the library, document by document: for pages that show what is there rather than answer.

Nothing here is kept in memory: whoever needs what it found at hand keeps it in a table of its own, by document, so
that a restart or one more document costs no second look at the others. `Background` does that beside the requests.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from assistant.reading import units_on
from assistant.shelf import Shelf
from assistant.unit import Unit
from ingest.errors import RemovedError, UnknownDocumentError
from ingest.names import CouncilFinder, find_names
from ingest.store.vocabulary import lists_pages
from ingest.types import Article
from ingest.view import LibraryView

logger = logging.getLogger(__name__)

LEAST, SHARE = 3, 0.75  # an article is about a council that it names so often, and in that share of all its mentions
LOOKS_EVERY = 5.0  # seconds
REST = 0.004  # seconds after each page: questions come first


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit, its article, and whom it speaks of.

    `councils` are named in it, in its speaker's line or in what it hangs on; `about` is what its article is about as a
    whole (ids of councils), which is weaker. `models` are named in it, or are those of `councils`, or of `about`, or of
    the article's title, in this order: the first that says anything counts.
    """

    document_id: str
    unit: Unit
    article: Article | None
    councils: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


def browse(shelf: Shelf, document_id: str, stopped: Callable[[], bool] = lambda: False) -> Iterator[Placed]:
    """Every unit of a document, in order, contents pages left out; ends early when `stopped` says so.

    Raises UnknownDocumentError or RemovedError when the document goes in the meantime.
    """
    articles = shelf.library.articles(document_id)
    places = _Places(shelf, document_id, articles)
    units = (unit for _, unit in units_of(shelf, document_id, stopped))
    found = [(unit, places.article_of(unit)) for unit in units if places.holds(unit)]
    about = {number: _about(units) for number, units in _by_article(found).items()}
    for unit, article in found:
        councils = tuple(dict.fromkeys((*unit.councils, *unit.near_councils)))
        wider = about[article.number if article else None]
        yield Placed(document_id, unit, article, councils, wider, _models(shelf, unit, article, councils or wider))


def units_of(shelf: Shelf, document_id: str, stopped: Callable[[], bool]) -> Iterator[tuple[int, Unit]]:
    """Each unit of a document with the page it begins on, at the pace of the background; ends early when `stopped`."""
    read = shelf.units if shelf.is_read_ahead else _unkept(shelf)
    for number in range(1, shelf.documents[document_id].pages + 1):
        if stopped():
            return
        for unit in read(document_id, number):
            yield number, unit
        shelf.reading.quiet.rest(REST)


def _unkept(shelf: Shelf) -> Callable[[str, int], tuple[Unit, ...]]:
    """Not through the shelf's own memory: a look at every page would push out those that questions need."""
    page_of = lru_cache(3)(shelf.library.page_without_words)
    return partial(units_on, page_of, CouncilFinder(shelf.knowledge.programme))


class _Places:
    """The article of each place, as the chunks have it: two articles may share a page."""

    def __init__(self, shelf: Shelf, document_id: str, articles: Sequence[Article]) -> None:
        self._articles = articles
        self._spans: dict[int, list[tuple[int, int, int | None]]] = {}
        self._contents: set[tuple[int, int, int]] = set()
        for stored in shelf.library.chunks_of(document_id):
            for span in stored.chunk.spans:
                self._spans.setdefault(span.page, []).append((span.start, span.end, stored.chunk.article))
                if lists_pages(stored.chunk.context):
                    self._contents.add((span.page, span.start, span.end))

    def holds(self, unit: Unit) -> bool:
        first = unit.spans[0]
        return not any(p == first.page and a <= first.start < b for p, a, b in self._contents)

    def article_of(self, unit: Unit) -> Article | None:
        first = unit.spans[0]
        for start, end, number in self._spans.get(first.page, ()):
            if start <= first.start < end:
                return None if number is None or number >= len(self._articles) else self._articles[number]
        return next((one for one in self._articles if one.first_page <= first.page <= one.last_page), None)


def _by_article(found: Iterable[tuple[Unit, Article | None]]) -> Mapping[int | None, list[Unit]]:
    grouped: dict[int | None, list[Unit]] = {}
    for unit, article in found:
        grouped.setdefault(article.number if article else None, []).append(unit)
    return grouped


def _about(units: Sequence[Unit]) -> tuple[str, ...]:
    """The council that most of an article's mentions are of; none where several share it."""
    named = Counter(council for unit in units for council in dict.fromkeys(unit.councils))
    if not named:
        return ()
    council, times = named.most_common(1)[0]
    return (council,) if times >= LEAST and times >= SHARE * named.total() else ()


def _models(shelf: Shelf, unit: Unit, article: Article | None, councils: Sequence[str]) -> tuple[str, ...]:
    programme = shelf.knowledge.programme
    for text in (unit.own, f"{unit.heading} {unit.before}"):
        if named := find_names(text, programme).models:
            return named
    if of_councils := [one.model for one in programme.councils if one.id in councils and one.model]:
        return tuple(dict.fromkeys(of_councils))
    return find_names(article.title, programme).models if article else ()


class Background:
    """Calls `look` for every document that `lacking` names, one after the other, whenever the library has changed.

    A document that fails is told in the log and passed over until the library changes again.
    """

    def __init__(
        self,
        library: LibraryView,
        shelf_of: Callable[[], Shelf],
        lacking: Callable[[Shelf], Sequence[str]],
        look: Callable[[Shelf, str, Callable[[], bool]], None],
    ) -> None:
        self._library, self._shelf_of, self._lacking, self._look = library, shelf_of, lacking, look
        self._wake, self._stop, self._idle = threading.Event(), threading.Event(), threading.Condition()
        self._done = -1  # the generation that has been gone over
        self._thread = threading.Thread(target=self._run, name="browse", daemon=True)

    def start(self) -> None:
        if self._thread.ident is None:
            self._thread.start()

    def stop(self, timeout: float = 60) -> None:
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def is_done(self, wait: float = 0) -> bool:
        """Whether all of the library's present state has been gone over; waits for it so many seconds."""
        self._wake.set()
        with self._idle:
            return self._idle.wait_for(lambda: self._done >= self._library.generation, wait)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._go_over()
            except Exception:
                logger.exception("The library could not be gone over")
            self._wake.wait(LOOKS_EVERY)
            self._wake.clear()

    def _go_over(self) -> None:
        generation = self._library.generation
        if generation == self._done:
            return
        shelf = self._shelf_of()
        for document_id in self._lacking(shelf):
            try:
                self._look(shelf, document_id, self._stop.is_set)
            except (RemovedError, UnknownDocumentError):
                continue  # it went in the meantime, and the library has changed
            except Exception:
                logger.exception("The document %s could not be gone over", document_id)
            if self._stop.is_set():
                return
        with self._idle:
            self._done = generation
            self._idle.notify_all()
