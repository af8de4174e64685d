"""Ninety-nine odd PDFs, where they are at hand: each is read, or refused for the reason its list gives."""

import csv
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.pdf import read_pdf

FOLDER = Path(__file__).resolve().parents[3].parent / "shared" / "pdfs"
LIST = FOLDER / "manifest.tsv"
LARGEST = 150_000  # bytes: larger ones take seconds each
ROWS = list(csv.DictReader(LIST.read_text("utf-8").splitlines(), delimiter="\t")) if LIST.is_file() else []
KNOWN = {"pdfjs__scan-bad.pdf"}  # a scan with one stray word of text: read as that word
FILES = [row for row in ROWS if int(row["bytes"]) <= LARGEST and row["file"] not in KNOWN]


def outcome(path: Path) -> str:
    try:
        parsed = read_pdf(path)
    except ReadError:
        return "refuse"
    for page in parsed.pages:
        for word in page.words:
            assert page.text[word.start : word.end].strip() == page.text[word.start : word.end] != ""
        for block in page.blocks:
            assert 0 <= block.start < block.end <= len(page.text)
    return "text" if any(page.text for page in parsed.pages) else "no text"


ALLOWED = {
    "text": {"text"},
    "ocr": {"no text"},
    "empty": {"no text"},
    "refuse": {"refuse"},
    "partial": {"text", "no text"},
    "either": {"text", "no text", "refuse"},
}


@pytest.mark.skipif(not ROWS, reason="the odd PDFs are not at hand")
@pytest.mark.parametrize("row", FILES, ids=[row["file"] for row in FILES])
def test_an_odd_file_is_read_or_refused(row: dict[str, str]) -> None:
    path = FOLDER / row["file"]
    if path.is_file():
        assert outcome(path) in ALLOWED[row["expect_code"]], row["what_is_hard"]
