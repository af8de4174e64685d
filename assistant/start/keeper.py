"""What the pages for new people show, made in the background for each state of the library, and kept until the next.

Nothing of it is made while somebody waits for a page: until it is there, the page says that it is being made.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from assistant.assistant import Assistant
from assistant.browse import LOOKS_EVERY, Background
from assistant.extracts.update import Extractor
from assistant.start.glossary import Entry, make_glossary
from assistant.start.paths import Path, make_paths
from assistant.start.timeline import Event, make_timeline
from ingest.library import Library
from ingest.programme import Programme

STILL = 20.0  # seconds without a change of the library, before a guide is made that nobody waits for
QUIET = 10.0  # seconds after the start in which the first questions have the machine to themselves
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Guide:
    """`documents` are those it was made from: it is not shown once one of them is gone."""

    generation: int
    documents: frozenset[str]
    paths: tuple[Path, ...]
    glossary: tuple[Entry, ...]
    timeline: tuple[Event, ...]


class GuideKeeper:
    """Makes a guide when the library has been still for a while, or at once when a page asks for one."""

    def __init__(
        self, library: Library, assistant: Assistant, programme: Programme, ready: Callable[[], object] = lambda: None
    ) -> None:
        self._library, self._assistant, self._programme, self._ready = library, assistant, programme, ready
        extractor = Extractor(library, programme)
        self._extracts = Background(library, assistant.shelf, extractor.lacking, extractor.look)
        self._guide: Guide | None = None
        self._changed: tuple[int, float] = (-1, 0.0)  # a generation, and when it was first seen
        self._asked = False  # by somebody who has no guide until it is made
        self._wake, self._stop, self._made = threading.Event(), threading.Event(), threading.Condition()
        self._thread = threading.Thread(target=self._run, name="guide", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()
        self._extracts.stop()
        if self._thread.is_alive():
            self._thread.join(60)

    def guide(self, wait: float = 0) -> Guide | None:
        """The newest guide whose documents are all still there; None while the first one is being made.

        `wait` is how many seconds to wait for the one of the library's present state.
        """
        self._asked = self._asked or wait > 0 or self._guide is None
        self._wake.set()
        with self._made:
            self._made.wait_for(lambda: self._is_newest() or self._stop.is_set(), wait)
            guide = self._guide
        if guide is None or guide.generation == self._library.generation:
            return guide
        if guide.documents <= self._library.present():
            return guide
        self._asked = True
        self._wake.set()
        return None

    def is_read(self, wait: float = 0) -> bool:
        """Whether every document has its extracts."""
        self._wake.set()
        return self._extracts.is_done(wait)

    def _is_newest(self) -> bool:
        return self._guide is not None and self._guide.generation == self._library.generation

    def _run(self) -> None:
        self._wake.wait(QUIET)
        if not self._stop.is_set():
            self._extracts.start()
        while not self._stop.is_set():
            try:
                if not self._is_newest() and (self._guide is None or self._asked or self._is_still()):
                    self._make()
            except Exception:
                logger.exception("The pages for new people could not be made")
            self._wake.wait(LOOKS_EVERY)
            self._wake.clear()

    def _is_still(self) -> bool:
        """Whether documents have stopped coming and going: while they do, each guide would be the last for seconds."""
        generation = self._library.generation
        if self._changed[0] != generation:
            self._changed = (generation, time.monotonic())
        return time.monotonic() - self._changed[1] >= STILL

    def _make(self) -> None:
        self._ready()
        generation = self._library.generation
        while not self._extracts.is_done(0.5):
            if self._stop.is_set() or self._library.generation != generation:
                return
        shelf = self._assistant.shelf()
        glossary, timeline = make_glossary(shelf, self._programme), make_timeline(shelf, self._programme)
        paths = make_paths(self._assistant, self._programme, lambda: self._stopped(generation))
        if not self._stopped(generation):
            with self._made:
                self._asked = False
                self._guide = Guide(generation, frozenset(shelf.documents), paths, glossary, timeline)
                self._made.notify_all()

    def _stopped(self, generation: int) -> bool:
        return self._stop.is_set() or self._library.generation != generation
