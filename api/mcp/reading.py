"""The tools for a program that starts them itself, over a library that is opened for looking.

It is opened again when it has changed since: an index that another process wrote to is not seen by an open one.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from mcp.server import MCPServer

from api.access.person import LOCAL
from api.mcp.desk import Desk
from api.mcp.server import build
from api.settings import Settings
from api.telemetry.tools import Telemetry
from assistant.assistant import Assistant
from assistant.case_data import CaseDataGuard
from assistant.examples import Gallery
from assistant.writing.write import Writer
from ingest.library import Library
from ingest.programme import Programme, load_programme


@dataclass(frozen=True, slots=True)
class Looking:
    """The parts of an assistant over a library that somebody else may own."""

    programme: Programme
    library: Library
    assistant: Assistant
    gallery: Gallery
    guard: CaseDataGuard
    telemetry: Telemetry = field(default_factory=Telemetry)

    @classmethod
    def at(cls, settings: Settings, programme: Programme) -> "Looking":
        library = Library.open(settings, programme, read_only=True)
        assistant = Assistant(library, programme, Writer.of(settings))
        gallery = Gallery(library, programme, assistant)
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
