from pathlib import Path

import pytest

from ingest.pdf import read_pdf
from ingest.types import ParsedDocument
from tests.ingest.pdf.drawn import Read


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads bytes as a file."""

    def read_it(data: bytes) -> ParsedDocument:
        path = tmp_path / "report.pdf"
        path.write_bytes(data)
        return read_pdf(path)

    return read_it
