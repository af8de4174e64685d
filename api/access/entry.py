"""From a request to the person behind it, and from its answer to the audit trail."""

import asyncio
from collections.abc import Mapping, MutableMapping
from typing import Any

from fastapi.datastructures import Headers

from api.access.access import Access
from api.access.door import STRANGER, Visitor, key_in
from api.access.rights import AUDITED
from api.access.secrets import same
from api.errors import CrossSiteError, KeyRequiredError

Scope = MutableMapping[str, Any]
SAFE = ("GET", "HEAD", "OPTIONS")
NOBODY_ASKED = ("/health", "/ready", "/static/", "/embed.js")  # what needs no key, and is not counted
OPEN_PATHS = (*NOBODY_ASKED, "/sign-in")
OUTCOMES: Mapping[int, str] = {401: "refused", 403: "refused", 404: "not there", 429: "refused"}


async def enter(scope: Scope, headers: Headers) -> None:
    """Puts the person into the request's state. Raises KeyRequiredError, CrossSiteError or LimitedError."""
    state = scope.setdefault("state", {})
    state["person"] = STRANGER
    if scope["path"].startswith(NOBODY_ASKED):
        return
    access: Access = scope["app"].state.service.access
    visitor = await asyncio.to_thread(_visitor, access, scope, headers)
    state["person"], state["session"] = visitor.person, visitor.session


async def leave(scope: Scope, status: int) -> None:
    """Keeps what was done, where the audit trail keeps such things; routes say more by `note`."""
    state = scope.get("state", {})
    action = AUDITED.get(state.get("route", ""))
    if action is None:
        return
    outcome = "done" if status < 400 else OUTCOMES.get(status, "failed")
    target = state.get("target") or next(iter(scope.get("path_params", {}).values()), None)
    audit = scope["app"].state.service.access.audit
    told = None if target is None else str(target)[:200]
    await asyncio.to_thread(audit.write, state["person"], action, told, outcome, state.get("detail"))


def address_of(scope: Mapping[str, Any]) -> str:
    return str((scope.get("client") or ("unknown",))[0])


def is_upload(headers: Headers) -> bool:
    return headers.get("content-type", "").startswith("multipart/form-data")


def _visitor(access: Access, scope: Scope, headers: Headers) -> Visitor:
    locked, address = access.door.is_locked(), address_of(scope)
    if locked:
        access.limits.from_address(address)
        access.limits.sign_in_may(address, key_in(headers))
    visitor = access.door.visitor(headers, scope["scheme"] == "https")
    if visitor.tried and not visitor.is_known:
        access.limits.sign_in_failed(address)
    is_open = scope["path"].startswith(OPEN_PATHS)
    if not visitor.is_known:
        if not is_open:
            raise KeyRequiredError
        return visitor
    if visitor.session is not None and scope["method"] not in SAFE and not is_open:
        _refuse_the_silent(visitor, headers)
    if locked:
        access.limits.by_person(visitor.person.id, scope["method"], scope["path"], _upload_bytes(access, headers))
    return visitor


def _refuse_the_silent(visitor: Visitor, headers: Headers) -> None:
    """A browser that sends its cookie says where the request comes from; else its form's token must come along."""
    says = "origin" in headers or "sec-fetch-site" in headers
    token = headers.get("x-csrf-token", "")
    if not says and not (visitor.session and same(token, visitor.session.csrf)):
        raise CrossSiteError


def _upload_bytes(access: Access, headers: Headers) -> int:
    """What an upload says it weighs; one that does not say counts as the largest."""
    if not is_upload(headers):
        return 0
    length = headers.get("content-length", "")
    most: int = getattr(access.settings, "max_upload_mb", 500) * 1_000_000
    return min(int(length), most) if length.isdigit() else most
