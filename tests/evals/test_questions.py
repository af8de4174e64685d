"""The golden questions themselves: every fact stands on every page that is said to state it."""

import os
import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from evals.metrics import plain
from evals.questions import FOLDER, JOURNALS, STARTER, GoldenQuestion, GoldPage, QuestionFileError, read_questions
from ingest.programme import CORPUS

# The journals are published, but not ours to commit: a folder that holds them may be named, or lie beside the checkout.
JOURNAL_FOLDER = Path(os.environ.get("EVALS_JOURNALS") or FOLDER.parent.parent / "shared" / "corpus")


@lru_cache(maxsize=16)
def page_texts(path: Path) -> tuple[str, ...]:
    broken = re.compile(r"(?<=\w)\u2010\s*\n\s*")
    return tuple(plain(broken.sub("", page.extract_text())) for page in PdfReader(path).pages)


def problems(questions: tuple[GoldenQuestion, ...], folder: Path) -> list[str]:
    found = []
    for question in questions:
        for gold in sorted(question.gold):
            pages = page_texts(folder / gold.file)
            if gold.page > len(pages):
                found.append(f"{question.id}: {gold.file} has no page {gold.page}")
                continue
            found += [
                f"{question.id}: {fact!r} does not stand on page {gold.page} of {gold.file}"
                for fact in question.facts
                if not any(re.search(option, pages[gold.page - 1], re.I) for option in fact.split("||"))
            ]
    return found


def test_each_fact_stands_on_each_gold_page_of_the_starter_documents() -> None:
    assert problems(read_questions(STARTER), CORPUS) == []


def test_each_fact_stands_on_each_gold_page_of_the_journals() -> None:
    questions = read_questions(JOURNALS)
    files = {page.file for question in questions for page in question.gold}
    if not all((JOURNAL_FOLDER / file).is_file() for file in files):
        pytest.skip("the two journals are not here; EVALS_JOURNALS may name their folder")
    assert problems(questions, JOURNAL_FOLDER) == []


def test_a_fact_that_is_on_another_page_is_found_out() -> None:
    (question,) = [one for one in read_questions(STARTER) if one.facts == (r"\b500\b",)]
    elsewhere = replace(question, gold=frozenset({GoldPage("handbook.pdf", 2), GoldPage("handbook.pdf", 999)}))
    assert len(problems((elsewhere,), CORPUS)) == 2


def test_the_starter_set_asks_enough_of_every_kind() -> None:
    questions = read_questions(STARTER)
    assert len(questions) >= 90
    assert sum(not question.answerable for question in questions) >= 18
    assert sum(question.category == "followup" and len(question.turns) > 1 for question in questions) >= 14
    kinds = {"model", "figure", "adopter", "who", "lesson", "example", "evaluation", "glossary", "timeline"}
    assert kinds <= {question.category for question in questions}


@pytest.mark.parametrize("path", [STARTER, JOURNALS], ids=lambda path: path.stem)
def test_each_category_is_split_in_halves(path: Path) -> None:
    halves = Counter((question.category, question.split) for question in read_questions(path))
    for category in {category for category, _ in halves}:
        assert 0 <= halves[category, "tune"] - halves[category, "report"] <= 1


@pytest.mark.parametrize("path", [STARTER, JOURNALS], ids=lambda path: path.stem)
def test_no_question_is_asked_twice(path: Path) -> None:
    asked = Counter(tuple(turn.lower() for turn in question.turns) for question in read_questions(path))
    assert [turns for turns, times in asked.items() if times > 1] == []


def test_a_bad_row_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(
        '{"id": "X", "category": "model", "turns": ["?"], "gold": [], "facts": ["x"], "answerable": true}\n'
    )
    with pytest.raises(QuestionFileError, match=r"questions\.jsonl, line 1.*gold pages"):
        read_questions(path)


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    row = '{"id": "X", "category": "noanswer", "turns": ["?"], "gold": [], "facts": [], "answerable": false}\n'
    path = tmp_path / "questions.jsonl"
    path.write_text(row * 2)
    with pytest.raises(QuestionFileError, match="uses an id twice"):
        read_questions(path)
