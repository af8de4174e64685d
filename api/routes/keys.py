"""Access keys, for stewards: listed, made, revoked."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.access.granting import make, revoke
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
