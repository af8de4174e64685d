"""Boards: quotes and headings that a person collects, in their order, with notes; kept in the library."""

import threading
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from assistant.errors import BoardFullError, UnknownBoardError
from ingest.library import Library
from ingest.store.people import NOBODY, BoardItemRow, BoardRow

FIRST_NAME = "My briefing"
MOST_ITEMS = 500
KEPT = timedelta(hours=1)  # so long an item that was taken off can be put back


@dataclass(frozen=True, slots=True)
class Board:
    id: str
    name: str
    created_at: str
    items: int


@dataclass(frozen=True, slots=True)
class Item:
    """`kind` is "quote", with its citation, or "heading", with its text."""

    id: str
    kind: str
    text: str
    note: str
    citation: Mapping[str, Any] | None
    added_at: str


class Boards:
    """Those of one person. Safe to share between threads; every method that takes an id may raise UnknownBoardError."""

    def __init__(self, library: Library, owner: str = NOBODY) -> None:
        self._library, self._owner = library, owner
        self._first = threading.Lock()

    def owned_by(self, owner: str) -> "Boards":
        theirs = Boards(self._library, owner)
        theirs._first = self._first
        return theirs

    def all(self) -> list[Board]:
        """In the order in which they were made; there is always one."""
        count = select(func.count()).where(BoardItemRow.board_id == BoardRow.id, BoardItemRow.removed_at.is_(None))
        wanted = select(BoardRow.id, BoardRow.name, BoardRow.created_at, count.scalar_subquery().label("items"))
        wanted = wanted.where(BoardRow.owner == self._owner)
        with self._first:  # two pages that open at once make one board
            with self._library.connect() as connection:
                found = connection.execute(wanted.order_by(BoardRow.created_at, BoardRow.id)).all()
            return [Board(*row) for row in found] or [self.make(FIRST_NAME)]

    def board(self, board_id: str) -> Board:
        """`default` is the first one."""
        found = [one for one in self.all() if board_id in ("default", one.id)]
        if not found:
            raise UnknownBoardError("This board is not in the library any more. Choose another one, or make a new one.")
        return found[0]

    def make(self, name: str) -> Board:
        made = Board(uuid.uuid4().hex, name, _now(), 0)
        with self._library.begin() as connection:
            row = {"id": made.id, "name": made.name, "created_at": made.created_at, "owner": self._owner}
            connection.execute(insert(BoardRow).values(row))
        return made

    def rename(self, board_id: str, name: str) -> Board:
        board = self.board(board_id)
        with self._library.begin() as connection:
            connection.execute(update(BoardRow).where(BoardRow.id == board.id).values(name=name))
        return self.board(board.id)

    def delete(self, board_id: str) -> None:
        with self._library.begin() as connection:
            connection.execute(delete(BoardRow).where(BoardRow.id == self.board(board_id).id))

    def items(self, board_id: str) -> list[Item]:
        row = BoardItemRow
        board = self.board(board_id)
        wanted = select(row.id, row.kind, row.text, row.note, row.citation, row.added_at)
        mine = wanted.where(row.board_id == board.id, row.removed_at.is_(None)).order_by(row.place, row.added_at)
        with self._library.connect() as connection:
            return [Item(*one) for one in connection.execute(mine)]

    def add_quote(self, board_id: str, citation: Mapping[str, Any], note: str = "") -> tuple[Item, bool]:
        """At the end; a place that is on the board already is not added again. Says whether it is new."""
        places = ("document_id", "page", "start", "end")
        for item in self.items(board_id):
            if item.citation and all(item.citation[name] == citation[name] for name in places):
                return item, False
        added = self._add(board_id, "quote", "", note, citation)
        # A document that was removed in the meantime must not live on here
        self._library.hide_removed({citation["document_id"]})
        return added, True

    def add_heading(self, board_id: str, text: str) -> Item:
        return self._add(board_id, "heading", text, "", None)

    def change(
        self, board_id: str, item_id: str, note: str | None, text: str | None, removed: bool | None
    ) -> Item | None:
        """What is None stays as it is. None comes back for an item that has been taken off."""
        board = self.board(board_id)
        values: dict[str, object] = {"note": note, "text": text}
        values = {name: value for name, value in values.items() if value is not None}
        if removed is not None:
            values["removed_at"] = _now() if removed else None
        row = BoardItemRow
        with self._library.begin() as connection:
            _forget(connection)
            mine = (row.id == item_id) & (row.board_id == board.id)
            if not connection.execute(select(row.id).where(mine)).first():
                raise UnknownBoardError("This entry is not on the board any more.")
            if values:
                connection.execute(update(row).where(mine).values(values))
        return next((one for one in self.items(board.id) if one.id == item_id), None)

    def order(self, board_id: str, ids: Sequence[str]) -> list[Item]:
        """These first, in this order, then any that are not named: another tab may have added one."""
        now = [item.id for item in self.items(board_id)]
        known = [i for i in dict.fromkeys(ids) if i in now]
        with self._library.begin() as connection:
            for place, item_id in enumerate([*known, *(i for i in now if i not in known)]):
                connection.execute(update(BoardItemRow).where(BoardItemRow.id == item_id).values(place=place))
        return self.items(board_id)

    def _add(self, board_id: str, kind: str, text: str, note: str, citation: Mapping[str, Any] | None) -> Item:
        board = self.board(board_id)
        if board.items >= MOST_ITEMS:
            raise BoardFullError(
                f"“{board.name}” holds {MOST_ITEMS} entries, the most a board takes. Make another one."
            )
        item = Item(uuid.uuid4().hex, kind, text, note, citation, _now())
        last = select(func.coalesce(func.max(BoardItemRow.place), -1)).where(BoardItemRow.board_id == board.id)
        with self._library.begin() as connection:
            row = {
                "id": item.id,
                "board_id": board.id,
                "place": connection.execute(last).scalar_one() + 1,
                "kind": kind,
                "text": text,
                "note": note,
                "document_id": citation["document_id"] if citation else None,
                "citation": dict(citation) if citation else None,
                "added_at": item.added_at,
            }
            connection.execute(insert(BoardItemRow).values(row))
        return next(one for one in self.items(board.id) if one.id == item.id)


def _forget(connection: Connection) -> None:
    """What was taken off long enough ago goes for good."""
    before = (datetime.now(UTC) - KEPT).isoformat(timespec="microseconds")
    connection.execute(delete(BoardItemRow).where(BoardItemRow.removed_at < before))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
