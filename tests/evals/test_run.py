"""A run from files to table, on one document and three questions."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from evals.metrics import Outcome, figures
from evals.questions import GoldenQuestion, GoldPage
from evals.run import DocumentsError, bench, run
from evals.table import as_json, figures_table, summary, wrong_answers
from ingest.programme import CORPUS

DIGEST = CORPUS / "digest-issue-2.pdf"


def question(name: str, turns: tuple[str, ...], page: int | None, *facts: str) -> GoldenQuestion:
    gold = frozenset({GoldPage(DIGEST.name, page)} if page else ())
    category = "figure" if page else "noanswer"
    return GoldenQuestion(name, category, "tune", turns, gold, facts, page is not None)


QUESTIONS = (
    question("Q1", ("What does The Lighthouse offer?",), 14, "supported lodgings"),
    question("Q2", ("Tell me about The Lighthouse.", "When did it launch?"), 13, "1 April 2021"),
    question("Q3", ("What is the capital of Portugal?",), None),
)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Outcome, ...]]:
    with bench([DIGEST], tmp_path_factory.mktemp("evals")) as at:
        yield run(QUESTIONS, at)


def test_easy_questions_come_out_right(outcomes: tuple[Outcome, ...]) -> None:
    assert [(one.question.id, one.answer) for one in outcomes if not one.right] == []
    assert all(one.quotes == one.quotes_standing == one.offsets_right for one in outcomes)
    assert all(one.milliseconds > 0 for one in outcomes)


def test_the_table_has_a_row_for_each_category_and_one_for_all(outcomes: tuple[Outcome, ...]) -> None:
    shown = StringIO()
    Console(width=160, file=shown).print(figures_table("digest", outcomes))
    rows = [line.split()[1] for line in shown.getvalue().splitlines() if line.startswith("│")]
    assert rows == ["figure", "noanswer", "all"]
    assert summary(figures(outcomes)).startswith("facts 1.000 · refusal P 1.000")
    assert wrong_answers(outcomes) == []


def test_a_program_can_read_the_outcome(outcomes: tuple[Outcome, ...]) -> None:
    row = json.loads(json.dumps(as_json(outcomes)))
    assert row["figures"]["questions"] == 3
    assert [answer["refused"] for answer in row["answers"]] == [False, False, True]


def test_a_document_that_cannot_be_read_stops_the_run(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    with pytest.raises(DocumentsError, match=r"broken\.pdf"), bench([broken]):
        pass
