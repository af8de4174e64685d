"""Server-sent events as bytes, for a route that answers either with them or with JSON."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import Request
from fastapi.sse import KEEPALIVE_COMMENT, ServerSentEvent, format_sse_event

PING_EVERY = 15.0  # seconds: proxies cut a stream that is silent for a minute
_Queue = asyncio.Queue["bytes | Exception | None"]


async def wire(chunks: AsyncIterator[ServerSentEvent]) -> AsyncIterator[bytes]:
    """With a comment now and then while nothing is told. A reader who leaves ends `chunks` too."""
    queue: _Queue = asyncio.Queue()
    task = asyncio.create_task(_fill(queue, chunks))
    try:
        while True:
            try:
                piece = await asyncio.wait_for(queue.get(), PING_EVERY)
            except TimeoutError:
                yield KEEPALIVE_COMMENT
                continue
            if isinstance(piece, Exception):
                raise piece
            if piece is None:
                return
            yield piece
    finally:
        task.cancel()


async def _fill(queue: _Queue, chunks: AsyncIterator[ServerSentEvent]) -> None:
    try:
        async for event in chunks:
            queue.put_nowait(_bytes(event))
        queue.put_nowait(None)
    except Exception as error:
        queue.put_nowait(error)


def _bytes(event: ServerSentEvent) -> bytes:
    data: Any = event.raw_data if event.raw_data is not None else json.dumps(event.data)
    return format_sse_event(data_str=data)


def host_of(request: Request) -> str:
    """As links to this service begin, `https://assistant.example`: the public address, else the one it was asked at."""
    public: str | None = request.app.state.service.access.settings.public_url
    return public or str(request.base_url).rstrip("/")
