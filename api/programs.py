"""What other programs ask of the assistant, by chat completions or by the Model Context Protocol."""

import threading
from collections.abc import Callable
from typing import Protocol

from api.access.person import Person
from api.errors import RoleError
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
    """The answer for a program, which keeps its own conversations: nothing is kept here."""
    require_whole_sight(person)
    with parts.telemetry.asking(on_event) as hearing:
        parts.guard.check(asked.question, asked.insist)
        question = parts.guard.discreet(asked.value(()))
        out = AnswerOut.of(parts.assistant.ask(question, hearing.hear, leaving), None, None)
        hearing.done(out)
        return out


def require_whole_sight(person: Person) -> None:
    """Programs are answered from the whole library: whoever may see only some of it is refused. Raises RoleError."""
    if person.collections is not None:
        raise RoleError("Programs cannot be answered from single collections yet. Use a key that sees all.")
