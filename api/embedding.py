"""The chat inside other pages: who may frame it, and what its frame shows to whoever is not signed in."""

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from api.dependencies import ServiceDep, SightDep
from api.routes.site import chat_context, page
from api.security import HEADERS, ASGIApp, Message, Receive, Scope, Send
from api.settings import Settings

SCRIPT = Path(__file__).resolve().parent / "static" / "js" / "embed.js"
FRAME, TAG = "/embed", "/embed.js"
router = APIRouter(include_in_schema=False)


@router.get(FRAME, response_class=HTMLResponse)
@router.get(FRAME + "/c/{conversation_id}", response_class=HTMLResponse)
@router.get(FRAME + "/c/{conversation_id}/{message_id}", response_class=HTMLResponse)
def embedded_chat(request: Request, service: ServiceDep, sight: SightDep) -> Response:
    """The chat page without what leads elsewhere."""
    return page(request, "chat.html", chat_context(service, sight) | {"embedded": True})


@router.get(TAG)
def embed_script() -> Response:
    """What one script tag loads; the same for everybody."""
    return FileResponse(SCRIPT, media_type="text/javascript", headers={"Cache-Control": "public, max-age=3600"})


class Embedding:
    """Stands outside of the guard, and lets the pages of `embed_origins` and our own frame the chat: nothing else.

    The guard leads strangers to the sign-in page, which no other page may frame: in the frame they are given a link
    that opens it in a window of its own.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        ancestors = " ".join(["'self'", *settings.embed_origins])
        policy = HEADERS["Content-Security-Policy"].replace("frame-ancestors 'none'", f"frame-ancestors {ancestors}")
        self._policy = (b"content-security-policy", policy.encode())
        self._may_load = b"cross-origin" if settings.embed_origins else b"same-origin"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if path == TAG:
            await self._app(scope, receive, _with_header(send, (b"cross-origin-resource-policy", self._may_load)))
        elif path == FRAME or path.startswith(f"{FRAME}/"):
            framed = _with_header(send, self._policy)
            await self._app(scope, receive, _Framed(scope, receive, framed))
        else:
            await self._app(scope, receive, send)


class _Framed:
    """Passes an answer on, unless it leads to the sign-in: then the frame says how to sign in."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._is_replaced = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            leads = dict(message["headers"]).get(b"location", b"")
            self._is_replaced = message["status"] == 401 or b"/sign-in" in leads
            if self._is_replaced:
                shown = page(Request(dict(self._scope)), "embed-sign-in.html", {}, 401)
                shown.headers.update(HEADERS)
                await shown(self._scope, self._receive, self._send)
        if not self._is_replaced:
            await self._send(message)


def _with_header(send: Send, header: tuple[bytes, bytes]) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [one for one in message["headers"] if one[0].lower() != header[0]]
            message["headers"] = [*kept, header]
        await send(message)

    return wrapped
