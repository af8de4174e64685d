"""An answer as server-sent events: question, evidence, delta …, then done or error, always."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from fastapi.sse import ServerSentEvent

from api.errors import problem
from api.schemas import AnswerOut, PassageOut, StatementOut
from api.service import OnEvent
from assistant.present import as_paragraph

logger = logging.getLogger(__name__)

LAST = ("done", "error")


async def stream(answer: Callable[[OnEvent], AnswerOut]) -> AsyncIterator[ServerSentEvent]:
    """Runs `answer` in a thread of its own: a reader who leaves does not stop it, and it is kept."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[ServerSentEvent] = asyncio.Queue()

    def send(event: ServerSentEvent) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(queue.put_nowait, event)

    running = loop.run_in_executor(None, _work, answer, send)
    while True:
        event = await queue.get()
        yield event
        if event.event in LAST:
            break
    await running


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
    """Turns what the assistant tells into events; the first carries the conversation's id."""

    def __init__(self, send: Callable[[ServerSentEvent], None]) -> None:
        self._send = send
        self._conversation = ""
        self._begun = False

    def __call__(self, name: str, value: Any) -> None:
        if name == "conversation":
            self._conversation = value
        elif name == "question":
            data = {"standalone_question": value, "conversation_id": self._conversation}
            self._send(ServerSentEvent(event="question", data=data))
        elif name == "evidence":
            self._send(ServerSentEvent(event="evidence", data=_evidence(value)))
        elif name == "statement":
            row = StatementOut.model_validate(value, from_attributes=True)
            self._send(self._delta(as_paragraph(value), statement=row.model_dump()))
        elif name == "note":
            self._send(self._delta(value, note=value))

    def _delta(self, text: str, **told: Any) -> ServerSentEvent:
        """Deltas laid end to end are the answer."""
        gap = "\n\n" if self._begun else ""
        self._begun = True
        return ServerSentEvent(event="delta", data={"text": f"{gap}{text}", **told})


def _evidence(passages: Sequence[Any]) -> dict[str, Any]:
    return {"passages": [PassageOut.of_passage(passage).model_dump(mode="json") for passage in passages]}
