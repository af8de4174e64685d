"""Two real journals, where they are at hand: articles, whole sentences, and a second reader's word for it."""

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest
from pypdf import PdfReader

from ingest.chunks import chunk_document
from ingest.pdf import read_pdf
from ingest.programme import Programme
from ingest.sentences import sentence_spans
from ingest.types import PageHealth, ParsedDocument

FOLDER = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
LIST = FOLDER / "articles.json"
WHOLE = 0.98
pytestmark = pytest.mark.skipif(not LIST.is_file(), reason="the journals are not at hand")
JOURNALS = json.loads(LIST.read_text("utf-8")) if LIST.is_file() else []


@lru_cache(maxsize=2)
def parsed_of(file: str) -> ParsedDocument:
    return read_pdf(FOLDER / file)


@pytest.fixture(params=[journal["file"] for journal in JOURNALS])
def file(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def articles_of(file: str) -> list[tuple[str, int, int]]:
    listed = next(journal["articles"] for journal in JOURNALS if journal["file"] == file)
    return [(article["title"], article["first_page"], article["last_page"]) for article in listed]


def letters(text: str) -> str:
    """Letters and digits only, ligatures opened: what readers may not differ in."""
    opened = text.replace("ﬃ", "ffi").replace("ﬄ", "ffl").replace("ﬀ", "ff").replace("ﬁ", "fi").replace("ﬂ", "fl")
    return re.sub(r"[\W_]+", "", opened).lower()


def test_every_article_starts_where_the_list_says(file: str) -> None:
    parsed = parsed_of(file)
    starts = {article.first_page for article in parsed.articles}
    missed = [title for title, first, _ in articles_of(file) if first not in starts]
    assert not missed


def test_pages_are_all_there_and_read(file: str) -> None:
    parsed = parsed_of(file)
    assert len(parsed.pages) == next(journal["pages"] for journal in JOURNALS if journal["file"] == file)
    assert not [page.number for page in parsed.pages if page.health in (PageHealth.FAILED, PageHealth.DAMAGED)]


@lru_cache(maxsize=2)
def lines_of(file: str) -> tuple[tuple[str, ...], ...]:
    """The lines of every page as poppler reads them, without folios, lone bullets and running heads in capitals."""
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(FOLDER / file), "-"]
    printed = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    often = Counter(letters(line) for line in printed.splitlines())
    return tuple(
        tuple(
            line
            for line in page.splitlines()
            if any(c.isalpha() for c in line) and not (line.isupper() and often[letters(line)] > 1)
        )
        for page in printed.split("\f")
    )


class Sentence(NamedTuple):
    """A sentence of the second reading, and its rests from each line that starts with a capital.

    Poppler sets no boundary after a heading, so that a sentence may have headings glued to its front.
    """

    text: str
    rests: tuple[str, ...]


def second_reading(file: str, first: int, last: int) -> Iterator[Sentence]:
    """The closed sentences (no map's numbered legend) of an article's pages: lines joined, hyphens mended."""
    text, starts = "", []
    for line in (line for page in lines_of(file)[first - 1 : last] for line in page):
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


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_sentences_of_every_article_stand_unbroken(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    parsed = parsed_of(file)
    shares: dict[str, float] = {}
    whole = count = 0
    for title, first, last in articles_of(file):
        ours = letters(" ".join(page.text for page in parsed.pages[first - 1 : last]))
        sentences = list(second_reading(file, first, last))
        if title == "Contents" or not sentences:
            continue
        standing = [any(letters(part) in ours for part in (one.text, *one.rests)) for one in sentences]
        shares[f"{title} ({first}-{last})"] = sum(standing) / len(standing)
        whole += sum(letters(one.text) in ours for one in sentences)
        count += len(sentences)
    least = min(shares, key=lambda name: shares[name])
    with capsys.disabled():
        print(f"\n{file}: {whole} of {count} sentences as poppler cuts them; least {shares[least]:.3f}: {least}")
    assert count > 250
    assert whole / count >= WHOLE
    assert shares[least] >= WHOLE, least


def test_a_second_reader_finds_the_same_words(file: str) -> None:
    """pypdf's words against ours, counted: all of ours are there, and what we lack is running heads and folios."""
    reader = PdfReader(FOLDER / file)
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    for page, other in zip(parsed_of(file).pages, reader.pages, strict=True):
        mine, its = letters(page.text), letters(other.extract_text())
        ours.update(mine)
        theirs.update(its)
        if mine:
            assert (Counter(mine) - Counter(its)).total() <= 0.01 * len(mine), page.number
    assert (theirs - ours).total() <= 0.05 * theirs.total()


def test_every_letter_of_the_journals_is_in_one_chunk(file: str, programme: Programme) -> None:
    parsed = parsed_of(file)
    chunks = chunk_document(parsed, programme)
    chunked = Counter("".join(letters(chunk.text) for chunk in chunks))
    blocks = Counter(
        "".join(letters(page.text[block.start : block.end]) for page in parsed.pages for block in page.blocks)
    )
    assert chunked == blocks
