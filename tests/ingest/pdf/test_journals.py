"""Two real journals, where they are at hand: articles, whole sentences, and a second reader's word for it."""

import json
import shutil
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from evals.reading import WHOLE, judge, letters
from ingest.chunks import chunk_document
from ingest.pdf import read_pdf
from ingest.programme import Programme
from ingest.types import PageHealth, ParsedDocument

FOLDER = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
LIST = FOLDER / "articles.json"
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


def test_every_article_starts_where_the_list_says(file: str) -> None:
    parsed = parsed_of(file)
    starts = {article.first_page for article in parsed.articles}
    missed = [title for title, first, _ in articles_of(file) if first not in starts]
    assert not missed


def test_pages_are_all_there_and_read(file: str) -> None:
    parsed = parsed_of(file)
    assert len(parsed.pages) == next(journal["pages"] for journal in JOURNALS if journal["file"] == file)
    assert not [page.number for page in parsed.pages if page.health in (PageHealth.FAILED, PageHealth.DAMAGED)]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_sentences_of_every_article_stand_unbroken(file: str) -> None:
    listed = next(journal["articles"] for journal in JOURNALS if journal["file"] == file)
    readings = list(judge(FOLDER / file, parsed_of(file), listed))
    assert sum(one.sentences for one in readings) > 250
    assert [(one.article, one.share, one.broken) for one in readings if one.share < WHOLE] == []


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
