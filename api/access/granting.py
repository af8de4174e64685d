"""What stewards do to keys and people, by page, by interface and by command alike."""

from api.access.access import Access
from api.access.errors import UnknownPersonError
from api.access.keys import Key
from api.access.people import Known, require_collections
from api.access.person import Person
from api.access_schemas import KeyIn, PersonChange
from api.errors import RoleError


def see_all(by: Person) -> None:
    """Whoever sees a part could else give themselves, or a key of theirs, the rest. Raises RoleError."""
    if by.collections is not None:
        raise RoleError("People and keys are looked after by whoever sees all collections.")


def make(access: Access, asked: KeyIn, by: Person) -> tuple[Key, str]:
    """Stewards' keys see all unless they are limited; others see the open documents unless they are given more."""
    see_all(by)
    sees_all = asked.sees_all if asked.sees_all is not None else asked.role == "steward" and not asked.collections
    collections = None if sees_all else asked.collections
    require_collections(access.keys.engine, collections)
    made = access.keys.make(asked.name, asked.role, collections, asked.days, by.name)
    access.door.look_again()
    return made


def revoke(access: Access, key_id: str) -> Key:
    revoked = access.keys.revoke(key_id)
    access.sessions.close_all(key_id=key_id)
    return revoked


def change(access: Access, person_id: str, asked: PersonChange, by: Person) -> Known:
    see_all(by)
    require_collections(access.keys.engine, asked.collections)
    changed = access.people.change(person_id, asked.role, asked.collections, asked.sees_all, asked.disabled)
    if asked.disabled:
        access.sessions.close_all(person_id=person_id)
    return changed


def forget(access: Access, person_id: str, by: Person) -> dict[str, int]:
    """Raises UnknownPersonError, LastStewardError or RoleError."""
    see_all(by)
    if person_id.startswith("key:"):
        if not any(access.own.counts(person_id).values()):
            raise UnknownPersonError("Nothing is kept for this key.")
    elif access.people.get(person_id).role == "steward" and (by.id == person_id or by.via != "local"):
        access.people.keep_a_steward(person_id)
    return access.own.forget(person_id)
