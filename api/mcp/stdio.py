"""The protocol over standard input and output, for programs that start their tools themselves.

A running service is asked where there is one: it owns the library, and what it knows is up to date. Without one, the
library is opened for looking, and again when it has changed since.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import httpx2
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.server import MCPServer, Server
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

from api.access.person import LOCAL
from api.mcp.desk import Desk
from api.mcp.server import INSTRUCTIONS, build
from api.settings import Settings
from assistant.assistant import Assistant
from assistant.case_data import CaseDataGuard
from assistant.examples import Gallery
from assistant.writing.write import Writer
from ingest.library import Library
from ingest.programme import Programme, load_programme

PATIENCE = 600.0  # seconds: a language model may take its time
LOOK = 2.0


@dataclass(frozen=True, slots=True)
class Looking:
    """The parts of an assistant over a library that somebody else may own."""

    programme: Programme
    library: Library
    assistant: Assistant
    gallery: Gallery
    guard: CaseDataGuard

    @classmethod
    def at(cls, settings: Settings, programme: Programme) -> "Looking":
        library = Library.open(settings, programme, read_only=True)
        assistant = Assistant(library, programme, Writer.of(settings))
        gallery = Gallery(library, programme, assistant.shelf)
        guard = CaseDataGuard(programme, library, settings.case_data == "allow")
        return cls(programme, library, assistant, gallery, guard)


class Reader:
    """Hands out the parts; opens the library anew when it has changed, once nobody reads in the old one."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._programme = settings, load_programme()
        self._lock = threading.Lock()
        self._parts = Looking.at(settings, self._programme)
        self._generation = self._parts.library.generation

    @contextmanager
    def desk(self, _ctx: object) -> Iterator[Desk]:
        with self._lock:  # one person, one question at a time
            if self._parts.library.generation != self._generation:
                self._parts.library.close()
                self._parts = Looking.at(self._settings, self._programme)
                self._generation = self._parts.library.generation
            # Its links open once the service runs
            yield Desk(self._parts, LOCAL, f"http://{self._settings.host}:{self._settings.port}")

    def close(self) -> None:
        self._parts.library.close()


def of_library(settings: Settings) -> tuple[MCPServer[Any], Reader]:
    """Raises LibraryError where there is no library to look into."""
    reader = Reader(settings)
    return build(reader.desk), reader


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
        "programme-assistant",
        title="Programme assistant",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
    )
