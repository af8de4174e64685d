"""Who did what, when. Entries are added; the database refuses to change one, only age takes them away."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, insert, select

from api.access.person import Person
from api.access.secrets import now
from ingest.store.access import AuditRow

logger = logging.getLogger(__name__)

_A = AuditRow
TERMINAL = Person("terminal", "Terminal", "steward", None, "local")  # who runs commands may read the file itself


@dataclass(frozen=True, slots=True)
class Entry:
    number: int
    at: str
    person_id: str
    person_name: str
    action: str
    target: str | None
    outcome: str
    detail: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Entries:
    """`next` asks for those before these; None when there are no more."""

    entries: tuple[Entry, ...]
    next: int | None


class AuditBook:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write(
        self,
        person: Person,
        action: str,
        target: str | None = None,
        outcome: str = "done",
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """What was done is done: a trail that cannot be written is told in the log, and undoes nothing."""
        row = {
            "at": now(),
            "person_id": person.id,
            "person_name": person.name,
            "action": action,
            "target": target,
            "outcome": outcome,
            "detail": dict(detail) if detail else None,
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(_A).values(row))
        except Exception:
            logger.exception("The audit trail could not be written (%s by %s)", action, person.id)

    def entries(
        self,
        limit: int | None = 50,
        before: int | None = None,
        action: str | None = None,
        person_id: str | None = None,
    ) -> Entries:
        """Newest first."""
        wanted = _ENTRIES.order_by(_A.number.desc())
        if before is not None:
            wanted = wanted.where(_A.number < before)
        if action:
            wanted = wanted.where(_A.action.startswith(action, autoescape=True))
        if person_id:
            wanted = wanted.where(_A.person_id == person_id)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.limit(None if limit is None else limit + 1)).all()
        shown = rows if limit is None else rows[:limit]
        found = tuple(Entry(*row) for row in shown)
        return Entries(found, found[-1].number if len(rows) > len(shown) else None)


_ENTRIES = select(_A.number, _A.at, _A.person_id, _A.person_name, _A.action, _A.target, _A.outcome, _A.detail)
