"""Who did what, for stewards to read."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.access_schemas import EntriesOut
from api.dependencies import AccessDep

router = APIRouter(tags=["access"])


@router.get("/audit")
def audit(
    access: AccessDep,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: Annotated[int | None, Query(ge=1)] = None,
    action: Annotated[str, Query(max_length=100)] = "",
    person: Annotated[str, Query(max_length=100)] = "",
) -> EntriesOut:
    """Newest first; `action` by its beginning, as in `keys`. `next` goes into `before`. Nothing changes an entry."""
    found = access.audit.entries(limit, before, action, person)
    return EntriesOut.model_validate(found, from_attributes=True)
