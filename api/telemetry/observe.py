"""The outermost layer: every request gets its id, and metrics, log and traces are told how it went."""

import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from fastapi.datastructures import Headers
from opentelemetry.trace import Span, SpanKind

from api.telemetry.request import HEADER, About, begin, method, template
from api.telemetry.tools import Telemetry

logger = logging.getLogger("api.request")

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]
QUIET = ("/health", "/ready", "/metrics", "/static/{path}")  # asked again and again; a line each would hide the rest


class Observed:
    def __init__(self, app: ASGIApp, telemetry: Telemetry) -> None:
        self._app, self._metrics, self._traces = app, telemetry.metrics, telemetry.traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        about = begin(headers.get(HEADER))
        started = time.perf_counter()
        with self._traces.span(method(scope), SpanKind.SERVER, headers) as span:
            try:
                await self._app(scope, receive, _with_id(send, about))
            finally:
                self._tell(scope, about, time.perf_counter() - started, span)

    def _tell(self, scope: Scope, about: About, seconds: float, span: Span | None) -> None:
        named, route = method(scope), template(scope)
        is_refusal = about.problem is not None and route not in QUIET
        self._metrics.request(named, route, about.status, seconds, is_refusal)
        level = logging.DEBUG if route in QUIET else logging.INFO
        facts = {"method": named, "route": route, "status": about.status, "ms": round(1000 * seconds, 1)}
        if about.problem is not None:
            facts["problem"] = about.problem
        logger.log(level, "%s %s %d", named, route, about.status, extra={"facts": facts})
        if span is not None:
            span.update_name(f"{named} {route}")
            span.set_attribute("http.request.method", named)
            span.set_attribute("http.route", route)
            span.set_attribute("http.response.status_code", about.status)
            span.set_attribute("assistant.request_id", about.id)


def _with_id(send: Send, about: About) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            about.status = message["status"]
            message["headers"] = [*message["headers"], (HEADER.lower().encode(), about.id.encode())]
        await send(message)

    return wrapped
