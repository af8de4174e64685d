"""Hard PDFs against their manifest: `python -m evals.pdfs DIR [--no-ocr] [--json FILE]`.

DIR holds `manifest.tsv` (file, expect_code, what_is_hard), `snippets.tsv` (file, page, snippet) and the files. Each is
added to a fresh library the way any file is; exit 1 when one of them ends otherwise than its manifest says.
"""

import argparse
import csv
import json
import re
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pypdfium2 as pdfium
from rich.console import Console
from rich.table import Table

from evals.memory import PeakMemory
from ingest.library import Library
from ingest.ocr import find_engine
from ingest.pdf.furniture import BAND
from ingest.programme import load_programme
from ingest.records import FileReport
from ingest.settings import IngestSettings
from ingest.types import Page, PageHealth

MOST_SECONDS = 700.0  # the limit for a file, and a little for embedding it
UNREAD = frozenset({PageHealth.NO_TEXT, PageHealth.FAILED, PageHealth.SKIPPED, PageHealth.PARTIAL})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the manifest."""

    file: str
    expected: str
    what_is_hard: str
    snippets: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file. `wrong` says why it is not as expected, else it is empty."""

    file: str
    expected: str
    status: str
    reason: str | None
    health: dict[str, int]
    details: tuple[str, ...]
    seconds: float
    memory_mb: int
    wrong: str


def read_manifest(folder: Path) -> list[Row]:
    snippets: dict[str, list[tuple[int, str]]] = {}
    for line in _table(folder / "snippets.tsv"):
        snippets.setdefault(line["file"], []).append((int(line["page"]), line["snippet"]))
    return [
        Row(line["file"], line["expect_code"], line["what_is_hard"], tuple(snippets.get(line["file"], ())))
        for line in _table(folder / "manifest.tsv")
    ]


def run(folder: Path, rows: Sequence[Row], settings: IngestSettings) -> Iterator[Outcome]:
    """Adds each file, in the manifest's order, and judges what became of it."""
    engine = find_engine(settings) is not None
    with Library.open(settings, load_programme()) as library:
        for row in rows:
            started = time.monotonic()
            with PeakMemory() as memory:
                (report,) = library.add([folder / row.file])
            seconds = time.monotonic() - started
            pages = _pages(library, report)
            wrong = _misses(row, report, pages, engine, folder)
            if seconds > MOST_SECONDS:
                wrong.append(f"took {seconds:.0f} s")
            yield Outcome(
                file=row.file,
                expected=row.expected,
                status=report.status,
                reason=report.reason,
                health=dict(Counter(page.health.value for page in pages)),
                details=tuple(dict.fromkeys(page.detail for page in pages if page.detail)),
                seconds=round(seconds, 1),
                memory_mb=memory.peak_mb,
                wrong="; ".join(wrong),
            )


def _pages(library: Library, report: FileReport) -> list[Page]:
    if report.document_id is None:
        return []
    return [library.page(report.document_id, number) for number in range(1, report.pages + 1)]


def _misses(row: Row, report: FileReport, pages: Sequence[Page], engine: bool, folder: Path) -> list[str]:
    """Where the outcome differs from what the manifest expects."""
    if report.status == "failed":
        reason = report.reason or ""
        if not reason or reason.startswith("An error of the program"):
            return ["failed without a reason of its own"]
        return [] if row.expected in ("refuse", "either") else [f"refused: {reason}"]
    wrong = [] if _is_as_expected(row.expected, pages, engine) else [f"not as {row.expected!r} should be"]
    missing = [snippet for page, snippet in row.snippets if not _stands(pages[page - 1], snippet, folder / row.file)]
    return wrong + [f"not found: {snippet}" for snippet in missing]


def _is_as_expected(expected: str, pages: Sequence[Page], engine: bool) -> bool:
    healths = {page.health for page in pages}
    has_text = any(page.text for page in pages)
    unread = [page for page in pages if page.health in UNREAD]
    told = all(page.detail for page in unread)
    if expected == "text":
        return has_text
    if expected == "ocr":
        tried = engine and all(page.health is PageHealth.OCR or "OCR" in (page.detail or "") for page in pages)
        return told and (bool(unread) or tried)
    if expected == "empty":
        return not has_text and healths == {PageHealth.EMPTY}
    if expected == "partial":
        return any(page.health is PageHealth.PARTIAL or re.search(r"form|note", page.detail or "") for page in pages)
    return expected == "either" and told and (has_text or not healths & {PageHealth.READ, PageHealth.OCR})


def _stands(page: Page, snippet: str, path: Path) -> bool:
    """Whether the page has it; running heads and folios are left out of a page's text on purpose."""
    wanted = _folded(snippet)
    return wanted in _folded(page.text) or wanted in _folded(_margins(path, page.number))


def _margins(path: Path, number: int) -> str:
    """What another way of reading finds at the head and the foot of the page."""
    document = pdfium.PdfDocument(path)
    try:
        page = document[number - 1]
        text, height = page.get_textpage(), page.get_height()
        edge = (BAND + 0.01) * height
        return str(text.get_text_bounded(bottom=height - edge)) + " " + str(text.get_text_bounded(top=edge))
    finally:
        document.close()


def _folded(text: str) -> str:
    """Without white space, hyphens, bullets and the bars between cells, in small letters."""
    return re.sub(r"[\s|•\-\u00ad\u2010]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines(), delimiter="\t"))


def show(outcomes: Sequence[Outcome], title: str, console: Console) -> None:
    table = Table("file", "expected", "what happened", "s", "MB", "", title=title, title_justify="left")
    for one in outcomes:
        health = ", ".join(f"{count} {name}" for name, count in one.health.items())
        told = f"{one.status}: {health}" if one.health else f"{one.status}: {one.reason}"
        extra = "".join(f"\n  {detail}" for detail in one.details[:3])
        verdict = f"[red]WRONG {one.wrong}" if one.wrong else "ok"
        table.add_row(one.file, one.expected, told + extra, f"{one.seconds:.1f}", str(one.memory_mb), verdict)
    console.print(table)
    wrong = sum(bool(one.wrong) for one in outcomes)
    console.print(f"{len(outcomes) - wrong} of {len(outcomes)} as expected, {wrong} not")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.pdfs", description="Adds hard PDFs, and judges the outcome.")
    parser.add_argument("folder", type=Path, help="the folder of manifest.tsv")
    parser.add_argument("--no-ocr", action="store_true", help="as on a machine without an OCR engine")
    parser.add_argument("--engine", default="auto", choices=["auto", "tesseract", "rapidocr"])
    parser.add_argument("--only", default="", help="only files whose name holds this")
    parser.add_argument("--json", type=Path, help="write the outcomes to this file")
    given = parser.parse_args(arguments)
    rows = [row for row in read_manifest(given.folder) if given.only in row.file]
    console = Console()
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="assistant-evals-", ignore_cleanup_errors=True) as data:
        settings = IngestSettings(data_dir=Path(data), chroma_url=None, ocr="off" if given.no_ocr else given.engine)
        for outcome in run(given.folder, rows, settings):
            console.print(f"{len(outcomes) + 1}/{len(rows)} {outcome.file} {outcome.status} {outcome.seconds} s")
            outcomes.append(outcome)
    engine = find_engine(settings)
    show(outcomes, f"{given.folder.name}, OCR: {engine.name if engine else 'none'}", console)
    if given.json:
        given.json.write_text(
            json.dumps([asdict(one) for one in outcomes], ensure_ascii=False, indent=1) + "\n", "utf-8"
        )
    return 1 if any(one.wrong for one in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
