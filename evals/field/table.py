"""How the field's figures are shown: an arm a row, the published ones below, within 80 columns."""

from collections.abc import Mapping, Sequence
from statistics import median

from rich.table import Table

from evals.results import Row, names_of, parts_of
from evals.statistics import Interval, compare, figure, interval

OURS = "ours"

# nDCG@10 on SciFact's test questions, as published (Thakur et al. 2021 for BM25, the BEIR leaderboard for the rest)
PUBLISHED: Mapping[str, Mapping[str, float]] = {
    "scifact": {
        "BM25": 0.665,
        "all-MiniLM-L6-v2": 0.645,
        "+ ms-marco-MiniLM reranker": 0.688,
        "+ mxbai-rerank-base": 0.719,
        "+ bge-reranker-v2-m3": 0.731,
        "+ jina-reranker-turbo": 0.739,
    }
}


def field_tables(name: str, arms: Mapping[str, Sequence[Row]]) -> list[Table]:
    """The main figure with its certainty and our distance to each arm, then the other figures."""
    measures = names_of(arms[OURS])
    return [_main(name, measures[0], arms), *_others(measures[1:], arms)]


def _main(name: str, measure: str, arms: Mapping[str, Sequence[Row]]) -> Table:
    counted = sum(bool(part[1]) for part in parts_of(arms[OURS], measure))
    title = f"{name}: {counted} questions"
    table = _table(title, measure, "95 % CI", "ours − it", "95 % CI", "p", "ms")
    ours = parts_of(arms[OURS], measure)
    for arm, rows in arms.items():
        parts = parts_of(rows, measure)
        cells = [arm, number(figure(parts)), between(interval(parts))]
        against = compare(parts, ours) if arm != OURS else None
        if against:
            cells += [f"{against.difference:+.3f}", between(against.interval, "+.2f"), f"{against.p:.3f}"]
        else:
            cells += ["", "", ""]
        table.add_row(*cells, f"{median(row.milliseconds for row in rows):.0f}")
    for arm, value in PUBLISHED.get(name, {}).items():
        table.add_row(f"{arm} (published)", number(value), style="dim")
    return table


def _others(measures: Sequence[str], arms: Mapping[str, Sequence[Row]], most: int = 5) -> list[Table]:
    tables = []
    for start in range(0, len(measures), most):
        some = measures[start : start + most]
        table = _table(None, *some)
        for arm, rows in arms.items():
            table.add_row(arm, *(number(figure(parts_of(rows, measure))) for measure in some))
        tables.append(table)
    return tables


def _table(title: str | None, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("arm", overflow="fold")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def number(value: float | None) -> str:
    """Shares with three decimals; a count with one."""
    return "–" if value is None else f"{value:.3f}" if value <= 1 else f"{value:.1f}"


def between(found: Interval | None, form: str = ".2f") -> str:
    return "–" if found is None else f"{found.low:{form}}–{found.high:{form}}" if form == ".2f" else _signed(found)


def _signed(found: Interval) -> str:
    return f"{found.low:+.2f} {found.high:+.2f}"
