"""The planted errors: every pair resolves, and the set holds enough of each kind to say something."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from assistant.shelf import open_shelf
from evals.planted import KINDS, PLANTED, Kind, PlantedError, Source, is_subtle, passages_of, read_planted
from ingest.library import Library
from ingest.programme import CORPUS, Programme
from ingest.settings import IngestSettings

SHARED = CORPUS.parent.parent / "shared"
JOURNALS = Path(os.environ.get("EVALS_JOURNALS") or SHARED / "corpus")
FOLDERS: dict[Source, Path] = {"journals": JOURNALS, "other": SHARED / "pdfs"}
MANY: tuple[Kind, ...] = (
    "figure",
    "date",
    "council",
    "model",
    "negation",
    "modality",
    "direction",
)  # what readers are misled by most
PAIRS = read_planted()


def test_the_set_is_large_and_half_of_it_subtle() -> None:
    assert len(PAIRS) >= 240
    assert len({pair.id for pair in PAIRS}) == len(PAIRS)
    assert sum(pair.subtle for pair in PAIRS) >= len(PAIRS) / 2
    sources = Counter(pair.source for pair in PAIRS)
    assert 0.6 <= sources["starter"] / len(PAIRS) <= 0.75
    assert sources["other"] >= 20


def test_each_kind_is_there_in_both_halves() -> None:
    kinds, halves = Counter(pair.kind for pair in PAIRS), Counter((pair.kind, pair.split) for pair in PAIRS)
    assert all(kinds[kind] >= 10 for kind in KINDS)
    assert all(kinds[kind] >= 12 for kind in MANY)
    assert kinds["name"] + kinds["speaker"] >= 24
    assert all(abs(halves[kind, "tune"] - halves[kind, "report"]) <= 2 for kind in KINDS), halves
    assert abs(sum(pair.split == "tune" for pair in PAIRS) - len(PAIRS) / 2) <= 5


def test_a_statement_stands_in_one_pair_alone() -> None:
    said = Counter(text for pair in PAIRS for text in {pair.true, pair.false})
    assert [text for text, times in said.items() if times > 2] == []
    assert {pair.true for pair in PAIRS} & {pair.false for pair in PAIRS} == set()


def test_every_pair_about_the_starter_documents_has_its_passage(corpus_library: Library, programme: Programme) -> None:
    _all_resolve(corpus_library, programme)


@pytest.mark.parametrize("source", FOLDERS)
def test_every_pair_about_other_documents_has_its_passage(source: Source, tmp_path: Path, programme: Programme) -> None:
    files = {FOLDERS[source] / pair.file for pair in PAIRS if pair.source == source}
    if not all(path.is_file() for path in files):
        pytest.skip(f"{FOLDERS[source]} does not hold {len(files)} documents that the pairs are about")
    with Library.open(IngestSettings(data_dir=tmp_path / "library"), programme) as library:
        library.add(sorted(files))
        _all_resolve(library, programme)


def _all_resolve(library: Library, programme: Programme) -> None:
    shelf = open_shelf(library, programme)
    names = {record.file_name for record in shelf.documents.values()}
    pairs = [pair for pair in PAIRS if pair.file in names]
    passages = passages_of(pairs, shelf)
    assert set(passages) == {pair.id for pair in pairs} != set()
    assert all(passage.units for passage in passages.values())
    assert [pair.id for pair in pairs if is_subtle(pair, passages[pair.id]) is not pair.subtle] == []


def test_words_that_stand_nowhere_are_an_error(corpus_library: Library, programme: Programme, tmp_path: Path) -> None:
    row = json.loads(PLANTED.read_text("utf-8").splitlines()[0]) | {"words": "words of another book"}
    path = _write(tmp_path, row)
    with pytest.raises(PlantedError, match="stands in no chunk of"):
        passages_of(read_planted(path), open_shelf(corpus_library, programme))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "typo"}, "an unknown kind"),
        ({"split": "half"}, "an unknown split"),
        ({"words": "one two three four five six"}, "more than 5 words"),
        ({"false": "The same.", "true": "The same."}, "the same statement twice"),
        ({"author": "me"}, "exactly the fields"),
    ],
)
def test_a_row_that_is_wrong_is_named(tmp_path: Path, change: dict[str, str], said: str) -> None:
    row = json.loads(PLANTED.read_text("utf-8").splitlines()[0]) | change
    with pytest.raises(PlantedError, match=f"line 1.*{said}"):
        read_planted(_write(tmp_path, row))


def _write(folder: Path, row: dict[str, object]) -> Path:
    path = folder / "planted.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8")
    return path
