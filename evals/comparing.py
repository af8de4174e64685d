"""Two arms over the same questions, figure by figure: `assistant evals --compare A.json B.json`."""

from collections.abc import Mapping, Sequence

from rich.table import Table

from evals.layout import chance, figures_layout
from evals.results import ResultsError, Row, names_of, parts_of
from evals.statistics import compare


def comparison_tables(first: Mapping[str, Sequence[Row]], second: Mapping[str, Sequence[Row]]) -> list[Table]:
    """A table a set that both hold, over the questions that both asked. Raises ResultsError when there is none."""
    tables = [_table(name, first[name], second[name]) for name in first if name in second]
    found = [table for table in tables if table is not None]
    if not found:
        raise ResultsError("The two files share no question: compare two runs over the same set.")
    return found


def _table(name: str, first: Sequence[Row], second: Sequence[Row]) -> Table | None:
    ours, theirs = {row.id: row for row in first}, {row.id: row for row in second}
    ids = [one for one in ours if one in theirs]
    if not ids:
        return None
    one, other = [ours[i] for i in ids], [theirs[i] for i in ids]
    alone = len(ours) + len(theirs) - 2 * len(ids)
    left = f", {alone} in only one of the files left out" if alone else ""
    title = f"{name}: {len(ids)} questions{left}"
    table = figures_layout(title, "figure", "first", "second", "differ", "95 % CI", "p")
    for measure in names_of(one):
        found = compare(parts_of(one, measure), parts_of(other, measure))
        if found is not None:
            certain = f"{found.interval.low:+.3f} {found.interval.high:+.3f}"
            cells = (f"{found.first:.3f}", f"{found.second:.3f}", f"{found.difference:+.3f}", certain, chance(found.p))
            table.add_row(measure, *cells)
    return table
