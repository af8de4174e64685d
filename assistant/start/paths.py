"""Reading paths by role: which part of the library treats each topic, and which questions about it are answered."""

import logging
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.assistant import Assistant
from assistant.shelf import Shelf
from assistant.start.headings import Reading, find_heading, reading_of
from assistant.types import Answer, Question, Sight
from ingest.programme import Programme

logger = logging.getLogger(__name__)
QUESTIONS = 3  # shown with each step
SURE = 0.9  # the least confidence in an answer that is not checked by its words

Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Step:
    topic: str
    why: str
    reading: Reading
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """`left_out` are the topics that the library at hand does not treat."""

    id: str
    role: str
    title: str
    steps: tuple[Step, ...]
    left_out: tuple[str, ...]

    @property
    def minutes(self) -> int:
        return sum(step.reading.minutes for step in self.steps)


def role_id(role: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", role.lower()).strip("-")


def make_paths(assistant: Assistant, programme: Programme, stopped: Stopped, sight: Sight = None) -> tuple[Path, ...]:
    """Asks every question of every path once: for the background. Raises what `Assistant.ask` raises."""
    asked: dict[str, Answer | None] = {}
    made: list[Path] = []
    for row in programme.raw.get("reading_paths", []):
        steps: list[Step] = []
        left_out: list[str] = []
        for told in row["steps"]:
            if stopped():
                return tuple(made)
            step = _step(told, assistant, asked, stopped, sight)
            if step is None:
                left_out.append(told["section"])
            else:
                steps.append(step)
        made.append(Path(role_id(row["role"]), row["role"], row["title"], tuple(steps), tuple(left_out)))
    return tuple(made)


def _step(
    told: Mapping[str, Any],
    assistant: Assistant,
    asked: dict[str, Answer | None],
    stopped: Stopped,
    sight: Sight,
) -> Step | None:
    answers = _answered(told.get("questions", ()), assistant, asked, stopped, sight)
    shelf = assistant.shelf(sight)
    reading = find_heading(told["section"], shelf, told.get("document", "")) or _most_cited(answers, shelf)
    if reading is None:
        return None
    return Step(told["section"], told.get("why", ""), reading, tuple(text for text, _ in answers))


def _answered(
    questions: Sequence[Mapping[str, str] | str],
    assistant: Assistant,
    asked: dict[str, Answer | None],
    stopped: Stopped,
    sight: Sight,
) -> list[tuple[str, Answer]]:
    """The first questions that the library answers."""
    found: list[tuple[str, Answer]] = []
    for row in questions:
        text, holds = (row, "") if isinstance(row, str) else (row["text"], row.get("holds", ""))
        if len(found) == QUESTIONS or stopped():
            break
        if text not in asked:
            asked[text] = _ask(text, assistant, sight)
        answer = asked[text]
        if answer is not None and is_answered(answer, holds):
            found.append((text, answer))
    return found


def _ask(text: str, assistant: Assistant, sight: Sight) -> Answer | None:
    """None when it fails: one question must not keep the paths from being made."""
    try:
        return assistant.ask(Question(text, answerer="quotes"), sight=sight)
    except Exception:
        logger.exception("A question of a reading path could not be asked: %s", text)
        return None


def is_answered(answer: Answer, holds: str) -> bool:
    """Whether the answer holds the words that tell that it is one; without such words, whether it is sure."""
    if answer.status != "answered":
        return False
    told = " ".join(statement.text for statement in answer.statements).replace("\n", " ")
    return re.search(holds, told) is not None if holds else (answer.confidence or 0) >= SURE


def _most_cited(answers: Sequence[tuple[str, Answer]], shelf: Shelf) -> Reading | None:
    """The article that the answers come from, where no heading names the topic."""
    articles = Counter((one.document_id, one.page) for _, answer in answers for one in answer.citations[:3])
    for (document_id, page), _ in articles.most_common():
        if document_id in shelf.documents:
            stored = next((one for one in shelf.chunks.of(document_id) if one.chunk.page == page), None)
            if stored is not None:
                return reading_of(stored, shelf, whole=False)
    return None
