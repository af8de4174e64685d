"""The examples of the library as they are shown: found in their table, each re-found on its page."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from assistant.assistant import Assistant
from assistant.browse import Background
from assistant.cite import cite_span
from assistant.errors import CursorError
from assistant.examples.kept import lacking, look, rules_of
from assistant.examples.listing import Light, Listed, Wanted, holding_words, list_examples, read_lights, state_of
from assistant.examples.stretch import ExampleKind
from assistant.examples.themes import Themes
from assistant.shelf import Shelf
from assistant.types import Citation, Sight
from ingest.errors import RemovedError, UnknownDocumentError
from ingest.library import Library
from ingest.programme import Programme
from ingest.store.schema import ExampleRow
from ingest.types import Span

LISTS_KEPT = 8
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

    def __init__(self, library: Library, programme: Programme, assistant: Assistant) -> None:
        self._shelf_of = assistant.shelf
        self.themes = Themes.of(programme)
        rules = self._rules = rules_of(programme)
        self.background = Background(
            library,
            assistant.whole_shelf,
            lambda shelf: lacking(shelf, rules),
            lambda shelf, document, stopped: look(shelf, document, stopped, self.themes, rules),
        )
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[tuple[str, ...], list[Light]]] = OrderedDict()  # by what is seen

    def find(
        self, wanted: Wanted, limit: int, cursor: str | None = None, wait: float = PATIENCE, sight: Sight = None
    ) -> Page:
        """Raises CursorError when the list has changed since the cursor was given."""
        shelf = self._shelf_of(sight)
        # Who sees a part only does not wait for the rest, nor hears of it
        whole = not lacking(shelf, self._rules) or self.background.is_done(wait)
        lights = self._lights(shelf)
        with shelf.library.connect() as connection:
            holding = holding_words(connection, wanted.q, shelf.library.sight)
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

    def _lights(self, shelf: Shelf) -> list[Light]:
        """Newest documents first; those without a date last."""
        with shelf.library.connect() as connection:
            state = state_of(connection, shelf.library.sight)
            with self._lock:
                kept = self._kept.get(shelf.key)
                if kept is not None and kept[0] == state:
                    return kept[1]
            dated = sorted(shelf.documents, key=lambda one: shelf.date_of(one) or "", reverse=True)
            lights = read_lights(connection, dated, shelf.library.sight)
        with self._lock:
            self._kept[shelf.key] = (state, lights)
            self._kept.move_to_end(shelf.key)
            while len(self._kept) > LISTS_KEPT:
                self._kept.popitem(last=False)
        return lights

    def _shown(self, shelf: Shelf, ids: Sequence[int]) -> tuple[Shown, ...]:
        with shelf.library.connect() as connection:
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
