"""A run from files to table, on one document and three questions."""

import json
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from evals.metrics import Outcome, figures
from evals.questions import GoldenQuestion, GoldPage, GoldQuote
from evals.results import parts_of, read_results, write_results
from evals.run import DocumentsError, bench, run
from evals.statistics import figure
from evals.table import as_json, categories_table, figures_table, time_line, wrong_answers
from ingest.programme import CORPUS

DIGEST = CORPUS / "digest-issue-2.pdf"


def question(name: str, turns: tuple[str, ...], page: int | None, *facts: str) -> GoldenQuestion:
    gold = frozenset({GoldPage(DIGEST.name, page)} if page else ())
    category = "figure" if page else "noanswer"
    quotes = tuple(GoldQuote(page, "2021") for page in gold)
    return GoldenQuestion(name, category, "tune", turns, gold, facts, page is not None, quotes)


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


def test_statements_are_held_against_the_gold_pages(outcomes: tuple[Outcome, ...]) -> None:
    found = figures(outcomes)
    assert found.fact_recall == 1.0
    assert found.statement_precision is not None
    assert found.statement_precision > 0
    assert {"question", "retrieve", "answer", "total"} <= set(outcomes[0].stages)


def shown(table: Table) -> list[str]:
    """As an 80-column terminal shows it."""
    screen = StringIO()
    Console(width=80, file=screen).print(table)
    return screen.getvalue().splitlines()


def test_the_tables_are_whole_within_80_columns(outcomes: tuple[Outcome, ...]) -> None:
    asked = replace(outcomes[0].question, split="report", category="conversation")
    halves = [*outcomes, *[replace(outcomes[0], question=asked, milliseconds=123456.0)] * 200]
    for table in (figures_table("digest", outcomes), figures_table("digest", halves), categories_table(halves)):
        lines = shown(table)
        assert max(map(len, lines)) <= 80
        assert not [line for line in lines if "…" in line]


def test_halves_stand_side_by_side_where_both_were_asked(outcomes: tuple[Outcome, ...]) -> None:
    wrong = replace(outcomes[0], question=replace(outcomes[0].question, split="report"), holds_facts=False)
    lines = shown(figures_table("digest", [*outcomes, wrong]))
    (head,) = [line for line in lines if "figure" in line]
    assert head.split() == ["figure", "all", "95", "%", "CI", "tune", "3", "report", "1", "differ"]
    facts = next(line for line in lines if line.split()[:1] == ["facts"])
    assert facts.split()[-3:] == ["1.000", "0.000", "-1.000"]
    assert "differ" not in "".join(shown(figures_table("digest", outcomes)))


def test_there_is_a_row_for_each_category_and_one_for_all(outcomes: tuple[Outcome, ...]) -> None:
    rows = [line.split()[0] for line in shown(categories_table(outcomes)) if line.strip(" ─")]
    assert rows == ["category", "figure", "noanswer", "all"]
    assert time_line(outcomes).startswith("ms, median (95th percentile): question ")
    assert wrong_answers(outcomes) == []


def test_a_program_can_read_the_outcome(outcomes: tuple[Outcome, ...], tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    write_results(path, {"digest": as_json(outcomes)})
    saved = json.loads(path.read_text("utf-8"))["digest"]
    assert saved["figures"]["questions"] == 3
    assert [answer["refused"] for answer in saved["answers"]] == [False, False, True]
    rows = read_results(path)["digest"]
    assert [row.id for row in rows] == ["Q1", "Q2", "Q3"]
    assert [row.answerable for row in rows] == [True, True, False]
    assert figure(parts_of(rows, "facts")) == saved["figures"]["facts"] == 1.0


def test_a_document_that_cannot_be_read_stops_the_run(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    with pytest.raises(DocumentsError, match=r"broken\.pdf"), bench([broken]):
        pass
