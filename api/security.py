"""What every request passes before a route sees it, and what every answer carries."""

import hmac
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import HTTPException, Response
from fastapi.datastructures import Headers
from fastapi.responses import RedirectResponse

from api.errors import ApiError, CrossSiteError, KeyRequiredError, UnknownHostError, problem, respond
from api.settings import Settings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "assistant_session"
OPEN_PATHS = ("/health", "/ready", "/static/", "/sign-in", "/embed.js")
FOR_PROGRAMS = ("/api/", "/v1/", "/mcp")  # nobody is led from there to the sign-in page
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
    """Refuses foreign hosts, foreign sites, missing keys and oversized bodies; adds the headers above."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._keys = tuple(key.get_secret_value() for key in settings.api_keys)
        self._hosts = allowed_hosts(settings)
        self._upload_limit = settings.max_upload_mb * MB

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            self._check(scope, headers)
        except ApiError as error:
            await _refusal(error, scope)(scope, receive, _with_headers(send))
            return
        limit = self._upload_limit if _is_upload(headers) else JSON_LIMIT
        await self._app(scope, _limited(receive, limit), _with_headers(send))

    def _check(self, scope: Scope, headers: Headers) -> None:
        if self._hosts is not None and host_name(headers.get("host", "")) not in self._hosts:
            raise UnknownHostError
        if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            refuse_foreign_site(headers)
        is_open = scope["path"].startswith(OPEN_PATHS)
        if self._keys and not is_open and not has_key(headers, self._keys):
            raise KeyRequiredError


def allowed_hosts(settings: Settings) -> frozenset[str] | None:
    """None lets every name in: a service on all interfaces, which its keys protect."""
    if settings.host in ("0.0.0.0", "::") and not settings.allowed_hosts:
        return None
    return frozenset({"127.0.0.1", "localhost", "::1", settings.host.strip("[]"), *settings.allowed_hosts})


def host_name(header: str) -> str:
    """The name in a Host header, without its port and brackets."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def refuse_foreign_site(headers: Headers) -> None:
    """Browsers say where a request comes from; programs say nothing and are let through."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        raise CrossSiteError
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        raise CrossSiteError


def has_key(headers: Headers, keys: Iterable[str]) -> bool:
    """By header, or by the cookie of the sign-in page."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    given = token.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "")
    cookie = _session_cookie(headers.get("cookie", ""))
    matches = [_same(given, key) or _same(cookie, session_token(key)) for key in keys]
    return any(matches)


def session_token(key: str) -> str:
    """What the cookie holds: made from the key, and not the key."""
    return hmac.new(key.encode(), b"assistant session 1", sha256).hexdigest()


def key_matches(given: str, keys: Iterable[str]) -> bool:
    return max([_same(given, key) for key in keys], default=False)


def _session_cookie(header: str) -> str:
    try:
        cookies: SimpleCookie = SimpleCookie(header)
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


def _same(given: str, key: str) -> bool:
    return hmac.compare_digest(given.encode(), key.encode())


def _is_upload(headers: Headers) -> bool:
    return headers.get("content-type", "").startswith("multipart/form-data")


def _refusal(error: ApiError, scope: Scope) -> Response:
    wants_page = scope["method"] == "GET" and not scope["path"].startswith(FOR_PROGRAMS)
    if isinstance(error, KeyRequiredError) and wants_page:
        wanted = scope["path"] + (f"?{query}" if (query := scope["query_string"].decode("latin-1")) else "")
        return RedirectResponse("/sign-in" if wanted == "/" else f"/sign-in?to={quote(wanted, safe='')}", 303)
    return respond(problem(error))


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


def _with_headers(send: Send) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            missing = [(name, value) for name, value in _RAW_HEADERS if name not in given]
            message["headers"] = [*message["headers"], *missing]
        await send(message)

    return wrapped
