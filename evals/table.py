"""How a run is shown within 80 columns: figures by half, a row a category, time by stage; and a JSON of everything."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from evals.calibration import Sure, area, calibration_bins, calibration_error, risk_coverage
from evals.layout import figures_layout
from evals.metrics import MEASURES, Figures, Outcome, figures, parts, percentile, plain
from evals.statistics import Interval, figure, interval

LABELS = {
    "right": "right, or silent",
    "facts": "facts",
    "cited": "gold page cited",
    "hit_at_1": "hit@1",
    "hit_at_5": "hit@5",
    "mrr": "MRR",
    "statement_precision": "statements supported",
    "fact_recall": "facts in the quotes",
    "quotes": "quote on its page",
    "offsets": "quote exact",
    "marked": "statements cited",
    "refusal_precision": "refusal precision",
    "refusal_recall": "refusal recall",
}
COLUMNS = ("asked", "right", "cited", "hit@1", "hit@5", "support", "words", "ms")
SHOWN_CHARACTERS = 200


def figures_table(title: str, outcomes: Sequence[Outcome]) -> Table:
    """A row a figure: all questions with a 95 % interval and, where both halves were asked, the two halves.

    The difference is taken over the categories that both halves hold: a kind that only one half asks tells nothing.
    """
    halves = [[one for one in outcomes if one.question.split == split] for split in ("tune", "report")]
    both = all(halves)
    shown = [f"tune {len(halves[0])}", f"report {len(halves[1])}", "differ"] if both else []
    table = figures_layout(f"{title}: {len(outcomes)} questions", "figure", "all", "95 % CI", *shown)
    kinds = {one.question.category for one in halves[0]} & {one.question.category for one in halves[1]}
    alike = [[one for one in half if one.question.category in kinds] for half in halves]
    for name, label in LABELS.items():
        found = parts(name, outcomes)
        cells = [_share(figure(found)), _between(interval(found))]
        if both:
            cells += [_share(figure(parts(name, half))) for half in halves]
            cells.append(_gap(*(figure(parts(name, half)) for half in alike)))
        table.add_row(label, *cells)
    return table


def categories_table(outcomes: Sequence[Outcome]) -> Table:
    """One row a category and one for all; `right` is facts, or refusal where the documents do not say."""
    table = figures_layout(None, "category", *COLUMNS)
    for category in dict.fromkeys(outcome.question.category for outcome in outcomes):
        table.add_row(category, *_cells(figures([one for one in outcomes if one.question.category == category])))
    table.add_section()
    table.add_row("all", *_cells(figures(outcomes)), style="bold")
    return table


def time_line(outcomes: Sequence[Outcome]) -> str:
    """Milliseconds by stage: the median and, in brackets, what 19 of 20 questions stay under."""
    names = dict.fromkeys(name for one in outcomes for name in one.stages)
    found = {name: [one.stages[name] for one in outcomes if name in one.stages] for name in names}
    spans = [f"{name} {_count(percentile(t, 0.5))} ({_count(percentile(t, 0.95))})" for name, t in found.items()]
    return f"ms, median (95th percentile): {' · '.join(spans)}"


def calibration_table(answers: Sequence[Sure]) -> Table | None:
    """How many of the answers of like confidence the documents do answer; None where none has a confidence."""
    if not answers:
        return None
    risk, error = area(risk_coverage(answers)), calibration_error(answers)
    title = f"calibration: mean risk {_share(risk)}, error {_share(error)}"
    table = figures_layout(title, "confidence", "questions", "answerable")
    for one in calibration_bins(answers):
        table.add_row(f"{one.confidence:.2f}", str(one.count), f"{one.true:.2f}")
    return table


def confidences(outcomes: Sequence[Outcome]) -> list[Sure]:
    return [Sure(one.confidence, one.question.answerable) for one in outcomes if one.confidence is not None]


def wrong_answers(outcomes: Sequence[Outcome]) -> list[str]:
    """One line for each question that was answered wrongly, with what was said."""
    return [
        f"{one.question.id} {' / '.join(one.question.turns)} -> "
        f"{'refused' if one.refused else 'answered'}: {plain(one.answer)[:SHOWN_CHARACTERS]}"
        for one in outcomes
        if not one.right
    ]


def as_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Figures and answers, for a program to read; `measures` are what `results.read_results` takes."""
    return {
        "figures": asdict(figures(outcomes)),
        "answers": [
            {
                "id": one.question.id,
                "category": one.question.category,
                "split": one.question.split,
                "turns": one.question.turns,
                "answerable": one.question.answerable,
                "right": one.right,
                "refused": one.refused,
                "confidence": one.confidence,
                "cited_gold": one.cited_gold,
                "rank": one.rank,
                "quotes": one.quotes,
                "quotes_standing": one.quotes_standing,
                "milliseconds": round(one.milliseconds, 1),
                "stages": {name: round(value, 1) for name, value in one.stages.items()},
                "measures": {name: parts(name, [one])[0] for name in MEASURES},
                "answer": one.answer,
            }
            for one in outcomes
        ],
    }


def _cells(measured: Figures) -> list[str]:
    shares = (measured.right, measured.cited, measured.hit_at_1, measured.hit_at_5, measured.statement_precision)
    counts = (measured.words, measured.milliseconds_median)
    return [str(measured.questions), *map(_share, shares), *map(_count, counts)]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _count(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _gap(tune: float | None, report: float | None) -> str:
    return "–" if tune is None or report is None else f"{report - tune:+.3f}"


def _between(found: Interval | None) -> str:
    return "–" if found is None else f"{found.low:.3f}–{found.high:.3f}"
