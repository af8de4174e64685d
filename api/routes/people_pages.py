"""The pages of stewards: people and keys, and who did what. They work without any script."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from api.access.errors import AccessError
from api.access.granting import change, forget, make, revoke
from api.access.people import collection_titles
from api.access.person import ROLES, Role
from api.access_schemas import KeyIn, PersonChange
from api.dependencies import PersonDep, ServiceDep, note
from api.errors import RoleError, problem
from api.routes.account import form_page
from api.routes.sign_in import checked_form
from api.service import Service

router = APIRouter(include_in_schema=False)
CHECKED = [Depends(checked_form)]
Names = Annotated[list[str], Form(max_length=100)]


@router.get("/people", response_class=HTMLResponse)
def people(request: Request, service: ServiceDep) -> Response:
    return _people(request, service)


@router.post("/people/keys", response_class=HTMLResponse, dependencies=CHECKED)
def make_key(
    request: Request,
    service: ServiceDep,
    person: PersonDep,
    name: Annotated[str, Form(max_length=200)] = "",
    role: Annotated[Role, Form()] = "reader",
    days: Annotated[str, Form(max_length=10)] = "",
    collection: Names = [],  # noqa: B006 (FastAPI copies defaults)
    sees_all: Annotated[bool, Form()] = False,
) -> Response:
    """The answer itself shows the key: nothing keeps it for a second look."""
    try:
        asked = KeyIn(
            name=name, role=role, collections=collection, sees_all=sees_all or None, days=float(days) if days else None
        )
        made, secret = make(service.access, asked, person)
    except (ValidationError, ValueError):
        said = "Give the key a name of 1 to 80 characters, and between 1 and 3,650 days."
        return _people(request, service, {"said": said, "bad": True}, 422)
    except (AccessError, RoleError) as error:
        return _refused(request, service, error)
    note(request, made.id, name=made.name, role=made.role, collections=made.collections)
    return _people(request, service, {"made": made, "secret": secret}, 201)


@router.post("/people/keys/{key_id}/revoke", dependencies=CHECKED)
def revoke_key(request: Request, key_id: str, service: ServiceDep) -> Response:
    try:
        note(request, key_id, name=revoke(service.access, key_id).name)
    except (AccessError, RoleError) as error:
        return _refused(request, service, error)
    return RedirectResponse("/people#keys", 303)


@router.post("/people/{person_id}", dependencies=CHECKED)
def change_person(
    request: Request,
    person_id: str,
    service: ServiceDep,
    person: PersonDep,
    role: Annotated[Role, Form()],
    collection: Names = [],  # noqa: B006
    sees_all: Annotated[bool, Form()] = False,
    disabled: Annotated[bool, Form()] = False,
) -> Response:
    asked = PersonChange(role=role, collections=collection, sees_all=sees_all, disabled=disabled)
    try:
        change(service.access, person_id, asked, person)
    except (AccessError, RoleError) as error:
        return _refused(request, service, error)
    note(request, person_id, **asked.model_dump())
    return RedirectResponse(f"/people#p-{person_id}", 303)


@router.post("/people/{person_id}/delete", response_class=HTMLResponse, dependencies=CHECKED)
def delete_person(request: Request, person_id: str, service: ServiceDep, person: PersonDep) -> Response:
    try:
        gone = forget(service.access, person_id, person)
    except (AccessError, RoleError) as error:
        return _refused(request, service, error)
    note(request, person_id, **gone)
    said = f"Deleted, with {gone['conversations']} conversations and {gone['boards']} boards."
    return _people(request, service, {"said": said})


@router.get("/audit", response_class=HTMLResponse)
def audit(
    request: Request,
    service: ServiceDep,
    before: Annotated[int | None, Query(ge=1)] = None,
    action: Annotated[str, Query(max_length=100)] = "",
    person: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    found = service.access.audit.entries(50, before, action, person)
    context = {
        "found": found,
        "action": action,
        "who": person,
        "before": before,
        "days": service.settings.keep_audit_days,
        "questions": service.settings.audit_questions,
    }
    return form_page(request, service, "audit.html", context)


def _people(request: Request, service: Service, more: dict[str, Any] | None = None, status: int = 200) -> Response:
    access, person = service.access, request.state.person
    context = {
        "keys": access.keys.all(),
        "people": access.people.all(),
        "roles": ROLES,
        "titles": collection_titles(access.keys.engine) if person.collections is None else {},
        "signs_in": access.provider is not None,
        "by_groups": bool(access.settings.oidc_roles),
        "given": bool(access.door.given),
        "locked": access.door.is_locked(),
        "made": None,
        "said": "",
        "bad": False,
    }
    return form_page(request, service, "people.html", context | (more or {}), status)


def _refused(request: Request, service: Service, error: Exception) -> Response:
    body = problem(error)
    said = f"{body['title']} {body.get('detail', '')}"
    return _people(request, service, {"said": said, "bad": True}, body["status"])
