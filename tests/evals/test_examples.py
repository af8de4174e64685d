"""Few and right: the examples of the starter documents against places that a person has judged."""

from pathlib import Path

import pytest

from assistant.shelf import open_shelf
from evals.examples import JUDGED, Spot, precision, read_judged, spots_of
from ingest.library import Library
from ingest.programme import CORPUS, Programme
from ingest.settings import IngestSettings

JOURNALS = CORPUS.parent.parent / "shared" / "corpus"
LEAST = 0.9


def test_precision_counts_what_was_judged() -> None:
    right, wrong, new = (Spot("a.pdf", page, 0, 9, "quote") for page in (1, 2, 3))
    (one,) = precision([right, wrong, new], {right: True, wrong: False}).values()
    assert (one.right, one.wrong, one.unjudged, one.value) == (1, 1, 1, 0.5)


def test_places_alone_are_kept_and_each_kind_is_judged() -> None:
    assert all('"text"' not in line and '"quote":' not in line for line in JUDGED.read_text("utf-8").splitlines())
    assert {spot.kind for spot in read_judged()} == {"quote", "figure", "story", "practice"}


def test_what_is_shown_of_the_starter_documents_is_right(corpus_library: Library, programme: Programme) -> None:
    found = precision(spots_of(open_shelf(corpus_library, programme)), read_judged())
    assert set(found) >= {"figure", "practice", "story"}
    for kind, one in found.items():
        assert one.value >= LEAST, (kind, one)
        assert one.unjudged <= 0.2 * (one.right + one.wrong), f"{kind}: judge the new ones in {JUDGED.name}"


@pytest.mark.skipif(not list(JOURNALS.glob("*journal-issue-*.pdf")), reason="the journals are not here")
def test_what_is_shown_of_the_journals_is_right(tmp_path: Path, programme: Programme) -> None:
    with Library.open(IngestSettings(data_dir=tmp_path / "library"), programme) as library:
        library.add(sorted(JOURNALS.glob("*journal-issue-*.pdf")))
        found = precision(spots_of(open_shelf(library, programme)), read_judged())
    assert set(found) == {"quote", "figure", "practice", "story"}
    assert all(one.value >= LEAST - 0.05 for one in found.values()), found
    assert found["quote"].right >= 20
