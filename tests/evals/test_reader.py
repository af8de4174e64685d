"""The second reader, which checks quotes without any of ingest's code."""

from evals.metrics import letters, quote_stands
from evals.reader import page_letters
from ingest.programme import CORPUS


def test_a_sentence_is_found_on_its_page_and_on_no_other() -> None:
    pages = page_letters(CORPUS / "handbook.pdf")
    quote = "Two digests accompany this handbook."
    assert [number for number, page in enumerate(pages, 1) if quote_stands(quote, page)] == [4]


def test_every_page_has_its_letters() -> None:
    pages = page_letters(CORPUS / "digest-issue-6.pdf")
    assert len(pages) == 15
    assert all(letters(page) for page in pages)
