"""`assistant documents` and `remove`: what the library holds, what became of the rest, and how each page was read."""

import json
from pathlib import Path

import pytest

from api.wording import how_read, page_note
from ingest.library import Library
from ingest.programme import load_programme
from ingest.records import DocumentRecord
from ingest.settings import IngestSettings
from ingest.types import Format, PageHealth
from tests.api.test_service import run
from tests.ingest.pdfs import make_pdf, report


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of a document with a blank page, in its second version, and a removed document."""
    folder = tmp_path_factory.mktemp("listed") / "library"
    with Library.open(IngestSettings(data_dir=folder), load_programme()) as library:
        library.add_bytes("team.pdf", report("first visits"))
        library.add_bytes("team.pdf", make_pdf([["Second visits are made by the whole team."], []], "The team"))
        gone = library.add_bytes("gone.pdf", report("passing things")).document_id
        assert gone is not None
        library.remove(gone)
    return folder


def test_the_list_says_how_the_pages_were_read(folder: Path) -> None:
    told = run(folder, "documents").stdout
    assert "1 page read, 1 with nothing to read" in told
    assert "gone.pdf" not in told
    assert len(told.strip().splitlines()) == 2


def test_all_lists_what_was_replaced_and_removed(folder: Path) -> None:
    told = run(folder, "documents", "--all").stdout
    assert "superseded on " in told
    assert "removed on " in told
    rows = [json.loads(line) for line in run(folder, "documents", "--all", "--json").stdout.splitlines()]
    assert sorted(row["state"] for row in rows) == ["current", "removed", "superseded"]


def test_one_document_lists_every_page(folder: Path) -> None:
    (record,) = [json.loads(line) for line in run(folder, "documents", "--json").stdout.splitlines()]
    told = run(folder, "documents", record["id"]).stdout
    assert "nothing" in told.splitlines()[0]
    assert "empty picture" in told.splitlines()[-1]
    pages = json.loads(run(folder, "documents", record["id"], "--json").stdout)["page_health"]
    assert [(page["page"], page["health"]) for page in pages] == [(1, "read"), (2, "empty picture")]
    unknown = run(folder, "documents", "nothing")
    assert (unknown.returncode, len(unknown.stderr.strip().splitlines())) == (1, 1)


def test_removing_says_that_earlier_versions_go_too(tmp_path: Path) -> None:
    with Library.open(IngestSettings(data_dir=tmp_path / "library"), load_programme()) as library:
        first = library.add_bytes("team.pdf", report("first visits")).document_id
        second = library.add_bytes("team.pdf", report("second visits")).document_id
    assert first is not None
    assert second is not None
    told = run(tmp_path / "library", "remove", second, first)
    assert told.returncode == 0, told.stderr
    assert told.stdout.strip() == f"removed  {second}  team.pdf (and 1 earlier version)"


@pytest.mark.parametrize(
    ("format_", "health", "said"),
    [
        (Format.PDF, {"read": 12}, "12 pages read"),
        (
            Format.PDF,
            {"read": 8, "read by OCR": 3, "no text layer": 1},
            "11 pages read, 3 by OCR, 1 not read: no text layer",
        ),
        (Format.PDF, {"read by OCR": 4}, "4 pages read, all by OCR"),
        (Format.PDF, {"read by OCR": 1}, "1 page read, by OCR"),
        (Format.PDF, {"failed": 1}, "no pages read, 1 not read: failed"),
        (Format.PPTX, {"read": 1, "partly read": 1}, "2 slides read, 1 only in part"),
        (Format.DOCX, {"read": 1}, "1 section read"),
    ],
)
def test_how_a_document_was_read_in_words(format_: Format, health: dict[str, int], said: str) -> None:
    pages = sum(health.values())
    record = DocumentRecord(
        *("id", "sha", "a.pdf", "A", (), None, "document", None), pages, (), health, 1, "2026-11-22", False, format_
    )
    assert how_read(record) == said


@pytest.mark.parametrize("health", PageHealth)
def test_every_health_has_its_words(health: PageHealth) -> None:
    record = DocumentRecord(*("id", "sha", "a.pdf", "A", (), None, "document", None), 1, (), {health: 1}, 1, "", False)
    assert health is PageHealth.READ or len(how_read(record).split(",")) == 2
    assert (page_note(health) is None) == (health is PageHealth.READ)
