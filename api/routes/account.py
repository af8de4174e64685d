"""The page of whoever is signed in: who they are here, what is kept of them, and the way out."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.dependencies import AccessDep, PersonDep, ServiceDep
from api.routes.sign_in import checked_form
from api.routes.site import page
from api.service import Service

router = APIRouter(include_in_schema=False)


@router.get("/account", response_class=HTMLResponse)
def account(request: Request, service: ServiceDep) -> Response:
    return form_page(request, service, "account.html", _context(request, service))


@router.post("/account/sign-out-everywhere", dependencies=[Depends(checked_form)])
def sign_out_everywhere(access: AccessDep, person: PersonDep) -> Response:
    access.sessions.close_of(person)
    return RedirectResponse("/sign-in", 303, {"Clear-Site-Data": '"cache", "storage"'})


@router.post("/account/delete", response_class=HTMLResponse, dependencies=[Depends(checked_form)])
def delete_mine(request: Request, service: ServiceDep, person: PersonDep) -> Response:
    gone = service.access.own.delete(person.id)
    shown = form_page(request, service, "account.html", _context(request, service) | {"gone": gone})
    shown.headers["Clear-Site-Data"] = '"storage"'
    return shown


def form_page(request: Request, service: Service, name: str, context: dict[str, Any], status: int = 200) -> Response:
    """A page with forms: they say where they come from."""
    shown = page(request, name, {"programme": service.programme.raw["programme"]} | context, status)
    shown.headers["Referrer-Policy"] = "same-origin"
    return shown


def _context(request: Request, service: Service) -> dict[str, Any]:
    person, settings = request.state.person, service.settings
    return {
        "kept": service.access.own.counts(person.id),
        "keep_days": settings.keep_conversations_days,
        "gone": None,
        "session": request.state.session,
    }
