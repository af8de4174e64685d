"""Access keys, for stewards: listed, made, revoked."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.access.access import Access
from api.access.keys import Key
from api.access.people import require_collections
from api.access.person import Person
from api.access_schemas import KeyIn, KeyOut, KeysOut, MadeKeyOut
from api.dependencies import AccessDep, PersonDep, note

router = APIRouter(tags=["access"])
KeyId = Annotated[str, Path(max_length=64)]


@router.get("/keys")
def keys(access: AccessDep) -> KeysOut:
    """Newest first, revoked and expired ones too; never the secrets."""
    return KeysOut(keys=[KeyOut.model_validate(key, from_attributes=True) for key in access.keys.all()])


@router.post("/keys", status_code=201)
def make_key(asked: KeyIn, access: AccessDep, person: PersonDep, request: Request, response: Response) -> MadeKeyOut:
    """The answer holds the key, this once. As soon as there is one, everybody needs one, on this computer too."""
    made, secret = make(access, asked, person)
    note(request, made.id, name=made.name, role=made.role, collections=made.collections)
    response.headers["Cache-Control"] = "no-store"
    told = KeyOut.model_validate(made, from_attributes=True)
    return MadeKeyOut(**told.model_dump(), key=secret)


@router.delete("/keys/{key_id}", status_code=204)
def revoke_key(key_id: KeyId, access: AccessDep, request: Request) -> Response:
    """Whoever came in with it is out at once. What was kept for it stays, until a steward deletes that."""
    revoked = revoke(access, key_id)
    note(request, key_id, name=revoked.name)
    return Response(status_code=204)


def make(access: Access, asked: KeyIn, by: Person) -> tuple[Key, str]:
    """Stewards' keys see all unless they are limited; others see the open documents unless they are given more."""
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
