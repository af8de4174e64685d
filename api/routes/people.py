"""People who signed in, for stewards: listed, given a role and collections, shut out, deleted."""

from typing import Annotated

from fastapi import APIRouter, Path, Request

from api.access.granting import change, forget
from api.access_schemas import GoneOut, PeopleOut, PersonChange, PersonOut
from api.dependencies import AccessDep, PersonDep, note

router = APIRouter(tags=["access"])
PersonId = Annotated[str, Path(max_length=100)]


@router.get("/people")
def people(access: AccessDep) -> PeopleOut:
    return PeopleOut(people=[PersonOut.model_validate(one, from_attributes=True) for one in access.people.all()])


@router.patch("/people/{person_id}")
def change_person(
    person_id: PersonId, asked: PersonChange, access: AccessDep, person: PersonDep, request: Request
) -> PersonOut:
    """Counts from their next request on. Where the provider's groups decide, they decide again at the next sign-in."""
    changed = change(access, person_id, asked, person)
    note(request, person_id, **asked.model_dump(exclude_none=True))
    return PersonOut.model_validate(changed, from_attributes=True)


@router.delete("/people/{person_id}")
def delete_person(person_id: PersonId, access: AccessDep, person: PersonDep, request: Request) -> GoneOut:
    """With all that was kept for them; also of a key (`key:ID`). The audit trail keeps what they did."""
    gone = forget(access, person_id, person)
    note(request, person_id, **gone)
    return GoneOut(gone=gone)
