"""All that one person keeps here: counted, handed out, deleted."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, select

from api.access.scrub import scrub
from api.access.secrets import now
from ingest.store.access import AuditRow, PersonRow, SessionRow
from ingest.store.people import BoardItemRow, BoardRow, ConversationRow, FeedbackRow, MessageRow

_C, _M, _F, _B, _I = ConversationRow, MessageRow, FeedbackRow, BoardRow, BoardItemRow


class OwnData:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def counts(self, owner: str) -> dict[str, int]:
        mine = select(_C.id).where(_C.owner == owner)
        said = select(_M.id).where(_M.conversation_id.in_(mine))
        wanted = {
            "conversations": select(func.count()).select_from(_C).where(_C.owner == owner),
            "questions": select(func.count()).select_from(_M).where(_M.conversation_id.in_(mine), _M.role == "user"),
            "feedback": select(func.count()).select_from(_F).where(_F.message_id.in_(said)),
            "boards": select(func.count()).select_from(_B).where(_B.owner == owner),
        }
        with self._engine.connect() as connection:
            return {name: int(connection.scalar(query) or 0) for name, query in wanted.items()}

    def export(self, owner: str) -> dict[str, Any]:
        """Everything about them, as JSON can hold it."""
        with self._engine.connect() as connection:
            return {
                "made_at": now(),
                "person": _one(connection, PersonRow, PersonRow.id == owner) or {"id": owner},
                "conversations": _conversations(connection, owner),
                "boards": _boards(connection, owner),
                "sessions": [
                    {name: row[name] for name in ("created_at", "seen_at", "expires_at")}
                    for row in _rows(connection, SessionRow, SessionRow.person_id == owner)
                ],
                "audit": _rows(connection, AuditRow, AuditRow.person_id == owner),
            }

    def delete(self, owner: str) -> dict[str, int]:
        """Their conversations with all that was said of the answers, and their boards; how many of each."""
        counts = self.counts(owner)
        with self._engine.begin() as connection:
            connection.execute(delete(_C).where(_C.owner == owner))
            connection.execute(delete(_B).where(_B.owner == owner))
        scrub(self._engine)
        return counts

    def forget(self, person_id: str) -> dict[str, int]:
        """As `delete`, and the person: name, address and sessions. What they did stays in the audit trail."""
        with self._engine.begin() as connection:
            connection.execute(delete(SessionRow).where(SessionRow.person_id == person_id))
            connection.execute(delete(PersonRow).where(PersonRow.id == person_id))
        return self.delete(person_id)


def _conversations(connection: Connection, owner: str) -> list[dict[str, Any]]:
    found = _rows(connection, _C, _C.owner == owner)
    mine = select(_C.id).where(_C.owner == owner)
    said = {row["message_id"]: row for row in _rows(connection, _F)}
    messages: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(_rows(connection, _M, _M.conversation_id.in_(mine)), key=lambda one: str(one["created_at"])):
        messages.setdefault(row["conversation_id"], []).append(row | {"feedback": said.get(row["id"])})
    return [one | {"messages": messages.get(one["id"], [])} for one in found]


def _boards(connection: Connection, owner: str) -> list[dict[str, Any]]:
    return [
        one | {"items": _rows(connection, _I, (_I.board_id == one["id"]) & _I.removed_at.is_(None))}
        for one in _rows(connection, _B, _B.owner == owner)
    ]


def _rows(connection: Connection, row: Any, where: Any = None) -> list[dict[str, Any]]:
    wanted = select(row.__table__) if where is None else select(row.__table__).where(where)
    return [dict(one) for one in connection.execute(wanted).mappings()]


def _one(connection: Connection, row: Any, where: Any) -> Mapping[str, Any] | None:
    return next(iter(_rows(connection, row, where)), None)
