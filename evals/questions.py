"""Golden questions: what is asked, the pages that state the answer, and the facts an answer has to hold."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).resolve().parent
STARTER = FOLDER / "starter-questions.jsonl"
JOURNALS = FOLDER / "journal-extra.jsonl"
CONVERSATIONS = FOLDER / "conversations.jsonl"

Split = Literal["tune", "report"]


@dataclass(frozen=True, slots=True, order=True)
class GoldPage:
    """A page that states the answer; pages count from 1."""

    file: str
    page: int


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """Words that stand letter for letter on a gold page, and answer the question."""

    page: GoldPage
    text: str


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """`turns` are asked in order and the last one is judged; each fact is a regex, alternatives parted by `||`."""

    id: str
    category: str
    split: Split
    turns: tuple[str, ...]
    gold: frozenset[GoldPage]
    facts: tuple[str, ...]
    answerable: bool
    quotes: tuple[GoldQuote, ...] = ()


class QuestionFileError(Exception):
    """A file of golden questions cannot be used; the message names the line and says what to mend."""


def read_questions(path: Path) -> tuple[GoldenQuestion, ...]:
    """The questions of a JSON Lines file, in its order."""
    questions: list[GoldenQuestion] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                questions.append(_question(json.loads(line)))
            except (KeyError, TypeError, ValueError) as error:
                raise QuestionFileError(f"{path.name}, line {number}: {error!r}. Mend this row.") from error
    if len({question.id for question in questions}) < len(questions):
        raise QuestionFileError(f"{path.name} uses an id twice. Give every question its own.")
    return tuple(questions)


def _question(row: dict[str, Any]) -> GoldenQuestion:
    pages = [(GoldPage(str(page["file"]), int(page["page"])), page.get("quote")) for page in row["gold"]]
    question = GoldenQuestion(
        id=str(row["id"]),
        category=str(row["category"]),
        split="report" if row.get("split") == "report" else "tune",
        turns=tuple(map(str, row["turns"])),
        gold=frozenset(page for page, _ in pages),
        facts=tuple(map(str, row["facts"])),
        answerable=bool(row["answerable"]),
        quotes=tuple(GoldQuote(page, str(quote)) for page, quote in pages if quote),
    )
    if not question.turns:
        raise ValueError("a question without a turn")
    if not question.answerable == bool(question.gold) == bool(question.facts):
        raise ValueError("an answerable question needs gold pages and facts, an unanswerable one has neither")
    return question
