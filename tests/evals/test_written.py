"""The sample of what a model wrote: shares that mean what they say, and rows that keep no journal's sentence."""

import json
from pathlib import Path

import pytest
from rich.console import Console

from assistant.shelf import open_shelf
from evals.written import (
    Place,
    Share,
    Written,
    WrittenError,
    digest_of,
    let_through,
    read_texts,
    read_written,
    shares,
    verified_anew,
    written_table,
)
from ingest.library import Library
from ingest.programme import CORPUS, Programme

LEAST_RIGHT = 0.95  # of what is shown
LEAST_SHOWN = 0.75  # of what is right; to be raised with the verifier
SAID = "Leeds got £4.85 million from the Innovation Programme."


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


def judged(statement: str, shown: bool, words: str = "Leeds got £4.85 million") -> Written:
    place = Place("handbook.pdf", 8, words)
    digest = "" if statement else digest_of(SAID)
    return Written("Q1", statement, digest, "handbook.pdf", 8, shown, True, True, "the page says it", (place,))


def test_what_is_shown_is_asked_of_the_verifier_anew(
    corpus_library: Library, programme: Programme, tmp_path: Path
) -> None:
    shelf = open_shelf(corpus_library, programme)
    right, wrong, hidden = judged(SAID, False), judged(SAID.replace("4.85", "5.84"), True), judged("", False)
    assert [row.shown for row in verified_anew([right, wrong, hidden], shelf)] == [True, False, False]
    recording = tmp_path / "replies.jsonl"
    reply = json.dumps({"statements": [{"text": SAID, "passages": [1]}]})
    recording.write_text(json.dumps({"id": "Q1", "reply": reply}) + "\n", "utf-8")
    assert [row.shown for row in verified_anew([hidden], shelf, read_texts(recording))] == [True]
    with pytest.raises(WrittenError, match="no longer there"):
        verified_anew([judged(SAID, True, "words of another book")], shelf)


def test_the_sample_is_large_and_what_the_starter_documents_answer_is_right(
    corpus_library: Library, programme: Programme
) -> None:
    rows = read_written()
    assert len(rows) >= 100
    assert all(row.cited or not row.shown for row in rows)
    ours = verified_anew([row for row in rows if (CORPUS / row.file).is_file()], open_shelf(corpus_library, programme))
    found = shares(ours)
    right, recall = found["shown and right (precision)"], found["right ones that were shown (recall)"]
    assert right.count >= LEAST_RIGHT * right.whole, let_through(ours)
    assert recall.count >= LEAST_SHOWN * recall.whole
