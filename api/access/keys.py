"""Access keys of the library: made, found, revoked. A key is `asst_ID_SECRET`; only its hash is kept."""

import re
import threading
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Engine, delete, func, insert, select, update

from api.access.errors import KeyNameError, UnknownKeyError
from api.access.person import Person, Role
from api.access.secrets import digest, moment, new_id, new_secret, now, same
from ingest.store.access import KeyRow

PREFIX = "asst"
_NAME = re.compile(r"[\w.@ ’'()+-]{1,80}")
_K = KeyRow


@dataclass(frozen=True, slots=True)
class Key:
    """`collections` beside the open documents; None sees all."""

    id: str
    name: str
    role: Role
    collections: tuple[str, ...] | None
    created_at: str
    created_by: str
    used_at: str | None
    expires_at: str | None
    revoked_at: str | None

    @property
    def state(self) -> str:
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at is not None and self.expires_at <= now() else "valid"

    def person(self) -> Person:
        seen = None if self.collections is None else frozenset(self.collections)
        return Person(f"key:{self.id}", self.name, self.role, seen, "key")


class KeyBook:
    """Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._lock = threading.Lock()
        self._used: dict[str, str] = {}

    def make(
        self, name: str, role: Role, collections: Collection[str] | None, days: float | None, by: str
    ) -> tuple[Key, str]:
        """The key, and its secret, which nobody can have a second time. Raises KeyNameError."""
        name = " ".join(name.split())
        if not _NAME.fullmatch(name):
            raise KeyNameError("A key's name has 1 to 80 letters, digits, spaces or . _ - + @ ( ).")
        if any(key.name == name and key.state == "valid" for key in self.all()):
            raise KeyNameError(f"There is a valid key called “{name}”. Choose another name, or revoke that one first.")
        made, secret = new_id(), new_secret()
        whole = f"{PREFIX}_{made}_{secret}"
        values = {
            "id": made,
            "hash": digest(whole),
            "name": name,
            "role": role,
            "collections": None if collections is None else sorted(set(collections)),
            "created_at": now(),
            "created_by": by,
            "expires_at": None if days is None else moment(days=days),
        }
        with self.engine.begin() as connection:
            connection.execute(insert(_K).values(values))
        return self.get(made), whole

    def all(self) -> list[Key]:
        """Newest first, revoked and expired ones too."""
        with self.engine.connect() as connection:
            return [_key(row) for row in connection.execute(_KEYS.order_by(_K.created_at.desc(), _K.id))]

    def get(self, key_id: str) -> Key:
        """Raises UnknownKeyError."""
        with self.engine.connect() as connection:
            row = connection.execute(_KEYS.where(_K.id == key_id)).first()
        if row is None:
            raise UnknownKeyError("No access key has this id. The list of keys shows them all.")
        return _key(row)

    def named(self, name: str) -> Key:
        """By its id or its name; among several of a name the valid one. Raises UnknownKeyError."""
        found = [key for key in self.all() if name in (key.id, key.name)]
        if not found:
            raise UnknownKeyError(f"No access key is called “{name[:80]}”. `assistant keys list` shows them all.")
        return next((key for key in found if key.state == "valid"), found[0])

    def find(self, secret: str) -> Key | None:
        """The valid key of this secret."""
        prefix, _, rest = secret.partition("_")
        key_id = rest.partition("_")[0]
        if prefix != PREFIX or not key_id:
            return None
        with self.engine.connect() as connection:
            known = connection.scalar(select(_K.hash).where(_K.id == key_id))
        if known is None or not same(digest(secret), known):
            return None
        key = self.get(key_id)
        if key.state != "valid":
            return None
        with self._lock:
            self._used[key_id] = now()
        return key

    def write_used(self) -> None:
        """When each was last used; in the background, as sessions do."""
        with self._lock:
            used, self._used = self._used, {}
        if used:
            with self.engine.begin() as connection:
                for key_id, at in used.items():
                    connection.execute(update(_K).where(_K.id == key_id).values(used_at=at))

    def revoke(self, key_id: str) -> Key:
        """Whoever came in with it is out at once. Raises UnknownKeyError."""
        with self.engine.begin() as connection:
            mine = (_K.id == key_id) & _K.revoked_at.is_(None)
            connection.execute(update(_K).where(mine).values(revoked_at=now()))
        return self.get(key_id)

    def clear(self) -> int:
        """Deletes all of them, so that on this computer nobody is asked who they are."""
        count = len(self.all())
        with self.engine.begin() as connection:
            connection.execute(delete(_K))
        return count

    def is_any(self) -> bool:
        """Revoked and expired ones count: the last one that ends must not open the door."""
        with self.engine.connect() as connection:
            return bool(connection.scalar(select(func.count()).select_from(_K)))


_KEYS = select(
    _K.id,
    _K.name,
    _K.role,
    _K.collections,
    _K.created_at,
    _K.created_by,
    _K.used_at,
    _K.expires_at,
    _K.revoked_at,
)


def _key(row: object) -> Key:
    id_, name, role, collections, *rest = tuple(row)  # type: ignore[var-annotated, arg-type]
    return Key(id_, name, role, None if collections is None else tuple(collections), *rest)
