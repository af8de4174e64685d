"""What stands for a page, in words, and what a reader is warned of."""

from dataclasses import replace

import pytest

from assistant.cite import CAUTIONS, lines_of, place
from ingest.types import BlockKind, Format, PageHealth, Span
from tests.assistant.pages import make_page


@pytest.mark.parametrize(
    ("format_", "number", "label", "lines", "said"),
    [
        (Format.PDF, 50, "48", None, "page 50 (printed 48)"),
        (Format.PDF, 50, "50", None, "page 50"),
        (Format.PDF, 50, None, None, "PDF page 50"),
        (Format.PDF, 2, "iv", None, "page 2 (printed iv)"),
        (Format.PPTX, 3, "slide 3", None, "slide 3"),
        (Format.PPTX, 3, None, None, "slide 3"),
        (Format.DOCX, 2, "Referrals › Thresholds", None, "section “Referrals › Thresholds”"),
        (Format.DOCX, 2, None, None, "part 2"),
        (Format.HTML, 1, "Beginning", None, "section “Beginning”"),
        (Format.MARKDOWN, 1, "Fees", (73, 75), "section “Fees”, lines 73–75"),
        (Format.TEXT, 2, "lines 61–118", (73, 73), "line 73"),
        (Format.TEXT, 2, "lines 61–118", (73, 75), "lines 73–75"),
        (Format.TEXT, 2, "lines 61–118", None, "lines 61–118"),
    ],
)
def test_a_place_is_named_as_its_format_names_it(
    format_: Format, number: int, label: str | None, lines: tuple[int, int] | None, said: str
) -> None:
    assert place(format_, number, label, lines) == said


def test_lines_are_those_of_the_quote_alone() -> None:
    page = make_page((BlockKind.PARAGRAPH, "The hub has"), (BlockKind.PARAGRAPH, "six beds and"))
    lined = replace(page, words=tuple(replace(word, line=5 + (word.y0 > 60)) for word in page.words))
    start, end = page.text.index("has"), page.text.index("beds") + 4
    assert lines_of(lined, Span(1, start, end)) == (5, 6)
    assert lines_of(lined, Span(1, start, start + 3)) == (5, 5)
    assert lines_of(page, Span(1, start, end)) is None, "a page without lines"


def test_text_that_was_not_simply_read_is_marked() -> None:
    assert CAUTIONS[PageHealth.OCR] == "text from OCR"
    unsure = {PageHealth.OCR, PageHealth.PARTIAL, PageHealth.SUSPECT, PageHealth.DAMAGED}
    assert set(CAUTIONS) == unsure
