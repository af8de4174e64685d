"""The people who signed in through the identity provider, and what stewards gave them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, insert, select, update

from api.access.errors import LastStewardError, UnknownCollectionError, UnknownPersonError
from api.access.mapping import Granted, Identity
from api.access.person import Person, Role
from api.access.secrets import new_id, now
from ingest.store.access import CollectionRow, PersonRow

_P = PersonRow


@dataclass(frozen=True, slots=True)
class Known:
    """`collections` beside the open documents; None sees all."""

    id: str
    name: str
    email: str | None
    role: Role
    collections: tuple[str, ...] | None
    created_at: str
    seen_at: str | None
    disabled_at: str | None

    def person(self) -> Person:
        seen = None if self.collections is None else frozenset(self.collections)
        return Person(self.id, self.name, self.role, seen, "sign-in")


class PeopleBook:
    """Safe to share between threads. Every method that takes an id may raise UnknownPersonError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> list[Known]:
        with self._engine.connect() as connection:
            return [_known(row) for row in connection.execute(_PEOPLE.order_by(_P.name, _P.id))]

    def get(self, person_id: str) -> Known:
        with self._engine.connect() as connection:
            row = connection.execute(_PEOPLE.where(_P.id == person_id)).first()
        if row is None:
            raise UnknownPersonError("Nobody of this id has signed in here, or they were deleted.")
        return _known(row)

    def find(self, issuer: str, subject: str) -> Known | None:
        with self._engine.connect() as connection:
            row = connection.execute(_PEOPLE.where(_P.issuer == issuer, _P.subject == subject)).first()
        return None if row is None else _known(row)

    def signed_in(self, identity: Identity, granted: Granted) -> Known:
        """Keeps who came in; what the provider does not decide stays as stewards set it."""
        values: dict[str, Any] = {"name": identity.name, "email": identity.email, "seen_at": now()}
        known = self.find(identity.issuer, identity.subject)
        if granted.role is not None:
            values["role"] = granted.role
        if granted.sets_collections:
            values["collections"] = _listed(granted.collections)
        if known is not None and _is_demoted(known, values.get("role")):
            values.setdefault("collections", [])
        with self._engine.begin() as connection:
            if known is not None:
                connection.execute(update(_P).where(_P.id == known.id).values(values))
                return self._read(connection, known.id)
            first = {"id": new_id(), "issuer": identity.issuer, "subject": identity.subject, "created_at": now()}
            role = values.get("role", "reader")
            collections = values.get("collections", None if role == "steward" else [])
            connection.execute(insert(_P).values(first | values | {"role": role, "collections": collections}))
            return self._read(connection, first["id"])

    def change(
        self,
        person_id: str,
        role: Role | None = None,
        collections: Collection[str] | None = None,
        sees_all: bool | None = None,
        disabled: bool | None = None,
    ) -> Known:
        """What is None stays as it is. Raises LastStewardError."""
        known = self.get(person_id)
        if known.role == "steward" and (disabled or role not in (None, "steward")):
            self.keep_a_steward(person_id)
        values: dict[str, Any] = {}
        if role is not None:
            values["role"] = role
        if _is_demoted(known, role):
            values["collections"] = []
        if sees_all is not None or collections is not None:
            values["collections"] = None if sees_all else _listed(collections or ())
        if disabled is not None:
            values["disabled_at"] = now() if disabled else None
        with self._engine.begin() as connection:
            if values:
                connection.execute(update(_P).where(_P.id == person_id).values(values))
            return self._read(connection, person_id)

    def keep_a_steward(self, but: str) -> None:
        """Raises LastStewardError when nobody but this person is one."""
        if not any(one.role == "steward" and not one.disabled_at and one.id != but for one in self.all()):
            raise LastStewardError("They are the only steward who signs in. Make somebody else one first.")

    def _read(self, connection: Any, person_id: str) -> Known:
        return _known(connection.execute(_PEOPLE.where(_P.id == person_id)).one())


def collection_titles(engine: Engine) -> dict[str, str]:
    """Every collection there is, by its name."""
    with engine.connect() as connection:
        rows = connection.execute(select(CollectionRow.name, CollectionRow.title).order_by(CollectionRow.title))
        return {row.name: row.title for row in rows}


def require_collections(engine: Engine, wanted: Collection[str] | None) -> None:
    """A name that is mistyped would give nothing, and say nothing. Raises UnknownCollectionError."""
    known = collection_titles(engine)
    if strange := [one for one in wanted or () if one not in known]:
        there = ", ".join(known) or "none"
        raise UnknownCollectionError(f"There is no collection “{strange[0][:80]}”. Collections: {there}.")


_PEOPLE = select(_P.id, _P.name, _P.email, _P.role, _P.collections, _P.created_at, _P.seen_at, _P.disabled_at)


def _is_demoted(known: Known, role: Role | None) -> bool:
    """Stewards see all; whoever is none any longer must not keep that by the way."""
    return known.role == "steward" and role not in (None, "steward")


def _listed(collections: Collection[str] | None) -> list[str] | None:
    return None if collections is None else sorted(set(collections))


def _known(row: Any) -> Known:
    collections = None if row.collections is None else tuple(row.collections)
    return Known(row.id, row.name, row.email, row.role, collections, row.created_at, row.seen_at, row.disabled_at)
