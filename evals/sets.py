"""The question sets: which questions are asked of which documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evals.questions import CONVERSATIONS, JOURNALS, STARTER, GoldenQuestion, read_questions
from ingest.programme import CORPUS

SetName = Literal["starter", "conversations", "journals"]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    name: SetName
    questions: tuple[GoldenQuestion, ...]
    documents: tuple[Path, ...]


class MissingDocumentsError(Exception):
    """A question set is asked for whose documents are not there; the message says how to give them."""


def starter_set() -> QuestionSet:
    """The questions on the documents that every checkout brings along."""
    return QuestionSet("starter", read_questions(STARTER), tuple(sorted(CORPUS.glob("*.pdf"))))


def conversations_set() -> QuestionSet:
    """Conversations about the same documents, judged at their last turn."""
    return QuestionSet("conversations", read_questions(CONVERSATIONS), starter_set().documents)


def journals_set(folder: Path, more: Sequence[Path] = ()) -> QuestionSet:
    """The questions on the two learning journals, which are published but not part of this repository.

    `more` are further question files in the same format.
    """
    questions = tuple(question for path in (JOURNALS, *more) for question in read_questions(path))
    names = sorted({page.file for question in questions for page in question.gold})
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise MissingDocumentsError(
            f"{folder} does not hold {' and '.join(missing)}. corpus/README.md says where they are published."
        )
    return QuestionSet("journals", questions, tuple(folder / name for name in names))
