"""An answer as server-sent events: question, evidence, delta …, then done or error, always.

While a language model writes there are `progress` events too; `reset` takes back the deltas shown, when it fails and
the quotes answer after all.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

from fastapi import Request
from fastapi.sse import ServerSentEvent

from api.errors import StoppingError, problem
from api.schemas import AnswerOut, PassageOut, StatementOut
from api.service import OnEvent
from api.stopping import STOPPING
from assistant.present import as_paragraph

logger = logging.getLogger(__name__)

LAST = ("done", "error")
LOOKS_EVERY = 0.5  # seconds: whether the reader is still there
Leaving = threading.Event


# Answers that wait for a language model must not keep others waiting, who only want a thread for a moment
_THREADS = ThreadPoolExecutor(max_workers=64, thread_name_prefix="answer")


T = TypeVar("T")


async def apart(work: Callable[[], T]) -> T:
    """Does `work` in a thread of its own; whoever is cancelled meanwhile does not stop it."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, copy_context().run, work)


async def whole(answer: Callable[[Leaving], AnswerOut], request: Request) -> AnswerOut:
    """Runs `answer` in a thread of its own, and tells it when the reader has left."""
    leaving = threading.Event()
    running = asyncio.get_running_loop().run_in_executor(_THREADS, copy_context().run, answer, leaving)
    while not (await asyncio.wait({running}, timeout=LOOKS_EVERY))[0]:
        if not leaving.is_set() and (STOPPING.hurries or await request.is_disconnected()):
            leaving.set()
        if STOPPING.is_over:
            raise StoppingError
    return await running


async def stream(answer: Callable[[OnEvent, Leaving], AnswerOut]) -> AsyncIterator[ServerSentEvent]:
    """Runs `answer` in a thread of its own: a reader who leaves does not stop it, and it is kept.

    It is told of that, so that it need not wait for a language model that nobody waits for.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[ServerSentEvent] = asyncio.Queue()
    leaving = threading.Event()

    def send(event: ServerSentEvent) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(queue.put_nowait, event)

    here = copy_context()  # log lines and spans of the thread belong to this request
    running = loop.run_in_executor(_THREADS, here.run, _work, lambda events: answer(events, leaving), send)
    try:
        while True:
            event = await _next(queue, leaving)
            yield event
            if event.event in LAST:
                break
        if not STOPPING.is_over:
            await running
    finally:
        leaving.set()


async def _next(queue: asyncio.Queue[ServerSentEvent], leaving: Leaving) -> ServerSentEvent:
    """The next event; when the service is being stopped and this one does not end, the last."""
    coming = asyncio.ensure_future(queue.get())
    try:
        while not (await asyncio.wait({coming}, timeout=LOOKS_EVERY))[0]:
            if STOPPING.hurries:
                leaving.set()
            if STOPPING.is_over:
                return ServerSentEvent(event="error", data=problem(StoppingError()))
        return coming.result()
    finally:
        coming.cancel()


def _work(answer: Callable[[OnEvent], AnswerOut], send: Callable[[ServerSentEvent], None]) -> None:
    events = _Events(send)
    try:
        out = answer(events)
    except Exception as error:
        # An exception after the first event would cut the stream without a word.
        body = problem(error)
        if body["status"] >= 500:
            logger.exception("A question failed")
        send(ServerSentEvent(event="error", data=body))
    else:
        send(ServerSentEvent(event="done", data=out))


class _Events:
    """Turns what the assistant tells into events; the first carries the conversation's id and the line on top."""

    def __init__(self, send: Callable[[ServerSentEvent], None]) -> None:
        self._send = send
        self._conversation = ""
        self._safety: str | None = None
        self._begun = False

    def __call__(self, name: str, value: Any) -> None:
        if name == "conversation":
            self._conversation = value
        elif name == "safety":
            self._safety = value
        elif name == "question":
            data = {
                "standalone_question": value,
                "conversation_id": self._conversation,
                "safety": self._safety,
            }
            self._send(ServerSentEvent(event="question", data=data))
        elif name == "evidence":
            self._send(ServerSentEvent(event="evidence", data=_evidence(value)))
        elif name == "statement":
            row = StatementOut.model_validate(value, from_attributes=True)
            self._send(self._delta(as_paragraph(value), statement=row.model_dump()))
        elif name == "progress":
            self._send(ServerSentEvent(event="progress", data={"stage": value}))
        elif name == "reset":
            self._begun = False
            self._send(ServerSentEvent(event="reset", data={"reason": value}))
        elif name == "note":
            self._send(self._delta(value, note=value))

    def _delta(self, text: str, **told: Any) -> ServerSentEvent:
        """Deltas laid end to end are the answer."""
        gap = "\n\n" if self._begun else ""
        self._begun = True
        return ServerSentEvent(event="delta", data={"text": f"{gap}{text}", **told})


def _evidence(passages: Sequence[Any]) -> dict[str, Any]:
    return {"passages": [PassageOut.of_passage(passage).model_dump(mode="json") for passage in passages]}
