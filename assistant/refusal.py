"""What is said where the documents don't answer: what they do know of whom the question names is offered below."""

from collections.abc import Sequence

from assistant.conversation import SILENCE
from assistant.question import Query
from assistant.shelf import Shelf
from assistant.types import Passage
from ingest.names import find_names
from ingest.programme import Entity

GREETING = (
    "Hello. Ask about the models, the councils or what was learnt, and every sentence of the answer will name its page."
)


def refusal(small_talk: bool, passages: Sequence[Passage], queries: Sequence[Query], shelf: Shelf) -> str:
    """One sentence or two; it names a council or model only when a passage below is about it."""
    if small_talk:
        return GREETING
    if not passages:
        return f"{SILENCE}, and nothing in the library comes near the question."
    about = {i for passage in passages for i in _named_in(passage, shelf)}
    if known := [entity.name for entity in _asked(queries, shelf) if entity.id in about]:
        return f"{SILENCE}. What they do say about {_in_words(known)} is listed below, for you to judge."
    return f"{SILENCE}. The nearest passages are listed below, for you to judge."


def _asked(queries: Sequence[Query], shelf: Shelf) -> list[Entity]:
    """The councils that are asked about; the models where no council is."""
    programme = shelf.knowledge.programme
    councils = {i for query in queries for i in query.named.councils}
    models = {i for query in queries for i in query.named.models}
    return [e for e in programme.councils if e.id in councils] or [e for e in programme.models if e.id in models]


def _named_in(passage: Passage, shelf: Shelf) -> tuple[str, ...]:
    named = find_names(f"{passage.citation.article or ''} {passage.text}", shelf.knowledge.programme)
    return (*named.councils, *named.models)


def _in_words(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
