"""Who may read the metrics without being asked who they are: programs of this machine, where a setting says so."""

from collections.abc import Mapping
from typing import Any

from fastapi import Response
from fastapi.concurrency import run_in_threadpool
from fastapi.datastructures import Headers
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from api.security import ASGIApp, Receive, Scope, Send, allowed_hosts, host_name
from api.settings import Settings, is_loopback

PATH = "/metrics"


class MetricsDoor:
    """Stands before the guard, and answers those whom the guard need not ask. All others it lets go on to the guard."""

    def __init__(self, app: ASGIApp, settings: Settings, registry: CollectorRegistry) -> None:
        self._app, self._settings, self._registry = app, settings, registry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and may_read_unasked(self._settings, scope):
            answer = await run_in_threadpool(as_text, self._registry)
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def as_text(registry: CollectorRegistry) -> Response:
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


def may_read_unasked(settings: Settings, scope: Mapping[str, Any]) -> bool:
    """From this machine, and under a name that it goes by: a page in its browser must not be led here by another."""
    client, hosts = scope.get("client"), allowed_hosts(settings)
    named = host_name(Headers(raw=scope["headers"]).get("host", ""))
    return (
        settings.metrics == "loopback"
        and scope["path"] == PATH
        and scope["method"] == "GET"
        and client is not None
        and is_loopback(str(client[0]))
        and (is_loopback(named) if hosts is None else named in hosts)
    )
