"""Names and files from outside, which may be hostile."""

from pathlib import Path

import pytest

from ingest.files import safe_name
from tests.ingest.conftest import Open
from tests.ingest.pdfs import report


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.pdf", "system.pdf"),
        ("/abs/olute.pdf", "olute.pdf"),
        ("..", "document.pdf"),
        ("", "document.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("a\x00b\nc\x1b[31m.pdf", "ab c[31m.pdf"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ('<img src="x">.pdf', "-img src=-x--.pdf"),
        ("Cafe\u0301.pdf", "Café.pdf"),
    ],
)
def test_only_a_name_is_kept_of_a_name(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("é" * 400 + ".pdf")
    assert name.endswith("é.pdf")
    assert len(name.encode()) <= 200


@pytest.mark.parametrize("name", ["../../outside.pdf", "/outside.pdf", "..\\outside.pdf", "a/../../outside.pdf"])
def test_an_upload_cannot_leave_the_data_directory(open_library: Open, tmp_path: Path, name: str) -> None:
    library = open_library(tmp_path / "inner" / "library")
    before = set(tmp_path.rglob("outside.pdf"))
    told = library.add_bytes(name, report("beds"))
    assert told.status == "added"
    assert library.documents()[0].file_name == "outside.pdf"
    assert set(tmp_path.rglob("outside.pdf")) == before == set()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "This is an image"),
        (b"\x7fELF" + b"\0" * 100, "not read"),
        (b"{\\rtf1 text}", "Rich Text"),
    ],
    ids=["empty", "picture", "program", "rich text"],
)
def test_what_is_not_read_is_told_from_its_bytes(
    open_library: Open, tmp_path: Path, data: bytes, sentence: str
) -> None:
    told = open_library(tmp_path / "library").add_bytes("report.pdf", data)
    assert told.status == "failed"
    assert sentence in (told.reason or "")


def test_a_file_over_the_limit_is_refused(open_library: Open, tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", max_file_mb=1)
    told = library.add_bytes("big.pdf", report("beds") + b"\n" * 1_100_000)
    assert told.status == "failed"
    assert "ASSISTANT_MAX_FILE_MB" in (told.reason or "")
    assert list((tmp_path / "library" / "files").iterdir()) == []
