"""Two ways from what was found to an answer: quotes, and a language model's words that the same documents prove."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.cite import Citations
from assistant.merge import Look, answer_parts
from assistant.present import as_markdown
from assistant.shelf import Shelf
from assistant.times import Calendar
from assistant.types import Answerer, Citation, Statement
from assistant.writing.write import Writer

NO_WRITER = "No language model is set up here."
BY_WORDS = "The search by meaning is away at the moment: this was found by its words alone, and more may be there."
Tell = Callable[[str, object], None]


@dataclass(frozen=True, slots=True)
class Given:
    """An answer's statements with their citations, and who gave it; `fallback` and `withdrawn` as in `Answer`."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    notes: tuple[str, ...] = ()
    answerer: Answerer = "quotes"
    model: str | None = None
    fallback: str | None = None
    withdrawn: int = 0

    @property
    def markdown(self) -> str:
        return as_markdown(self.statements, self.notes)


def quote(looks: Sequence[Look], shelf: Shelf, calendar: Calendar) -> Given:
    """The documents' own sentences."""
    citations = Citations(shelf)
    statements, notes = answer_parts(looks, shelf, calendar, citations)
    if statements and found_by_words(looks):
        notes = (*notes, BY_WORDS)
    return Given(statements, tuple(citations.made), notes)


def found_by_words(looks: Sequence[Look]) -> bool:
    """Whether the vectors were away, so that sentences in other words than the question's may be missing."""
    return any(hit.by_words for look in looks for hit in look.hits)


def phrase(
    quoted: Given,
    question: str,
    looks: Sequence[Look],
    writer: Writer | str | None,
    shelf: Shelf,
    tell: Tell,
    leaving: threading.Event,
) -> Given:
    """The writer's statements, told as they are proven; else the quotes, with the reason where a writer was asked.

    Where the quotes are silent nobody writes: a language model is no reason to answer.
    """
    if isinstance(writer, Writer) and quoted.statements:
        citations = Citations(shelf)
        told = _Told(tell, citations)
        written = writer.write(question, looks, citations, told, leaving)
        if written.failure is None:
            statements = (*written.statements, *_in_place_of(written.withdrawn, quoted, citations, told))
            _tell_notes(quoted.notes, tell)
            made = tuple(citations.made)
            return Given(statements, made, quoted.notes, "llm", written.model, None, written.withdrawn)
        if told.statements:
            tell("reset", written.failure)
        quoted = replace(quoted, fallback=written.failure, withdrawn=written.withdrawn)
    elif isinstance(writer, str):
        quoted = replace(quoted, fallback=writer)
    for statement in quoted.statements:
        tell("statement", statement)
    _tell_notes(quoted.notes, tell)
    return quoted


def _in_place_of(withdrawn: int, quoted: Given, citations: Citations, tell: Tell) -> Iterator[Statement]:
    """The documents' own sentences for what was withdrawn: as many quotes of which nothing has been quoted yet."""
    cited = {one.number: one for one in quoted.citations}
    for statement in quoted.statements:
        if withdrawn == 0:
            return
        if any(citations.overlaps(cited[number]) for number in statement.citations):
            continue
        numbers = tuple(citations.take(cited[number]) for number in statement.citations)
        agreeing = tuple(citations.take(cited[number]) for number in statement.agreeing)
        own = replace(statement, citations=numbers, agreeing=agreeing)
        tell("statement", own)
        yield own
        withdrawn -= 1


def _tell_notes(notes: Sequence[str], tell: Tell) -> None:
    for note in notes:
        tell("note", note)


class _Told:
    """Passes on what is told, each statement after the citations so far, and counts the statements."""

    def __init__(self, tell: Tell, citations: Citations) -> None:
        self._tell, self._citations, self.statements = tell, citations, 0

    def __call__(self, name: str, value: object) -> None:
        if name == "statement":
            self.statements += 1
            self._tell("citations", tuple(self._citations.made))
        self._tell(name, value)
