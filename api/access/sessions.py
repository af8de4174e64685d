"""Browsers that are signed in. The cookie holds a random token; the library holds its hash and when it ends."""

import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, insert, select, update

from api.access.person import Person
from api.access.secrets import digest, moment, new_secret, now
from api.access.settings import AccessSettings
from ingest.store.access import SessionRow

BEGUN_MINUTES = 10  # so long somebody may take at the identity provider
_S = SessionRow


@dataclass(frozen=True, slots=True)
class Session:
    """`detail` is the seal of a key of the environment, the provider's id token, or a sign-in that was begun."""

    id: str
    person_id: str | None
    key_id: str | None
    csrf: str
    seen_at: str
    expires_at: str
    detail: dict[str, Any]


class SessionBook:
    """Safe to share between threads. When a session was last used is written in the background: see `write_seen`."""

    def __init__(self, engine: Engine, settings: AccessSettings) -> None:
        self._engine = engine
        self._hours, self._idle = settings.session_hours, settings.session_idle_minutes
        self._lock = threading.Lock()
        self._seen: dict[str, str] = {}

    def open(
        self, token: str | None = None, *, person_id: str | None = None, key_id: str | None = None, **detail: Any
    ) -> str:
        """A new session's token: at every sign-in another, so that one planted before is worth nothing."""
        token = token or new_secret()
        self._insert(token, person_id, key_id, moment(minutes=60 * self._hours), detail)
        return token

    def begin(self, **detail: Any) -> str:
        """A sign-in that is under way at the provider; nobody is signed in by it."""
        token = new_secret()
        self._insert(token, None, None, moment(minutes=BEGUN_MINUTES), {"begun": detail})
        return token

    def take_begun(self, token: str) -> dict[str, Any] | None:
        """What was begun with this token, once: whoever comes a second time finds nothing."""
        gone = delete(_S).where(_S.id == digest(token), _S.expires_at > now()).returning(_S.detail)
        with self._engine.begin() as connection:
            found = connection.execute(gone).first()
        begun: dict[str, Any] | None = (found.detail or {}).get("begun") if found else None
        return begun

    def find(self, token: str) -> Session | None:
        """One that is signed in, in use, and not over."""
        if not token:
            return None
        with self._engine.connect() as connection:
            row = connection.execute(_SESSIONS.where(_S.id == digest(token))).first()
        if row is None or "begun" in (row.detail or {}):
            return None
        with self._lock:
            seen = max(row.seen_at, self._seen.get(row.id, ""))
        idle = datetime.fromisoformat(moment()) - datetime.fromisoformat(seen)
        if row.expires_at <= now() or idle.total_seconds() > 60 * self._idle:
            self.close(token)
            return None
        with self._lock:
            self._seen[row.id] = now()
        return Session(row.id, row.person_id, row.key_id, row.csrf, seen, row.expires_at, row.detail or {})

    def close(self, token: str) -> None:
        self._delete(_S.id == digest(token))

    def close_all(self, *, person_id: str | None = None, key_id: str | None = None) -> int:
        """Everywhere they are signed in."""
        if person_id is not None:
            return self._delete(_S.person_id == person_id)
        return self._delete(_S.key_id == key_id) if key_id is not None else 0

    def close_given(self, owner: str) -> int:
        """Those opened with a key of the environment that is this person's."""
        with self._engine.connect() as connection:
            keyless = select(_S.id, _S.detail).where(_S.person_id.is_(None), _S.key_id.is_(None))
            theirs = [row.id for row in connection.execute(keyless) if (row.detail or {}).get("owner") == owner]
        return self._delete(_S.id.in_(theirs))

    def close_of(self, person: Person) -> int:
        """Everywhere this person is signed in, however they came in."""
        if person.via == "sign-in":
            return self.close_all(person_id=person.id)
        held = person.id.removeprefix("key:")
        return self.close_all(key_id=held) + self.close_given(person.id)

    def write_seen(self) -> None:
        """A question must not wait for the one writer just to say that somebody is there."""
        with self._lock:
            seen, self._seen = self._seen, {}
        if seen:
            with self._engine.begin() as connection:
                for session_id, at in seen.items():
                    connection.execute(update(_S).where(_S.id == session_id).values(seen_at=at))

    def _insert(
        self, token: str, person_id: str | None, key_id: str | None, expires_at: str, detail: dict[str, Any]
    ) -> None:
        at = now()
        row = {
            "id": digest(token),
            "person_id": person_id,
            "key_id": key_id,
            "csrf": new_secret(),
            "created_at": at,
            "seen_at": at,
            "expires_at": expires_at,
            "detail": detail or None,
        }
        with self._engine.begin() as connection:
            connection.execute(insert(_S).values(row))

    def _delete(self, which: Any) -> int:
        with self._engine.begin() as connection:
            return len(connection.execute(delete(_S).where(which).returning(_S.id)).all())


_SESSIONS = select(_S.id, _S.person_id, _S.key_id, _S.csrf, _S.seen_at, _S.expires_at, _S.detail)
