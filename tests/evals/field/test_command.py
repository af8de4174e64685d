"""`assistant evals field`: the tables a person sees, and what is said when a set is not there."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from evals.field.command import main
from evals.field.table import field_tables, published_line
from evals.results import Row, read_results
from tests.evals.field.sets import write_abstracts


def rows(value: float) -> list[Row]:
    return [Row(str(n), {"nDCG@10": (value, 1), "recall@10": (1, 1), "recall@100": (1, 1)}, 12345.6) for n in range(99)]


def test_the_tables_are_whole_within_80_columns() -> None:
    screen = StringIO()
    console = Console(width=80, file=screen)
    for table in field_tables("scifact", {"ours": rows(0.75), "MiniLM, 1,024 tokens": rows(0.5)}):
        console.print(table)
    lines = screen.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert not [line for line in lines if "…" in line]
    (other,) = [line for line in lines if "+0.250" in line]
    assert other.split()[-1] == "<.001"
    assert published_line("clapnq") is None


def test_a_set_is_measured_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_abstracts(tmp_path / "scifact")
    results = tmp_path / "results.json"
    assert main(["--qa", str(tmp_path), "--set", "scifact", "--json", str(results)]) == 0
    said = capsys.readouterr()
    assert "scifact: 2 questions" in said.out
    assert "published: BM25 0.665" in said.out
    assert "asking ours" in said.err
    found = read_results(results)
    assert "scifact/ours" in found
    assert len(found) == 5


def test_a_missing_set_is_told_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--qa", str(tmp_path), "--set", "clapnq"]) == 1
    assert "--qa names the folder" in capsys.readouterr().err
