"""Oneself: who one is here, what is kept of one, to take along and to delete."""

import json

from fastapi import APIRouter, Response

from api.access_schemas import GoneOut, MeOut
from api.dependencies import AccessDep, PersonDep

router = APIRouter(tags=["access"])


@router.get("/me")
def me(access: AccessDep, person: PersonDep) -> MeOut:
    collections = None if person.collections is None else sorted(person.collections)
    kept = access.own.counts(person.id)
    return MeOut(id=person.id, name=person.name, role=person.role, collections=collections, via=person.via, kept=kept)


@router.get("/me/export", response_class=Response)
def export(access: AccessDep, person: PersonDep) -> Response:
    """Everything that is kept of the person who asks, as one JSON file."""
    data = json.dumps(access.own.export(person.id), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"', "Cache-Control": "no-store"}
    return Response(data, 200, headers, "application/json")


@router.delete("/me/data")
def delete_mine(access: AccessDep, person: PersonDep) -> GoneOut:
    """Every conversation, what was said of its answers, every board. Nothing brings it back."""
    return GoneOut(gone=access.own.delete(person.id))


@router.delete("/me/sessions")
def sign_out_everywhere(access: AccessDep, person: PersonDep) -> GoneOut:
    """In every browser. Keys go on: a steward revokes them."""
    return GoneOut(gone={"sessions": access.sessions.close_of(person)})
