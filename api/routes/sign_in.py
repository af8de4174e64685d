"""Into the assistant and out of it: with an access key, or through the office's own sign-in."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.access.access import Access
from api.access.door import BEGUN, STRANGER, cookie
from api.access.entry import address_of
from api.access.errors import AccessError, FormError, NoRoleError, SignInError
from api.access.mapping import Identity, granted
from api.access.people import Known
from api.access.secrets import same
from api.access.sessions import BEGUN_MINUTES, Session
from api.dependencies import AccessDep, PersonDep
from api.errors import problem
from api.routes.site import page

router = APIRouter(include_in_schema=False)
CALLBACK = "/sign-in/callback"
To = Annotated[str, Query(max_length=4000)]
Word = Annotated[str, Query(max_length=4000)]


def checked_form(request: Request, csrf: Annotated[str, Form(max_length=200)] = "") -> None:
    """A form that a cookie would carry in brings the token of that session. Raises FormError."""
    session: Session | None = request.state.session
    if session is not None and not same(csrf, session.csrf):
        raise FormError("Its token does not fit your session.")


@router.get("/sign-in", response_class=HTMLResponse)
def sign_in(request: Request, access: AccessDep, to: To = "/") -> Response:
    return _page(request, access, to)


@router.post("/sign-in")
def with_key(
    request: Request,
    access: AccessDep,
    key: Annotated[str, Form(max_length=500)],
    to: Annotated[str, Form(max_length=4000)] = "/",
) -> Response:
    address = address_of(request.scope)
    try:
        access.limits.sign_in_may(address, key)
    except AccessError as error:
        return _problem(request, access, error, to)
    token, holder = access.door.open_for(key), access.door.holder(key)
    if token is None or holder is None:
        access.limits.sign_in_failed(address)
        access.audit.write(STRANGER, "sign-in", "key", "refused", {"address": address})
        said = "This access key is not known. Copy it again, whole and without spaces."
        return _page(request, access, to, said, 401)
    access.audit.write(holder, "sign-in", "key")
    return _let_in(request, access, token, to)


@router.get("/sign-in/start")
def start(request: Request, access: AccessDep, to: To = "/") -> Response:
    """Off to the provider. The cookie ties what comes back to this browser."""
    try:
        access.limits.sign_in_begins(address_of(request.scope))
        if access.provider is None:
            raise SignInError("Sign-in is not set up here; use an access key.")
        redirect_uri = f"{_base(request, access)}{CALLBACK}"
        begun = access.provider.begin(redirect_uri)
    except AccessError as error:
        return _problem(request, access, error, to)
    token = access.sessions.begin(
        state=begun.state, nonce=begun.nonce, verifier=begun.verifier, to=own_path(to), redirect_uri=redirect_uri
    )
    away = RedirectResponse(begun.url, 303, {"Cache-Control": "no-store"})
    _set_cookie(request, access, away, BEGUN, token, 60 * BEGUN_MINUTES)
    return away


@router.get(CALLBACK)
def come_back(
    request: Request, access: AccessDep, code: Word = "", state: Word = "", error: Word = "", iss: Word = ""
) -> Response:
    """Back from the provider, once: a second time, or with another browser's cookie, nothing is known of it."""
    name = access.door.cookie_name(request.url.scheme == "https", BEGUN)
    begun = access.sessions.take_begun(cookie(request.headers, name))
    to = begun["to"] if begun else "/"
    try:
        if begun is None or not same(state, begun["state"]):
            raise SignInError("It was used already, took more than 10 minutes, or began in another browser.")
        if access.provider is None or (iss and iss.rstrip("/") != str(access.settings.oidc_issuer).rstrip("/")):
            raise SignInError("It comes from another sign-in service.")
        if error or not code:
            raise SignInError("The sign-in service did not let you in. Try again, or ask whoever runs it.")
        identity = access.provider.finish(code, begun["nonce"], begun["verifier"], begun["redirect_uri"])
        known = _admit(access, identity)
    except AccessError as refused:
        detail = {"why": type(refused).__name__, "address": address_of(request.scope)}
        access.audit.write(STRANGER, "sign-in", access.settings.oidc_issuer, "refused", detail)
        return _problem(request, access, refused, to)
    access.audit.write(known.person(), "sign-in", access.settings.oidc_issuer, detail={"role": known.role})
    token = access.sessions.open(person_id=known.id, id_token=identity.id_token)
    return _let_in(request, access, token, to)


@router.post("/sign-out", dependencies=[Depends(checked_form)])
def sign_out(request: Request, access: AccessDep, person: PersonDep) -> Response:
    """Here, and then over there: the page that says so leads on to the provider's own sign-out."""
    session: Session | None = request.state.session
    farewell = None
    if session is not None:
        access.sessions.close(cookie(request.headers, _name(request, access)))
        if access.provider is not None and (id_token := session.detail.get("id_token")):
            farewell = access.provider.farewell(str(id_token), f"{_base(request, access)}/sign-in")
    access.audit.write(person, "sign-out")
    shown = page(request, "signed-out.html", {"farewell": farewell, "name": access.settings.oidc_name})
    shown.delete_cookie(_name(request, access), path="/", secure=_is_tls(request, access), httponly=True)
    shown.headers["Clear-Site-Data"] = '"cache", "storage"'  # drafts and ticks of whoever used this browser
    return shown


def own_path(to: str) -> str:
    """A page of this service, or the first: nobody is led elsewhere from the sign-in."""
    return to if re.fullmatch(r"/(?![/\\])[^\\\x00-\x20]*", to) else "/"


def _admit(access: Access, identity: Identity) -> Known:
    """Raises NoRoleError."""
    known = access.people.find(identity.issuer, identity.subject)
    if known is not None and known.disabled_at:
        raise NoRoleError("A steward has shut this account out. Ask whoever runs the assistant.")
    return access.people.signed_in(identity, granted(identity, access.settings))


def _let_in(request: Request, access: Access, token: str, to: str) -> Response:
    """With a new session, whatever cookie the browser came with."""
    if before := cookie(request.headers, _name(request, access)):
        access.sessions.close(before)
    answer = RedirectResponse(own_path(to), 303, {"Cache-Control": "no-store"})
    _set_cookie(request, access, answer, None, token)
    answer.delete_cookie(access.door.cookie_name(_is_tls(request, access), BEGUN), secure=_is_tls(request, access))
    return answer


def _set_cookie(
    request: Request, access: Access, answer: Response, name: str | None, token: str, seconds: int | None = None
) -> None:
    """Lax: a link in an e-mail opens the answer it names. Nothing is changed by a request that only follows a link."""
    tls = _is_tls(request, access)
    full = access.door.cookie_name(tls, name) if name else _name(request, access)
    answer.set_cookie(full, token, seconds, path="/", httponly=True, samesite="lax", secure=tls)


def _name(request: Request, access: Access) -> str:
    return access.door.cookie_name(_is_tls(request, access))


def _is_tls(request: Request, access: Access) -> bool:
    return access.settings.is_secure or request.url.scheme == "https"


def _base(request: Request, access: Access) -> str:
    return access.settings.public_url or str(request.base_url).rstrip("/")


def _problem(request: Request, access: Access, error: AccessError, to: str) -> Response:
    body = problem(error)
    shown = _page(request, access, to, f"{body['title']} {body.get('detail', '')}".strip(), body["status"])
    shown.headers.update(getattr(error, "headers", {}))
    if body["status"] == 503:
        shown.headers["Retry-After"] = "60"
    return shown


def _page(request: Request, access: Access, to: str, said: str = "", status: int = 200) -> Response:
    """Its form says where it comes from: under `no-referrer` browsers send `Origin: null`, as a foreign page would."""
    context = {
        "said": said,
        "to": own_path(to),
        "provider": access.settings.oidc_name if access.provider is not None else None,
        "keys": bool(access.door.given) or access.keys.is_any() or access.provider is None,
    }
    shown = page(request, "sign-in.html", context, status)
    shown.headers["Referrer-Policy"] = "same-origin"
    return shown
