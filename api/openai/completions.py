"""Answers as chat completions: whole, or chunk by chunk."""

import re
import time
import uuid
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi.sse import ServerSentEvent

from api import events
from api.errors import problem
from api.openai.errors import of_problem
from api.openai.replies import Reply, whole
from api.openai.requests import CompletionIn
from api.openai.schemas import AboutOut, ChoiceOut, CompletionMessageOut, CompletionOut, FinishReason, UsageOut
from api.schemas import AnswerOut, CitationOut, StatementOut
from api.service import OnEvent
from assistant.errors import CaseDataError

CASE_DATA = "urn:problem:case-data"
_TOKEN = re.compile(r"\w+|[^\w\s]")
Answering = Callable[[OnEvent, events.Leaving], AnswerOut]


def tokens(text: str) -> int:
    """Words and punctuation marks: the same figure whatever model there is, and none."""
    return len(_TOKEN.findall(text))


@dataclass(slots=True)
class Completion:
    """One completion on its way."""

    asked: CompletionIn
    reply: Reply
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def answered(self, answer: AnswerOut) -> CompletionOut:
        self.reply = whole(answer, self.reply.host)
        return self._out("stop", _about(answer, self.reply.cited))

    def refused(self, error: CaseDataError) -> CompletionOut:
        """Case data is no error to a person in a chat: they read what to do."""
        body = problem(error)
        self.reply.say(case_data_words(body))
        return self._out("content_filter", _of_case_data(body))

    def usage(self) -> UsageOut:
        asked = sum(tokens(message.text()) for message in self.asked.messages)
        given = tokens(self.reply.text)
        return UsageOut(prompt_tokens=asked, completion_tokens=given, total_tokens=asked + given)

    def _out(self, finish: FinishReason, about: AboutOut) -> CompletionOut:
        message = CompletionMessageOut(content=self.reply.text, annotations=self.reply.annotations())
        choice = ChoiceOut(message=message, finish_reason=finish)
        usage = self.usage()
        return CompletionOut(
            id=self.id, created=self.created, model=self.asked.model, choices=[choice], usage=usage, assistant=about
        )

    async def stream(self, answer: Answering) -> AsyncIterator[ServerSentEvent]:
        """Chunks as OpenAI sends them: a role, the text, at last the annotations and why it ends; then `[DONE]`."""
        cited = _Cited(answer)
        yield self._chunk({"role": "assistant", "content": ""})
        async for event in events.stream(cited):
            for chunk in self._told(str(event.event), event.data, cited):
                yield chunk
        yield ServerSentEvent(raw_data="[DONE]")

    def _told(self, name: str, data: Any, cited: "_Cited") -> list[ServerSentEvent]:
        reply = self.reply
        if name == "question" and data["safety"]:
            return [self._text(reply.say(data["safety"]))]
        if name == "delta":
            row = data.get("statement")
            return [self._text(reply.state(StatementOut(**row)) if row else reply.say(data["note"]))]
        if name == "reset":
            return [self._text(reply.begin_anew(data["reason"], cited.lost))]
        if name == "done":
            text = reply.end(data)
            return self._last(text, "stop", _about(data, reply.cited))
        if name == "error" and data["type"] == CASE_DATA:
            return self._last(reply.say(case_data_words(data)), "content_filter", _of_case_data(data))
        return [ServerSentEvent(data=of_problem(data))] if name == "error" else []

    def _last(self, text: str, finish: FinishReason, about: AboutOut) -> list[ServerSentEvent]:
        notes = [one.model_dump() for one in self.reply.annotations()]
        chunks = [self._text(text)] if text else []
        chunks += [self._chunk({"annotations": notes})] if notes else []
        chunks.append(self._chunk({}, finish, assistant=about.model_dump(mode="json")))
        if self.asked.wants_usage():
            chunks.append(ServerSentEvent(data=self._frame([]) | {"usage": self.usage().model_dump()}))
        return chunks

    def _text(self, text: str) -> ServerSentEvent:
        return self._chunk({"content": text})

    def _chunk(self, delta: Mapping[str, Any], finish: FinishReason | None = None, **more: Any) -> ServerSentEvent:
        choice = {"index": 0, "delta": dict(delta), "logprobs": None, "finish_reason": finish}
        return ServerSentEvent(data=self._frame([choice]) | more)

    def _frame(self, choices: list[Any]) -> dict[str, Any]:
        told = {"usage": None} if self.asked.wants_usage() else {}
        head = {"id": self.id, "object": "chat.completion.chunk", "created": self.created}
        return {**head, "model": self.asked.model, "choices": choices, **told}


class _Cited:
    """Remembers the citations of what a language model has said so far: they stay when it is given up."""

    def __init__(self, answer: Answering) -> None:
        self._answer = answer
        self._made: tuple[CitationOut, ...] = ()
        self.lost: tuple[CitationOut, ...] = ()

    def __call__(self, on_event: OnEvent, leaving: events.Leaving) -> AnswerOut:
        def listening(name: str, value: Any) -> None:
            if name == "citations":
                self._made = tuple(CitationOut.of(one) for one in value)
            elif name == "reset":
                self.lost, self._made = self._made, ()
            on_event(name, value)

        return self._answer(listening, leaving)


def case_data_words(body: Mapping[str, Any]) -> str:
    """The line on top where a child may be at risk, what was seen, and what to send instead."""
    told = " ".join(str(body[name]) for name in ("title", "detail") if body.get(name))
    instead = f"You could ask instead: “{body['edited']}”" if body.get("edited") else None
    return "\n\n".join(words for words in (body.get("safety"), told, instead) if words)


def _of_case_data(body: Mapping[str, Any]) -> AboutOut:
    return AboutOut(status="case_data", edited=body.get("edited"), safety=body.get("safety"))


def _about(answer: AnswerOut, cited: list[CitationOut]) -> AboutOut:
    fields = answer.model_dump(include=set(AboutOut.model_fields) - {"citations"})
    return AboutOut(**fields, citations=cited)
