"""Standard input and output passed on to a running service, which owns the library."""

from typing import Any

import httpx
import httpx2
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    ReadResourceRequestParams,
    ReadResourceResult,
)

from api.mcp import INSTRUCTIONS, NAME, TITLE

PATIENCE = 600.0  # seconds: a language model may take its time
LOOK = 2.0


def look(url: str, key: str | None) -> int:
    """The status with which a service of ours answers there; 0 where none does."""
    try:
        answer = httpx.get(f"{url}/v1/models", headers=_headers(key), timeout=LOOK)
        known = answer.status_code != 200 or any(model["id"] == "assistant" for model in answer.json()["data"])
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError):
        return 0
    return answer.status_code if known else 0


def _headers(key: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"} if key else {}


async def forward(url: str, key: str | None) -> None:
    """Passes everything on to the service at `url`, until the input ends."""
    async with (
        httpx2.AsyncClient(headers=_headers(key), timeout=PATIENCE) as http,
        Client(streamable_http_client(f"{url}/mcp", http_client=http), cache=None) as service,
        stdio_server() as (incoming, outgoing),
    ):
        server = _forwarding(service)
        await server.run(incoming, outgoing, server.create_initialization_options())


def _forwarding(service: Client) -> Server[Any]:
    async def list_tools(_ctx: Any, _params: Any) -> ListToolsResult:
        return await service.list_tools()

    async def call_tool(_ctx: Any, params: CallToolRequestParams) -> CallToolResult:
        return await service.call_tool(params.name, params.arguments)

    async def list_resources(_ctx: Any, _params: Any) -> ListResourcesResult:
        return await service.list_resources()

    async def list_templates(_ctx: Any, _params: Any) -> ListResourceTemplatesResult:
        return await service.list_resource_templates()

    async def read_resource(_ctx: Any, params: ReadResourceRequestParams) -> ReadResourceResult:
        return await service.read_resource(str(params.uri))

    return Server(
        NAME,
        title=TITLE,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
    )
