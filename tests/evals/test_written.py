"""The sample of what a model wrote: shares that mean what they say, and rows that keep no journal's sentence."""

import json
from pathlib import Path

import pytest
from rich.console import Console

from evals.written import Share, Written, WrittenError, digest_of, let_through, read_written, shares, written_table


def row(shown: bool, right: bool, exact: bool = False) -> Written:
    return Written("Q1", "Leeds saves money.", "", "a.pdf", 1, shown, right, exact, "as it stands")


ROWS = [row(True, True)] * 6 + [row(False, True)] * 2 + [row(True, False)] + [row(False, False, exact=True)] * 3


def test_shares_are_of_what_their_names_say() -> None:
    found = {name.strip("… "): share for name, share in shares(ROWS).items() if not name.startswith("…")}
    assert found["shown and right (precision)"] == Share(6, 7)
    assert found["wrong ones that were shown"] == Share(1, 4)
    assert found["right ones that were shown (recall)"] == Share(6, 8)
    exact = [share for name, share in shares(ROWS).items() if name.startswith("…")]
    assert exact == [Share(0, 0), Share(0, 3)]


def test_the_table_fits_a_terminal_and_names_what_got_through() -> None:
    console = Console(width=80)
    with console.capture() as said:
        console.print(written_table(ROWS))
    assert all(len(line) <= 80 for line in said.get().splitlines())
    assert let_through(ROWS) == ["Q1, a.pdf p. 1: Leeds saves money. (as it stands)"]


def test_a_digest_is_of_the_words() -> None:
    assert digest_of("Leeds’ staff: 1% of posts.") == digest_of("leeds' staff 1% of posts")
    assert digest_of("Leeds had 17.") != digest_of("Leeds had 15.")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"statement": ""}, "give the statement"),
        ({"digest": "00"}, "give the statement"),
        ({"why": ""}, "say why"),
        ({"note": "more"}, "exactly the fields"),
    ],
)
def test_a_row_that_is_wrong_is_named(tmp_path: Path, change: dict[str, str], said: str) -> None:
    one = {"question_id": "Q1", "statement": "So it is.", "digest": "", "file": "a.pdf", "page": 1, "shown": True}
    one |= {"right": True, "exact": False, "why": "as it stands"}
    path = tmp_path / "written.jsonl"
    path.write_text(json.dumps(one | change) + "\n", "utf-8")
    with pytest.raises(WrittenError, match=f"line 1: .*{said}"):
        read_written(path)
