"""The answer path, on one page: question → standalone question → chunks → sentences → choice → citations → answer."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np

from assistant.answerers import BY_WORDS, NO_WRITER, found_by_words, phrase, quote
from assistant.case_data import unmarked
from assistant.cite import cite
from assistant.concern import Concerns
from assistant.conversation import merged, stand_alone
from assistant.errors import QuestionError
from assistant.merge import Look, alternate, limited
from assistant.parts import Part, take_apart
from assistant.pasted import lead_question
from assistant.question import Query, understand
from assistant.rank import rank_units
from assistant.refusal import refusal
from assistant.refuse import confidence
from assistant.retrieve import Hit, retrieve
from assistant.shelf import Shelf
from assistant.shelves import ShelfKeeper
from assistant.times import Calendar
from assistant.types import Answer, Citation, Filters, Passage, Question, Sight, Timings
from assistant.writing.write import Writer
from ingest.errors import RemovedError, UnknownDocumentError
from ingest.library import Library
from ingest.programme import Programme
from ingest.types import Span

MAX_QUESTION = 2000  # characters
PASSAGES = 8
ATTEMPTS = 5
OnEvent = Callable[[str, object], None]
T = TypeVar("T")
Vectors = Mapping[str, "np.ndarray"]  # of texts that have been embedded already


class Assistant:
    """Answers from a library; safe to share between threads."""

    def __init__(self, library: Library, programme: Programme, writer: Writer | None = None) -> None:
        self._library, self._programme, self.writer = library, programme, writer
        self._keeper = ShelfKeeper(library, programme)
        self._concerns = Concerns(programme, library)

    def warm(self) -> None:
        """Loads what the first question would wait for."""
        self._library.warm()
        self._keeper.shelf()

    def shelf(self, sight: Sight = None) -> Shelf:
        """The library of this moment, as answers to somebody with this sight use it."""
        return self._keeper.shelf(sight)

    def whole_shelf(self) -> Shelf:
        """With what stands aside, for what is derived of each document by itself."""
        return self._keeper.whole()

    def ask(
        self,
        question: Question,
        on_event: OnEvent | None = None,
        leaving: threading.Event | None = None,
        sight: Sight = None,
    ) -> Answer:
        """The whole path, from what `sight` sees. Raises QuestionError, and LibraryError when it cannot be read.

        When `leaving` is set, a language model is not waited for: what it wrote that is proven stays, or the quotes.
        """
        left, tell = leaving or threading.Event(), on_event or _nobody
        heard = self._concerns.hear(question.text)
        if heard.line:
            tell("safety", heard.line)
        with self._keeper.quiet.broken():
            answered = _steadily(lambda: self._ask(question, heard.vectors, tell, left, sight))
        return replace(answered, safety=heard.line)

    def search(
        self, query: str, filters: Filters | None = None, limit: int = 10, sight: Sight = None
    ) -> tuple[Passage, ...]:
        """The best passages for some words, best first. Raises QuestionError."""
        with self._keeper.quiet.broken():
            return _steadily(lambda: self._search(query, filters or Filters(), limit, sight))

    def _ask(self, question: Question, vectors: Vectors, tell: OnEvent, left: threading.Event, sight: Sight) -> Answer:
        clock = _Clock(tell)
        text = lead_question(_checked(question.text), self._programme)
        shelf = self._keeper.shelf(sight)
        calendar = Calendar(shelf)
        standalone = stand_alone(text, question.history, self._programme, tuple(shelf.documents.values()))
        tell("question", standalone.shown)
        filters = merged(question.filters, standalone.filters)
        parts = take_apart(standalone.text, standalone.subject, self._programme, shelf.editions)
        queries = [understand(part.text, shelf.knowledge, part.subject) for part in parts]
        small_talk = queries[0].small_talk or standalone.courtesy
        clock.mark("question")

        looks = [] if small_talk else _looks(parts, queries, vectors, filters, shelf)
        passages = alternate([_passages(look.hits, look.ranked, shelf) for look in looks], PASSAGES)
        tell("evidence", passages)
        clock.mark("retrieve")

        quoted = quote(looks, shelf, calendar)
        if len(looks) > 1 and not quoted.statements:  # halves may find less than the whole
            looks = [self._look_whole(standalone.text, standalone.subject, filters, shelf)]
            quoted = quote(looks, shelf, calendar)
        given = phrase(quoted, standalone.shown, looks, self._writer_for(question), shelf, tell, left)
        clock.mark("answer")
        return Answer(
            status="answered" if given.statements else "no_evidence",
            answer=given.markdown if given.statements else _refused(small_talk, passages, queries, looks, shelf),
            statements=given.statements,
            citations=given.citations if given.statements else (),
            passages=passages,
            standalone_question=standalone.shown,
            answerer=given.answerer,
            model=given.model,
            timings=clock.timings(),
            notes=given.notes,
            confidence=max((confidence(look.ranked, bool(quoted.statements)) for look in looks), default=0.0),
            fallback=given.fallback,
            withdrawn=given.withdrawn,
        )

    def _writer_for(self, question: Question) -> Writer | str | None:
        """Who phrases the answer; a sentence where somebody was asked for who is not there."""
        if question.answerer == "quotes":
            return None
        return self.writer or (NO_WRITER if question.answerer == "llm" else None)

    def _look_whole(self, text: str, subject: tuple[str, ...], filters: Filters, shelf: Shelf) -> Look:
        query = understand(text, shelf.knowledge, subject)
        return _look(Part(text, subject), query, shelf.library.embed([query.text])[0], filters, shelf)

    def _search(self, query: str, filters: Filters, limit: int, sight: Sight) -> tuple[Passage, ...]:
        shelf = self._keeper.shelf(sight)
        understood = understand(_checked(query), shelf.knowledge)
        vector = shelf.library.embed([understood.text])[0]
        hits = retrieve(understood, vector, shelf, filters, limit)
        return tuple(p for n, hit in enumerate(hits, 1) if (p := _passage(n, hit, shelf, hits[0].score)) is not None)


def _refused(
    small_talk: bool, passages: Sequence[Passage], queries: Sequence[Query], looks: Sequence[Look], shelf: Shelf
) -> str:
    sentence = refusal(small_talk, passages, queries, shelf)
    return f"{sentence}\n\n{BY_WORDS}" if found_by_words(looks) else sentence


def _looks(
    parts: Sequence[Part], queries: Sequence[Query], vectors: Vectors, filters: Filters, shelf: Shelf
) -> list[Look]:
    new = [query.text for query in queries if query.text not in vectors]
    made = {**vectors, **dict(zip(new, shelf.library.embed(new), strict=True))} if new else vectors
    return [_look(part, query, made[query.text], filters, shelf) for part, query in zip(parts, queries, strict=True)]


def _look(part: Part, query: Query, vector: "np.ndarray", filters: Filters, shelf: Shelf) -> Look:
    """What the library holds for one part of a question: the chunks, then their sentences."""
    hits = retrieve(query, vector, shelf, limited(filters, part), limit=30)
    return Look(part, query, hits, rank_units(query, vector, hits, shelf))


def _steadily(found: Callable[[], T]) -> T:
    """Once more from the beginning when a document was removed between being found and being cited."""
    for _ in range(ATTEMPTS - 1):
        try:
            return found()
        except (RemovedError, UnknownDocumentError):
            continue
    return found()


def _checked(text: str) -> str:
    text = " ".join(unmarked(text).encode("utf-8", "replace").decode("utf-8").split())
    if not text:
        raise QuestionError("Type a question first: there is nothing to look for yet.")
    if len(text) > MAX_QUESTION:
        raise QuestionError(
            f"This question has {len(text):,} characters; the limit is {MAX_QUESTION:,}. "
            "Shorten it to what you want to know."
        )
    return text


def _passages(hits: Sequence[Hit], ranked: Sequence[Any], shelf: Shelf) -> tuple[Passage, ...]:
    """The chunks behind the best sentences first, then the best of the rest."""
    order: dict[int, float] = {}
    for candidate in ranked:
        order.setdefault(candidate.stored.id, candidate.score)
    by_id = {hit.stored.id: hit for hit in hits}
    ids = [*order, *(i for i in by_id if i not in order)][:PASSAGES]
    best = max(order.values(), default=1.0) or 1.0
    made = [_passage(n, by_id[i], shelf, 1.0, order.get(i, 0.0) / best) for n, i in enumerate(ids, 1) if i in by_id]
    return tuple(p for p in made if p is not None)


def _passage(number: int, hit: Hit, shelf: Shelf, best: float, score: float | None = None) -> Passage | None:
    spans = hit.stored.chunk.spans
    span = Span(spans[0].page, spans[0].start, spans[-1].end)
    citation: Citation | None = cite(number, hit.stored, span, shelf)
    if citation is None:
        return None
    value = hit.score / (best or 1.0) if score is None else score
    return Passage(citation, hit.stored.chunk.text, round(max(0.0, min(1.0, value)), 4))


def _nobody(_name: str, _value: object) -> None:
    return None


class _Clock:
    """Each stage is told as it ends: ("stage", (its name, milliseconds))."""

    def __init__(self, tell: OnEvent) -> None:
        self._tell = tell
        self._start = self._last = time.perf_counter()
        self._parts: dict[str, float] = {}

    def mark(self, name: str) -> None:
        now = time.perf_counter()
        self._parts[name] = 1000 * (now - self._last)
        self._last = now
        self._tell("stage", (name, self._parts[name]))

    def timings(self) -> Timings:
        return Timings(**self._parts, total=1000 * (self._last - self._start))
