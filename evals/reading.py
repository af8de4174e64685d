"""`python -m evals.reading CORPUS_DIR`: does every sentence of every article stand unbroken in the text that was read?

The sentences are those of another reader, poppler's `pdftotext -raw`; `CORPUS_DIR/articles.json` says which article
stands on which pages. Exit code 1 when an article has less than 0.98 of its sentences, or starts on another page.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from ingest.pdf import read_pdf
from ingest.sentences import sentence_spans
from ingest.types import ParsedDocument

WHOLE = 0.98
SHOWN = 60  # characters of a broken sentence
_NAME = 10  # characters of a file's name: its end tells two issues apart


class Sentence(NamedTuple):
    """A sentence of the second reading, and its rests from each line that starts with a capital.

    Poppler sets no boundary after a heading, so that a sentence may have headings glued to its front.
    """

    text: str
    rests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One article: how many of its sentences stand whole, those that don't, and whether it starts where it should."""

    file: str
    article: str
    first_page: int
    starts: bool
    sentences: int
    broken: tuple[str, ...]

    @property
    def share(self) -> float:
        return 1 - len(self.broken) / self.sentences if self.sentences else 1.0

    @property
    def good(self) -> bool:
        return self.starts and self.share >= WHOLE


def letters(text: str) -> str:
    """Letters and digits only, ligatures opened: what readers may not differ in."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=8)
def lines_of(path: Path) -> tuple[tuple[str, ...], ...]:
    """The lines of every page as poppler reads them, without folios, lone bullets and running heads in capitals."""
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"]
    printed = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode("utf-8", "replace")
    often = Counter(letters(line) for line in printed.splitlines())
    return tuple(
        tuple(
            line
            for line in page.splitlines()
            if any(c.isalpha() for c in line) and not (line.isupper() and often[letters(line)] > 1)
        )
        for page in printed.split("\f")
    )


def second_reading(path: Path, first: int, last: int) -> Iterator[Sentence]:
    """The closed sentences (no map's numbered legend) of an article's pages: lines joined, hyphens mended."""
    text, starts = "", []
    for line in (line for page in lines_of(path)[first - 1 : last] for line in page):
        if text.endswith(("‐", "\u00ad")):
            text = text[:-1] + line
        else:
            text = f"{text} {line}".strip()
            starts.append(len(text) - len(line))
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        if len(sentence.split()) >= 5 and re.search(r"^[^\W\d].*[.!?][”’\"')]*$|^[“‘\"'].*", sentence):
            rests = (text[at:end] for at in starts if start < at < end and text[at].isupper())
            yield Sentence(sentence, tuple(rest for rest in rests if len(rest.split()) >= 8))


def judge(path: Path, parsed: ParsedDocument, articles: Sequence[dict[str, Any]]) -> Iterator[Reading]:
    """One entry for each article that the list has for this file."""
    starts = {article.first_page for article in parsed.articles}
    for article in articles:
        first, last = article["first_page"], article["last_page"]
        ours = letters(" ".join(page.text for page in parsed.pages[first - 1 : last]))
        sentences = [] if article["title"] == "Contents" else list(second_reading(path, first, last))
        broken = [one.text for one in sentences if not any(letters(part) in ours for part in (one.text, *one.rests))]
        yield Reading(path.name, article["title"], first, first in starts, len(sentences), tuple(broken))


def judge_corpus(folder: Path) -> list[Reading]:
    journals = json.loads((folder / "articles.json").read_text("utf-8"))
    return [
        reading
        for journal in journals
        for reading in judge(folder / journal["file"], read_pdf(folder / journal["file"]), journal["articles"])
    ]


def table_of(readings: Sequence[Reading]) -> Table:
    table = Table("file", "article", "page", "starts", "sentences", "whole", "broken")
    for one in readings:
        broken = "; ".join(text[:SHOWN] for text in one.broken)
        row = (
            one.file[-24:],
            one.article[:SHOWN],
            str(one.first_page),
            "yes" if one.starts else "NO",
            str(one.sentences),
        )
        table.add_row(*row, f"{one.share:.3f}", broken, style=None if one.good else "bold red")
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Compares the text of every article with another reader's sentences."""
    parser = argparse.ArgumentParser(prog="python -m evals.reading", description=__doc__)
    parser.add_argument("folder", type=Path, help="the journals and their articles.json")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args(arguments)
    if shutil.which("pdftotext") is None:
        parser.error("pdftotext is not installed: install poppler-utils and run this again.")
    if not (given.folder / "articles.json").is_file():
        parser.error(f"{given.folder} has no articles.json, which says where each article stands.")
    readings = judge_corpus(given.folder)
    sentences, broken = sum(one.sentences for one in readings), sum(len(one.broken) for one in readings)
    starts = sum(one.starts for one in readings)
    summary = f"{sentences - broken} of {sentences} sentences whole; {starts} of {len(readings)} articles start right"
    if given.json:
        entries = [{**asdict(one), "share": round(one.share, 4)} for one in readings]
        print(json.dumps({"whole": WHOLE, "summary": summary, "articles": entries}, ensure_ascii=False, indent=1))
    else:
        console = Console()
        console.print(table_of(readings))
        console.print(summary, highlight=False)
    return 0 if all(one.good for one in readings) else 1


if __name__ == "__main__":
    sys.exit(main())
