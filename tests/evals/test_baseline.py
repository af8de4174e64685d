"""The gate: what it lets pass, what it stops, what it keeps."""

from dataclasses import replace
from pathlib import Path

from evals.baseline import gated_figures, read_baseline, shortfalls, write_baseline
from evals.metrics import Figures

MEASURED = Figures(
    questions=100,
    right=0.9,
    facts=0.9,
    cited=0.95,
    hit_at_1=0.8,
    hit_at_5=1.0,
    mrr=0.9,
    statement_precision=0.8,
    fact_recall=0.85,
    quotes=1.0,
    offsets=1.0,
    marked=1.0,
    refusal_precision=0.85,
    refusal_recall=0.8,
    words=60.0,
    milliseconds_median=100.0,
    milliseconds_p95=200.0,
)
BASELINE = gated_figures(MEASURED)


def test_the_same_figures_pass_at_any_speed() -> None:
    assert shortfalls(replace(MEASURED, milliseconds_median=9000.0), BASELINE) == []


def test_better_figures_pass() -> None:
    assert shortfalls(replace(MEASURED, facts=1.0, words=20.0), BASELINE) == []


def test_each_figure_below_the_baseline_is_named() -> None:
    found = shortfalls(replace(MEASURED, facts=0.89, quotes=None), BASELINE)
    assert found == [
        "facts is 0.8900, the baseline is 0.9000.",
        "quotes is 0.0000, the baseline is 1.0000.",
    ]


def test_much_longer_answers_are_stopped() -> None:
    assert shortfalls(replace(MEASURED, words=69.0), BASELINE) == []
    assert "words is 70" in shortfalls(replace(MEASURED, words=70.0), BASELINE)[0]


def test_another_number_of_questions_asks_for_a_new_baseline() -> None:
    assert "--update-baseline" in shortfalls(replace(MEASURED, questions=99), BASELINE)[0]


def test_writing_keeps_the_sets_that_were_not_measured(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    assert read_baseline(path) == {}
    write_baseline({"starter": MEASURED}, path)
    write_baseline({"journals": replace(MEASURED, facts=0.7)}, path)
    assert read_baseline(path) == {"starter": BASELINE, "journals": {**BASELINE, "facts": 0.7}}
