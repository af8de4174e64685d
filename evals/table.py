"""How a run is shown: one table with a row a category, the wrong answers, and a JSON of everything."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from evals.metrics import Figures, Outcome, figures, plain

COLUMNS = ("questions", "right", "cited", "hit@1", "hit@5", "quotes", "marked", "words", "ms", "ms p95")
SHOWN_CHARACTERS = 200


def figures_table(title: str, outcomes: Sequence[Outcome]) -> Table:
    """One row a category and one for all; `right` is facts, or refusal where the documents do not say."""
    table = Table(title=title, title_justify="left")
    table.add_column("category")
    for column in COLUMNS:
        table.add_column(column, justify="right")
    for category in dict.fromkeys(outcome.question.category for outcome in outcomes):
        table.add_row(category, *_cells(figures([one for one in outcomes if one.question.category == category])))
    table.add_section()
    table.add_row("all", *_cells(figures(outcomes)), style="bold")
    return table


def summary(measured: Figures) -> str:
    """The figures that belong to a whole set, in one line."""
    parts = {
        "facts": measured.facts,
        "refusal P": measured.refusal_precision,
        "refusal R": measured.refusal_recall,
        "offsets": measured.offsets,
    }
    return " · ".join(f"{name} {_share(value)}" for name, value in parts.items())


def wrong_answers(outcomes: Sequence[Outcome]) -> list[str]:
    """One line for each question that was answered wrongly, with what was said."""
    return [
        f"{one.question.id} {' / '.join(one.question.turns)} -> "
        f"{'refused' if one.refused else 'answered'}: {plain(one.answer)[:SHOWN_CHARACTERS]}"
        for one in outcomes
        if not one.right
    ]


def as_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Figures and answers, for a program to read."""
    return {
        "figures": asdict(figures(outcomes)),
        "answers": [
            {
                "id": one.question.id,
                "category": one.question.category,
                "turns": one.question.turns,
                "right": one.right,
                "refused": one.refused,
                "cited_gold": one.cited_gold,
                "rank": one.rank,
                "quotes": one.quotes,
                "quotes_standing": one.quotes_standing,
                "milliseconds": round(one.milliseconds, 1),
                "answer": one.answer,
            }
            for one in outcomes
        ],
    }


def _cells(measured: Figures) -> list[str]:
    shares = (measured.right, measured.cited, measured.hit_at_1, measured.hit_at_5, measured.quotes, measured.marked)
    counts = (measured.words, measured.milliseconds_median, measured.milliseconds_p95)
    return [str(measured.questions), *map(_share, shares), *map(_count, counts)]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _count(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"
