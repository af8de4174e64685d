"""The protocol over HTTP, at /mcp: one request, one answer; sessions are not kept, so any process can answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from fastapi import Request
from fastapi.datastructures import Headers
from mcp.server.mcpserver import Context
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings

from api.errors import CrossSiteError, describe, problem, respond
from api.mcp.desk import Desk
from api.mcp.server import build
from api.openai.wire import host_of
from api.security import Receive, Scope, Send, own_name, refuse_foreign_site

PATH = "/mcp"
ONLY_POST = "Nothing is sent here without being asked for: send POST requests."


class McpDoor:
    """An ASGI application, for as long as `manager.run()` runs. The guard before it has checked host and key."""

    def __init__(self) -> None:
        self._server = build(_desk_of)
        self.manager: StreamableHTTPSessionManager | None = None

    def open(self) -> StreamableHTTPSessionManager:
        """A new one each time the application starts: one runs only once."""
        checked = TransportSecuritySettings(enable_dns_rebinding_protection=False)  # by the guard, and below
        self._server.streamable_http_app(stateless_http=True, transport_security=checked)
        self.manager = self._server.session_manager
        return self.manager

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            own = own_name(scope["app"].state.service.access.settings)
            refuse_foreign_site(Headers(scope=scope), own)  # whatever the method: the protocol wants it checked
        except CrossSiteError as error:
            await respond(problem(error))(scope, receive, send)
            return
        if scope["method"] != "POST":
            refusal = respond(describe(405, "http-405", ONLY_POST), {"Allow": "POST"})
            await refusal(scope, receive, send)
            return
        assert self.manager is not None, "the application has not started"
        await self.manager.handle_request(scope, receive, send)


@contextmanager
def _desk_of(ctx: Context[Any, Any]) -> Iterator[Desk]:
    request = ctx.request_context.request
    assert isinstance(request, Request)
    person, service = request.state.person, request.app.state.service
    access = service.access
    count = partial(access.limits.question, person.id) if access.door.is_locked() else None
    yield Desk(service, person, host_of(request), count)
