"""What every request passes before a route sees it, and what every answer carries."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import HTTPException, Request, Response
from fastapi.datastructures import Headers
from fastapi.responses import RedirectResponse

from api.access.entry import SAFE, enter, is_upload, leave
from api.access.errors import AccessError
from api.access.settings import AccessSettings
from api.errors import ApiError, CrossSiteError, KeyRequiredError, UnknownHostError, problem, respond
from api.problem_page import FOR_PROGRAMS
from api.settings import Settings
from ingest.errors import IngestError

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]

JSON_LIMIT = 2_000_000
MB = 1_000_000

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_RAW_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


class Guard:
    """Refuses foreign hosts, foreign sites, unknown people and oversized bodies; adds the headers above."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._hosts = allowed_hosts(settings)
        self._own = own_name(settings)
        self._upload_limit = settings.max_upload_mb * MB

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            self._check(scope, headers)
            await enter(scope, headers)
        except (ApiError, AccessError, IngestError) as error:  # the last: the library's server is away
            await _refusal(error, scope)(scope, receive, _with_headers(send))
            return
        limit = self._upload_limit if is_upload(headers) else JSON_LIMIT
        status: list[int] = []
        try:
            await self._app(scope, _limited(receive, limit), _with_headers(send, status))
        finally:
            await leave(scope, status[0] if status else 500)

    def _check(self, scope: Scope, headers: Headers) -> None:
        name = host_name(headers.get("host", ""))
        if self._hosts is not None and name not in self._hosts:
            raise UnknownHostError
        if scope["method"] not in SAFE:
            refuse_foreign_site(headers, self._own)


def allowed_hosts(settings: Settings) -> frozenset[str] | None:
    """None lets every name in: a service on all interfaces, which its keys protect."""
    public = urlsplit(settings.public_url or "").hostname
    if settings.host in ("0.0.0.0", "::") and not settings.allowed_hosts and not public:
        return None
    known = {"127.0.0.1", "localhost", "::1", settings.host.strip("[]"), *settings.allowed_hosts}
    return frozenset(known | ({public} if public else set()))


def own_name(settings: AccessSettings) -> str:
    """The public name, where one is set: a browser's requests come from there, whatever a proxy asks us under."""
    return urlsplit(settings.public_url or "").netloc


def host_name(header: str) -> str:
    """The name in a Host header, without its port and brackets."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def refuse_foreign_site(headers: Headers, own: str = "") -> None:
    """Browsers say where a request comes from; programs say nothing and are let through.

    `own` is the public name: a proxy may ask under another.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        raise CrossSiteError
    if origin is not None and urlsplit(origin).netloc not in (headers.get("host"), own or None):
        raise CrossSiteError


def _refusal(error: Exception, scope: Scope) -> Response:
    wants_page = scope["method"] == "GET" and not scope["path"].startswith(FOR_PROGRAMS)
    if isinstance(error, KeyRequiredError) and wants_page:
        wanted = scope["path"] + (f"?{query}" if (query := scope["query_string"].decode("latin-1")) else "")
        return RedirectResponse("/sign-in" if wanted == "/" else f"/sign-in?to={quote(wanted, safe='')}", 303)
    return respond(problem(error), getattr(error, "headers", None), Request(scope))


def _limited(receive: Receive, limit: int) -> Receive:
    """Stops reading a body that grows beyond `limit` bytes."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise HTTPException(413, headers={"Connection": "close"})
        return message

    return counted


def _with_headers(send: Send, status: list[int] | None = None) -> Send:
    """Puts the answer's status into `status` when it begins."""

    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            if status is not None:
                status.append(message["status"])
            given = {name.lower() for name, _ in message["headers"]}
            missing = [(name, value) for name, value in _RAW_HEADERS if name not in given]
            message["headers"] = [*message["headers"], *missing]
        await send(message)

    return wrapped
