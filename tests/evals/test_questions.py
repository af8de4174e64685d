"""The golden questions themselves: every fact stands on every page that is said to state it."""

import os
import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from evals.metrics import plain, quote_stands
from evals.questions import (
    CONVERSATIONS,
    FOLDER,
    JOURNALS,
    STARTER,
    GoldenQuestion,
    GoldPage,
    GoldQuote,
    QuestionFileError,
    read_questions,
)
from evals.reader import page_letters
from ingest.programme import CORPUS

# The journals are published, but not ours to commit: a folder that holds them may be named, or lie beside the checkout.
JOURNAL_FOLDER = Path(os.environ.get("EVALS_JOURNALS") or FOLDER.parent.parent / "shared" / "corpus")


@lru_cache(maxsize=16)
def page_texts(path: Path) -> tuple[str, ...]:
    broken = re.compile(r"(?<=\w)\u2010\s*\n\s*")
    return tuple(plain(broken.sub("", page.extract_text())) for page in PdfReader(path).pages)


def problems(questions: tuple[GoldenQuestion, ...], folder: Path) -> list[str]:
    """Each fact has to stand on one of the gold pages (a comparison's stand on several), each quote on its own."""
    found = []
    for question in questions:
        pages = [page_texts(folder / gold.file)[gold.page - 1] for gold in question.gold]
        found += [
            f"{question.id}: {fact!r} stands on none of its gold pages"
            for fact in question.facts
            if not any(re.search(option, page, re.I) for option in fact.split("||") for page in pages)
        ]
        found += [
            f"{question.id}: {quote.text!r} does not stand on page {quote.page.page} of {quote.page.file}"
            for quote in question.quotes
            if not quote_stands(quote.text, page_letters(folder / quote.page.file)[quote.page.page - 1])
        ]
    return found


@pytest.mark.parametrize("path", [STARTER, CONVERSATIONS], ids=lambda path: path.stem)
def test_each_fact_and_quote_stands_on_its_gold_page_of_the_starter_documents(path: Path) -> None:
    assert problems(read_questions(path), CORPUS) == []


def test_each_fact_and_quote_stands_on_its_gold_page_of_the_journals() -> None:
    questions = read_questions(JOURNALS)
    files = {page.file for question in questions for page in question.gold}
    if not all((JOURNAL_FOLDER / file).is_file() for file in files):
        pytest.skip("the two journals are not here; EVALS_JOURNALS may name their folder")
    assert problems(questions, JOURNAL_FOLDER) == []


def test_a_fact_or_a_quote_that_is_on_another_page_is_found_out() -> None:
    (question,) = [one for one in read_questions(STARTER) if one.facts == (r"\b500\b",)]
    elsewhere = GoldPage("handbook.pdf", 2)
    assert len(problems((replace(question, gold=frozenset({elsewhere}), quotes=()),), CORPUS)) == 1
    made_up = replace(question, quotes=(GoldQuote(elsewhere, "words that nobody wrote"),))
    assert len(problems((made_up,), CORPUS)) == 1


def test_the_starter_set_asks_enough_of_every_kind() -> None:
    questions = read_questions(STARTER)
    assert len(questions) >= 90
    assert sum(not question.answerable for question in questions) >= 18
    assert sum(question.category == "followup" and len(question.turns) > 1 for question in questions) >= 14
    kinds = {"model", "figure", "adopter", "who", "lesson", "example", "evaluation", "glossary", "timeline"}
    assert kinds <= {question.category for question in questions}


def test_there_are_questions_enough_and_a_fifth_is_not_answerable() -> None:
    asked = [question for path in (STARTER, JOURNALS, CONVERSATIONS) for question in read_questions(path)]
    assert len(asked) >= 250
    assert sum(not question.answerable for question in asked) >= len(asked) / 6


@pytest.mark.parametrize("path", [STARTER, JOURNALS, CONVERSATIONS], ids=lambda path: path.stem)
def test_a_kind_that_is_reported_on_has_questions_enough_in_both_halves(path: Path) -> None:
    """The first questions of each set were looked at while the rules were written: those tune, and only tune."""
    questions = read_questions(path)
    halves = Counter((question.category, question.split) for question in questions)
    reported = {question.category for question in questions if question.split == "report"}
    assert reported
    for category in reported:
        assert halves[category, "report"] >= 3
        assert halves[category, "tune"] >= halves[category, "report"] - 1


@pytest.mark.parametrize("path", [STARTER, JOURNALS, CONVERSATIONS], ids=lambda path: path.stem)
def test_every_gold_page_is_given_with_its_words(path: Path) -> None:
    for question in read_questions(path):
        assert {quote.page for quote in question.quotes} == question.gold, question.id


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
