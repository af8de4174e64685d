"""How the field's figures are shown: an arm a row within 80 columns; the published ones in a line below."""

from collections.abc import Mapping, Sequence
from statistics import median

from rich.table import Table

from evals.layout import chance, figures_layout
from evals.results import Row, names_of, parts_of
from evals.statistics import Interval, compare, figure, interval

OURS = "ours"
COLUMNS = 4  # figures beside one another

# nDCG@10 on SciFact's test questions, as published: single rankings, then rerankers of BM25's best hundred
PUBLISHED: Mapping[str, Mapping[str, float]] = {
    "scifact": {
        "BM25": 0.665,
        "all-MiniLM-L6-v2": 0.645,
        "BM25 + ms-marco-MiniLM": 0.688,
        "BM25 + mxbai-rerank-base": 0.719,
        "BM25 + bge-reranker-v2-m3": 0.731,
        "BM25 + jina-reranker-v1-turbo": 0.739,
    }
}


def field_tables(name: str, arms: Mapping[str, Sequence[Row]]) -> list[Table]:
    """The main figure with its certainty and our distance to each arm, then the other figures."""
    measures = names_of(arms[OURS])
    return [_main(name, measures[0], arms), *_others(measures[1:], arms)]


def _main(name: str, measure: str, arms: Mapping[str, Sequence[Row]]) -> Table:
    counted = sum(bool(part[1]) for part in parts_of(arms[OURS], measure))
    title = f"{name}: {counted} questions"
    table = figures_layout(title, "arm", measure, "95 % CI", "ours more by", "95 % CI", "p")
    ours = parts_of(arms[OURS], measure)
    for arm, rows in arms.items():
        parts = parts_of(rows, measure)
        cells = [arm, number(figure(parts)), between(interval(parts))]
        against = compare(parts, ours) if arm != OURS else None
        if against:
            more = f"{against.interval.low:+.3f} {against.interval.high:+.3f}"
            cells += [f"{against.difference:+.3f}", more, chance(against.p)]
        table.add_row(*cells)
    return table


def published_line(name: str) -> str | None:
    """The figures that others published on this set; None where this file knows none."""
    found = [f"{arm} {value:.3f}" for arm, value in PUBLISHED.get(name, {}).items()]
    return f"published: {' · '.join(found)}" if found else None


def _others(measures: Sequence[str], arms: Mapping[str, Sequence[Row]]) -> list[Table]:
    tables = []
    for start in range(0, len(measures), COLUMNS):
        some = measures[start : start + COLUMNS]
        table = figures_layout(None, "arm", *some, "ms")
        for arm, rows in arms.items():
            milliseconds = f"{median(row.milliseconds for row in rows):.0f}"
            table.add_row(arm, *(number(figure(parts_of(rows, measure))) for measure in some), milliseconds)
        tables.append(table)
    return tables


def number(value: float | None) -> str:
    """Shares with three decimals; a count with one."""
    return "–" if value is None else f"{value:.3f}" if value <= 1 else f"{value:.1f}"


def between(found: Interval | None) -> str:
    return "–" if found is None else f"{found.low:.3f}–{found.high:.3f}"
