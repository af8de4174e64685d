"""The figures of `evals scale` as a table: a column for each library."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from evals.scale import Size

_ROWS = (
    ("documents", "documents", ",.0f"),
    ("pages", "pages", ",.0f"),
    ("made in, s of processor time", "build_s", ",.0f"),
    ("database, MB", "database_mb", ",.0f"),
    ("vector index, MB", "vectors_mb", ",.0f"),
    ("kept files, MB", "files_mb", ",.0f"),
    ("start to ready, s", "ready_s", ".1f"),
    ("memory when ready, MB", "memory_ready_mb", ",.0f"),
    ("memory after the questions, MB", "memory_mb", ",.0f"),
    ("question, median ms", "ask_median", ",.0f"),
    ("question, 95 % ms", "ask_p95", ",.0f"),
    ("question, median ms of processor time", "ask_processor", ",.0f"),
    ("asked again, median ms", "again_median", ",.0f"),
    ("search, median ms", "search_median", ",.0f"),
    ("search, 95 % ms", "search_p95", ",.0f"),
    ("page Library, first, ms", "library_page", ",.0f"),
    ("page Start here, first, ms", "start_page", ",.0f"),
    ("all facts in the answer", "facts", ".2f"),
    ("the same, limited to the documents", "facts_within", ".2f"),
    ("recall of the ten nearest", "recall", ".3f"),
    ("nearest ten, median ms", "nearest_median", ".1f"),
)


def print_table(sizes: "Sequence[Size]", console: Console) -> None:
    table = Table("", *(f"{one.chunks:,} chunks" for one in sizes), title="The library as it grows")
    for name, attribute, form in _ROWS:
        table.add_row(name, *(format(getattr(one, attribute), form) for one in sizes))
    console.print(table)
