"""The examples of the library as they are shown: found in their table, each re-found on its page."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from assistant.browse import Background
from assistant.cite import cite_span
from assistant.errors import CursorError
from assistant.examples.kept import lacking, look, rules_of
from assistant.examples.listing import Light, Listed, Wanted, holding_words, list_examples, read_lights, state_of
from assistant.examples.stretch import ExampleKind
from assistant.examples.themes import Themes
from assistant.shelf import Shelf
from assistant.types import Citation
from ingest.errors import RemovedError, UnknownDocumentError
from ingest.library import Library
from ingest.programme import Programme
from ingest.store.schema import ExampleRow
from ingest.types import Span

PATIENCE = 1.0  # seconds that a first look waits for the background to be done


@dataclass(frozen=True, slots=True)
class Shown:
    """An example with its citation; `speaker` and `lead` are citations of the same page too."""

    id: int
    kind: ExampleKind
    citation: Citation
    speaker: Citation | None
    lead: Citation | None
    heading: str
    models: tuple[str, ...]
    adopters: tuple[str, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the list. `cursor` leads to the next part; `whole` says that every document has been gone over."""

    items: tuple[Shown, ...]
    counts: Mapping[str, Mapping[str, int]]
    total: int
    cursor: str | None
    whole: bool


class Gallery:
    """Safe to share between threads."""

    def __init__(self, library: Library, programme: Programme, shelf_of: Callable[[], Shelf]) -> None:
        self._library, self._shelf_of = library, shelf_of
        self.themes = Themes.of(programme)
        rules = rules_of(programme)
        self.background = Background(
            library,
            shelf_of,
            lambda shelf: lacking(shelf, rules),
            lambda shelf, document, stopped: look(shelf, document, stopped, self.themes, rules),
        )
        self._lock = threading.Lock()
        self._kept: tuple[tuple[int, ...], list[Light]] | None = None

    def find(self, wanted: Wanted, limit: int, cursor: str | None = None, wait: float = PATIENCE) -> Page:
        """Raises CursorError when the list has changed since the cursor was given."""
        whole = self.background.is_done(wait)
        generation, shelf = self._library.generation, self._shelf_of()
        lights = self._lights(shelf, generation)
        with self._library.connect() as connection:
            holding = holding_words(connection, wanted.q)
        listed = list_examples(lights, wanted, holding)
        first = _first(listed, cursor)
        ids = listed.ids[first : first + limit]
        more = first + limit < len(listed.ids)
        return Page(
            items=self._shown(shelf, ids),
            counts=listed.counts,
            total=len(listed.ids),
            cursor=str(ids[-1]) if more and ids else None,
            whole=whole,
        )

    def _lights(self, shelf: Shelf, generation: int) -> list[Light]:
        """Newest documents first; those without a date last."""
        with self._library.connect() as connection:
            state = (generation, *state_of(connection))
            with self._lock:
                if self._kept is not None and self._kept[0] == state:
                    return self._kept[1]
            dated = sorted(shelf.documents, key=lambda one: shelf.date_of(one) or "", reverse=True)
            lights = read_lights(connection, dated)
        with self._lock:
            self._kept = (state, lights)
        return lights

    def _shown(self, shelf: Shelf, ids: Sequence[int]) -> tuple[Shown, ...]:
        with self._library.connect() as connection:
            found = connection.execute(select(ExampleRow.__table__).where(ExampleRow.id.in_(ids))).all()
        rows = {row.id: row for row in found}
        return tuple(one for i in ids if i in rows and (one := _show(shelf, rows[i])) is not None)


def _first(listed: Listed, cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not cursor.isdecimal() or int(cursor) not in listed.ids:
        raise CursorError("The list of examples has changed since it was opened. Load it again from the top.")
    return listed.ids.index(int(cursor)) + 1


def _show(shelf: Shelf, row: Row[Any]) -> Shown | None:
    """None when its page is gone or no longer says so."""
    try:
        return _cited(shelf, row) if row.document_id in shelf.documents else None
    except (RemovedError, UnknownDocumentError):
        return None


def _cited(shelf: Shelf, row: Row[Any]) -> Shown | None:
    article = shelf.article(row.document_id, row.article)

    def cited(ends: Sequence[int] | None) -> Citation | None:
        return cite_span(1, row.document_id, Span(row.page, *ends), article, shelf) if ends else None

    citation = cited((row.start, row.end))
    if citation is None:
        return None
    return Shown(
        id=row.id,
        kind=ExampleKind(row.kind),
        citation=citation,
        speaker=cited(row.speaker),
        lead=cited(row.lead),
        heading=row.heading,
        models=tuple(row.models),
        adopters=tuple(row.adopters),
        themes=tuple(row.themes),
    )
