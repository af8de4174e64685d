"""The form of every table of figures: narrow, so that a terminal of 80 columns shows it whole."""

from rich.box import SIMPLE_HEAD
from rich.table import Table


def figures_layout(title: str | None, first: str, *columns: str) -> Table:
    """Names on the left, figures on the right of their columns; nothing is cut or wrapped."""
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(first, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def chance(p: float) -> str:
    return "<.001" if p < 0.001 else f"{p:.3f}"
