"""The public sets as they lie in a folder: JSON Lines of texts and questions, and a table of which answers which."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Relevance = Mapping[str, frozenset[str]]  # question id → ids of what answers it


class FieldFilesError(Exception):
    """A public set is not where it was looked for, or cannot be read; the message says which file is meant."""


@dataclass(frozen=True, slots=True)
class Text:
    """One abstract or passage: the unit that the set's judgements are about."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldQuestion:
    """`row` is the whole row of the file, for what only one set has."""

    id: str
    text: str
    row: Mapping[str, Any]


def read_texts(path: Path) -> tuple[Text, ...]:
    return tuple(Text(str(row["id"]), str(row["title"]), str(row["text"])) for row in read_rows(path))


def read_field_questions(path: Path) -> tuple[FieldQuestion, ...]:
    return tuple(FieldQuestion(str(row["id"]), str(row["text"]), row) for row in read_rows(path))


def read_rows(path: Path) -> Sequence[dict[str, Any]]:
    """The rows of a JSON Lines file. Raises FieldFilesError."""
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(_lines(path), 1):
        try:
            rows.append(json.loads(line))
        except ValueError as error:
            raise FieldFilesError(
                f"{path}, line {number}, is no JSON: put the file back as its authors have it."
            ) from error
    return rows


def read_relevance(path: Path) -> Relevance:
    """A table of question, text and grade, parted by tabs under one line of heads; grade 0 is not relevant."""
    found: dict[str, set[str]] = {}
    for line in _lines(path)[1:]:
        question, text, grade = line.split("\t")
        if int(grade) > 0:
            found.setdefault(question, set()).add(text)
    return {question: frozenset(texts) for question, texts in found.items()}


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        raise FieldFilesError(f"{path} is missing: --qa names the folder that holds the public sets.")
    return path.read_text("utf-8").splitlines()
