"""What the pages for new people show, made in the background for each state of the library, and kept until the next.

Nothing of it is made while somebody waits for a page: until it is there, the page says that it is being made.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from assistant.assistant import Assistant
from assistant.browse import LOOKS_EVERY, Background
from assistant.extracts.update import Extractor
from assistant.start.glossary import Entry, make_glossary
from assistant.start.paths import Path, make_paths
from assistant.start.timeline import Event, make_timeline
from assistant.types import NOTHING_MORE, Sight
from ingest.library import Library
from ingest.programme import Programme
from ingest.seen import Part

ALWAYS = (None, NOTHING_MORE)  # for whom a guide is made without being asked for
GUIDES_KEPT = 8
STILL = 20.0  # seconds without a change of the library, before a guide is made that nobody waits for
QUIET = 10.0  # seconds after the start in which the first questions have the machine to themselves
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Guide:
    """`documents` are those it was made from: it is not shown once one of them is gone. `key`: of what was seen."""

    key: str
    documents: frozenset[str]
    paths: tuple[Path, ...]
    glossary: tuple[Entry, ...]
    timeline: tuple[Event, ...]


class GuideKeeper:
    """Makes a guide when the library has been still for a while, or at once when a page asks for one.

    One for all who see the same: always for who sees all and who sees what is open, else when somebody asks.
    """

    def __init__(
        self, library: Library, assistant: Assistant, programme: Programme, ready: Callable[[], object] = lambda: None
    ) -> None:
        self._library, self._assistant, self._programme, self._ready = library, assistant, programme, ready
        self._extractor = Extractor(library, programme)
        look, lacking = self._extractor.look, self._extractor.lacking
        self._extracts = Background(library, assistant.whole_shelf, lacking, look)
        self._guides: OrderedDict[Sight, Guide | None] = OrderedDict({None: None, NOTHING_MORE: None})
        self._changed: tuple[int, float] = (-1, 0.0)  # a generation, and when it was first seen
        self._asked: set[Sight] = set()  # by somebody who has no guide until it is made
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

    def guide(self, wait: float = 0, sight: Sight = None) -> Guide | None:
        """The newest guide whose documents are all still to be seen; None while the first one is being made.

        `wait` is how many seconds to wait for the one of the library's present state.
        """
        with self._made:
            guide = self._guides.setdefault(sight, None)
            if sight not in ALWAYS:
                self._guides.move_to_end(sight)
            while len(self._guides) > GUIDES_KEPT:
                del self._guides[next(one for one in self._guides if one not in ALWAYS)]
            if wait > 0:
                self._asked.add(sight)
            self._wake.set()
            self._made.wait_for(lambda: self._present(sight) is not None or self._stop.is_set(), wait)
            guide = self._present(sight) or self._guides.get(sight)
        if guide is not None and guide.documents <= self._part(sight).documents:
            return guide
        self._asked.add(sight)
        self._wake.set()
        return None

    def is_read(self, wait: float = 0, sight: Sight = None) -> bool:
        """Whether every document that is seen has its extracts."""
        self._wake.set()
        return not self._extractor.lacking(self._assistant.shelf(sight)) or self._extracts.is_done(wait)

    def _part(self, sight: Sight) -> Part:
        return self._library.seen_by(sight).part()

    def _present(self, sight: Sight) -> Guide | None:
        """The guide of what is seen now, for whomever it was made."""
        key = self._part(sight).key
        return next((one for one in self._guides.values() if one is not None and one.key == key), None)

    def _run(self) -> None:
        self._wake.wait(QUIET)
        if not self._stop.is_set():
            self._extracts.start()
        while not self._stop.is_set():
            try:
                still = self._is_still()
                for sight in list(self._guides):
                    wanted = still or sight in self._asked or self._guides.get(sight) is None
                    if wanted and self._present(sight) is None:
                        self._make(sight)
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

    def _make(self, sight: Sight) -> None:
        self._ready()
        generation = self._library.generation
        while not self._extracts.is_done(0.5):
            if self._stop.is_set() or self._library.generation != generation:
                return
        shelf = self._assistant.shelf(sight)
        glossary, timeline = make_glossary(shelf, self._programme), make_timeline(shelf, self._programme)
        paths = make_paths(self._assistant, self._programme, lambda: self._stopped(generation), sight)
        if not self._stopped(generation):
            with self._made:
                self._asked.discard(sight)
                self._guides[sight] = Guide(shelf.key, frozenset(shelf.documents), paths, glossary, timeline)
                self._made.notify_all()

    def _stopped(self, generation: int) -> bool:
        return self._stop.is_set() or self._library.generation != generation
