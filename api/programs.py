"""What other programs ask of the assistant, by chat completions or by the Model Context Protocol."""

import threading
from collections.abc import Callable
from typing import Protocol

from api.access.person import Person
from api.schemas import AnswerOut, AskIn
from api.telemetry.tools import Telemetry
from assistant.assistant import Assistant
from assistant.case_data import CaseDataGuard
from assistant.examples import Gallery
from ingest.library import Library
from ingest.programme import Programme

OnEvent = Callable[[str, object], None]


class Parts(Protocol):
    """The running service, or a library that a command has opened for looking."""

    @property
    def programme(self) -> Programme: ...
    @property
    def library(self) -> Library: ...
    @property
    def assistant(self) -> Assistant: ...
    @property
    def gallery(self) -> Gallery: ...
    @property
    def guard(self) -> CaseDataGuard: ...
    @property
    def telemetry(self) -> Telemetry: ...


def replied(
    parts: Parts, asked: AskIn, person: Person, on_event: OnEvent | None, leaving: threading.Event | None
) -> AnswerOut:
    """The answer for a program, of what this person sees. It keeps its own conversations: nothing is kept here."""
    with parts.telemetry.asking(on_event) as hearing:
        guard = parts.guard.seen_by(person.collections)
        guard.check(asked.question, asked.insist)
        question = guard.discreet(asked.value(()))
        out = AnswerOut.of(parts.assistant.ask(question, hearing.hear, leaving, person.collections), None, None)
        hearing.done(out)
        return out


def organisations(programme: Programme) -> frozenset[str]:
    """Names that are known to be no person's, for references."""
    return frozenset(name for one in (*programme.partners, *programme.councils) for name in one.names)
