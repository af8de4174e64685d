"""A second reader of the cited pages, independent of ingest: pypdf, and poppler's pdftotext where it is installed."""

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from pypdf import PdfReader

from evals.metrics import letters


@lru_cache(maxsize=64)
def page_letters(path: Path) -> tuple[str, ...]:
    """The letters of every page, once for each way of reading it, parted by line breaks."""
    readings = [[letters(page.extract_text()) for page in PdfReader(path).pages]]
    if shutil.which("pdftotext"):
        readings += [_poppler(path, mode) for mode in ("-raw", "-layout")]
    return tuple("\n".join(page) for page in zip(*readings, strict=False))


def _poppler(path: Path, mode: str) -> list[str]:
    command = ["pdftotext", mode, "-enc", "UTF-8", str(path), "-"]
    text = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode("utf-8", "replace")
    return [letters(page) for page in text.split("\f")]
