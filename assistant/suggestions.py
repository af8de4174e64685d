"""Questions to begin with: each was put to the assistant first, and none is offered that it cannot answer."""

import threading
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.assistant import Assistant
from assistant.facets import DIMENSIONS, FacetCounter, Facets
from assistant.types import NOTHING_MORE, Filters, Question, Sight
from ingest.collections import OPEN_TITLE
from ingest.errors import IngestError
from ingest.library import Library
from ingest.programme import Entity, Programme
from ingest.records import OPEN_NAME

OFFERED = 8  # with filters, where each must be tried while a person waits
SURE = 0.5  # the calibrated chance that the documents answer, from which a question is offered
KEPT = 200  # sets of filters
COUNTERS_KEPT = 8
_OF_MODEL = (
    "What is {name}?",
    "Which councils took on {name}?",
)
_OF_COUNCIL = (
    "What did {name} do?",
    "When did {name} begin?",
    "What has changed in {name}?",
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    models: frozenset[str] = frozenset()
    adopters: frozenset[str] = frozenset()


class Suggestions:
    """Safe to share between threads; what was found is kept until the library changes."""

    def __init__(self, assistant: Assistant, library: Library, programme: Programme) -> None:
        self._assistant, self._library, self._programme = assistant, library, programme
        self._trying, self._counting = threading.Lock(), threading.Lock()
        self._stopped = threading.Event()
        self._counters: dict[Hashable, FacetCounter] = {}  # by what is seen
        self._found: dict[tuple[str, Filters], tuple[str, ...]] = {}

    def stop(self) -> None:
        self._stopped.set()

    def facets(self, filters: Filters, sight: Sight = None) -> Facets:
        """Never waits for questions that are being tried. Raises LibraryError."""
        view, titles = self._library.seen_by(sight), self._titles(sight)
        key = (view.part().key, tuple(titles.items()))
        with self._counting:
            if key not in self._counters:
                if len(self._counters) >= COUNTERS_KEPT:
                    self._counters.clear()
                self._counters[key] = FacetCounter(view, self._programme, titles)
            return self._counters[key].count(filters)

    def _titles(self, sight: Sight) -> dict[str, str]:
        return {OPEN_NAME: OPEN_TITLE} | {one.name: one.title for one in self._library.collections.known(sight)}

    def known(self, filters: Filters, sight: Sight = None) -> tuple[str, ...]:
        """What is known already, without waiting for anything."""
        return self._found.get((self._library.seen_by(sight).part().key, filters), ())

    def offer(self, filters: Filters, sight: Sight = None) -> tuple[str, ...]:
        """Questions that the assistant answers under these filters; of all the library, every one of the programme's.

        May take a second, the first time. Raises LibraryError.
        """
        part = self._library.seen_by(sight).part()
        key = (part.key, filters)
        with self._trying:
            if key not in self._found:
                found = self._try(filters, sight) if part.documents else ()
                if self._stopped.is_set():
                    return found
                if len(self._found) >= KEPT:
                    self._found.clear()
                self._found[key] = found
            return self._found[key]

    def _try(self, filters: Filters, sight: Sight) -> tuple[str, ...]:
        found: list[str] = []
        for candidate in _candidates(self._programme, filters):
            if self._stopped.is_set() or (filters != Filters() and len(found) == OFFERED):
                break
            if candidate.text not in found and self._answers(candidate.text, filters, sight):
                found.append(candidate.text)
        return tuple(found)

    def _answers(self, text: str, filters: Filters, sight: Sight) -> bool:
        answer = self._assistant.ask(Question(text, filters=filters, answerer="quotes"), sight=sight)
        return answer.status == "answered" and not answer.notes and (answer.confidence or 0.0) >= SURE

    def prepare(self) -> None:
        """Finds out in the background what the first page will offer: to who sees all, and who sees what is open."""
        try:
            self.offer(Filters())
            self.offer(Filters(), NOTHING_MORE)
        except IngestError:
            return  # whoever asks for them will be told


def _candidates(programme: Programme, filters: Filters) -> Iterator[_Candidate]:
    """The programme's own questions, those about what is chosen first; then made ones about what is chosen."""
    own = [_of_programme(row) for row in programme.raw.get("questions", [])]
    chosen = {name: set(getattr(filters, name)) for name in DIMENSIONS}
    about = [one for one in own if one.models & chosen["models"] or one.adopters & chosen["adopters"]]
    if chosen["adopters"]:
        about = [one for one in about if one.adopters & chosen["adopters"]]
    yield from about
    for entity, patterns in _named(programme, chosen):
        for pattern in patterns:
            yield _Candidate(pattern.format(name=entity.name))
    if not chosen["models"] and not chosen["adopters"]:
        yield from own
        if filters != Filters():
            for model in programme.models:
                yield from (_Candidate(pattern.format(name=model.name)) for pattern in _OF_MODEL)


def _named(programme: Programme, chosen: Mapping[str, set[str]]) -> Iterator[tuple[Entity, tuple[str, ...]]]:
    yield from ((entity, _OF_COUNCIL) for entity in programme.councils if entity.id in chosen["adopters"])
    if not chosen["adopters"]:
        yield from ((entity, _OF_MODEL) for entity in programme.models if entity.id in chosen["models"])


def _of_programme(row: Mapping[str, Any]) -> _Candidate:
    return _Candidate(row["text"], frozenset(row.get("models", ())), frozenset(row.get("adopters", ())))
