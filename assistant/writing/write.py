"""A language model's answer, statement by statement: nothing is told before documents have proven it."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.cite import Citations
from assistant.errors import EndpointError, EndpointReplyError
from assistant.merge import Look
from assistant.present import letters_of
from assistant.settings import AssistantSettings
from assistant.types import Statement
from assistant.writing.context import PromptPassage, choose_passages
from assistant.writing.endpoint import REPLY, Endpoint, Found
from assistant.writing.prompts import messages, response_format
from assistant.writing.replies import Draft, ReplyReader
from assistant.writing.verify import Verdict, Witness, verify

logger = logging.getLogger(__name__)

FRAME = 250  # tokens around question and passages
Tell = Callable[[str, object], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What the documents proved of a model's reply; `failure` says why the quotes should answer instead."""

    statements: tuple[Statement, ...]
    withdrawn: int
    model: str
    failure: str | None = None


@dataclass(slots=True)
class Writer:
    """Safe to share between threads."""

    endpoint: Endpoint

    @classmethod
    def of(cls, settings: AssistantSettings) -> "Writer | None":
        """None where no language model is set up."""
        return cls(Endpoint(settings)) if settings.llm_base_url else None

    def write(
        self, question: str, looks: Sequence[Look], citations: Citations, tell: Tell, leaving: threading.Event
    ) -> Written:
        """Never raises for what the model or its service does wrong: `failure` tells."""
        made = _Made(citations, tell)
        counts, name = self.endpoint.counts, ""
        counts["asked"] += 1
        try:
            found = self.endpoint.look()
            name = found.name
            self._fill(made, question, looks, found, leaving)
        except EndpointError as error:
            counts[type(error).__name__] += 1
            logger.info("The quotes answer: %s", error)
            return Written((), made.withdrawn, name, str(error))
        counts["withdrawn"] += made.withdrawn
        if leaving.is_set():
            counts["left"] += 1
            made.silence = "The language model was stopped."
        if not made.statements:
            counts["unproven"] += 1
            return Written((), made.withdrawn, name, made.silence)
        counts["answered"] += 1
        return Written(tuple(made.statements), made.withdrawn, name)

    def _fill(
        self, made: "_Made", question: str, looks: Sequence[Look], found: Found, leaving: threading.Event
    ) -> None:
        made.tell("progress", "reading")
        shelf = made.citations.shelf
        room = found.window - REPLY - FRAME
        passages = choose_passages(looks, shelf, room, lambda text: self.endpoint.count(f"{question}\n\n{text}"))
        reader = ReplyReader()
        pieces = self.endpoint.stream(lambda schema: messages(question, passages, schema), response_format(), leaving)
        for draft in _drafts(reader, pieces, made.tell):
            made.add(draft, passages)
        if reader.is_web_page:
            raise EndpointReplyError("The language model's address answers with a web page.")
        if reader.is_empty and not leaving.is_set():
            raise EndpointReplyError("The language model's reply was empty.")


def _drafts(reader: ReplyReader, pieces: Iterator[str], tell: Tell) -> Iterator[Draft]:
    for number, piece in enumerate(pieces):
        if number == 0:
            tell("progress", "writing")
        yield from reader.feed(piece)
        if reader.is_too_long:
            return  # leaving the loop ends the request
    yield from reader.finish()


@dataclass(slots=True)
class _Made:
    """Statements as they are proven, told at once."""

    citations: Citations
    tell: Tell
    statements: list[Statement] = field(default_factory=list)
    seen: set[Draft] = field(default_factory=set)
    withdrawn: int = 0
    silence: str = "The language model found no answer in the passages."

    def add(self, draft: Draft, passages: Sequence[PromptPassage]) -> None:
        if draft in self.seen:  # a model that has lost its way says one thing over and over
            return
        self.seen.add(draft)
        self.silence = "The documents did not prove what the language model wrote."
        verdict = verify(draft.text, witnesses_of(draft, passages), self.citations.shelf)
        statement = self._stated(draft, verdict) if verdict.supported else None
        if statement is None:
            self.withdrawn += 1
            logger.debug("Withdrawn (%s): %s", verdict.reason, draft.text)
        elif statement.text not in {one.text for one in self.statements}:
            self.statements.append(statement)
            self.tell("statement", statement)

    def _stated(self, draft: Draft, verdict: Verdict) -> Statement | None:
        """With the quotes that prove it; None when one of them cannot be found again on its page."""
        numbers: list[int] = []
        for witness in verdict.witnesses:
            added = self.citations.add(witness.stored, witness.unit.own_spans)
            if added is None:
                return None
            numbers += added
        said = {letters_of(witness.unit.text.lower()) for witness in verdict.witnesses}
        verbatim = letters_of(draft.text.lower()) in said
        text = draft.text if draft.text.endswith((".", "!", "?", "”", '"', ")")) else f"{draft.text}."
        return Statement(
            text,
            tuple(dict.fromkeys(numbers)),
            support="verbatim" if verbatim else "verified",
            working=verdict.working,
        )


def witnesses_of(draft: Draft, passages: Sequence[PromptPassage]) -> list[Witness]:
    """The units of the passages that a draft names; of all that the model was given where it names none."""
    named = [passage for passage in passages if passage.number in draft.passages]
    given = named if draft.passages else passages
    return [Witness(passage.stored, unit) for passage in given for unit in passage.units]
