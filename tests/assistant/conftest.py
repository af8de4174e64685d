from collections.abc import Callable
from functools import cache

import pytest

from assistant.assistant import Assistant
from assistant.knowledge import Knowledge
from assistant.shelf import Shelf, open_shelf
from assistant.types import Answer, Question, Turn
from ingest.library import Library
from ingest.programme import Programme

Converse = Callable[..., Answer]


@pytest.fixture(scope="session")
def shelf(corpus_library: Library, programme: Programme) -> Shelf:
    return open_shelf(corpus_library, programme)


@pytest.fixture(scope="session")
def knowledge(shelf: Shelf) -> Knowledge:
    return shelf.knowledge


@pytest.fixture(scope="session")
def converse(corpus_assistant: Assistant) -> Converse:
    """Asks the turns of a conversation one after the other, and returns the last answer; each is asked once."""

    @cache
    def ask(*turns: str) -> Answer:
        history: list[Turn] = []
        for number, turn in enumerate(turns[:-1], 1):
            history += [Turn("user", turn), Turn("assistant", ask(*turns[:number]).answer)]
        return corpus_assistant.ask(Question(turns[-1], tuple(history)))

    return ask
