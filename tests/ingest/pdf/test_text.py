"""The stored text: hyphens mended, ligatures opened, every word where the page shows it."""

import io
import re

import pypdfium2 as pdfium
import pytest
from pypdf import PdfWriter
from pypdf.generic import RectangleObject

from ingest.types import Page
from tests.ingest.pdf.drawn import Read, Shown, placed, rewritten, stacked

LINES = [
    "Every family meets its worker at home within five days of the",
    "first call, and the worker comes back each week with the one",
    "specialist who is needed most by the parents at that time.",
]


def read_lines(read: Read, *lines: str) -> str:
    return read(placed(stacked(lines))).pages[0].text


def test_a_typographic_hyphen_at_a_line_end_is_mended(read: Read) -> None:
    assert "The team coordinates each visit" in read_lines(
        read, "The team co‐", "ordinates each visit with the parents."
    )


def test_a_soft_hyphen_at_a_line_end_is_mended(read: Read) -> None:
    text = read_lines(read, "The child came home. Later it re\u00ad", "turned to school, as all of them had hoped.")
    assert "Later it returned to school" in text


def test_a_plain_hyphen_is_dropped_when_the_document_knows_the_word(read: Read) -> None:
    text = read_lines(read, "Each assessment takes a day. An assess-", "ment is read aloud to the parents in the end.")
    assert "An assessment is read aloud" in text


def test_a_plain_hyphen_is_kept_in_a_compound(read: Read) -> None:
    text = read_lines(read, "The team keeps a strengths-", "based plan, which is well-known in the town.")
    assert "a strengths-based plan, which is well-known" in text


def test_a_hyphen_within_a_line_is_left_alone(read: Read) -> None:
    text = read_lines(
        read, "A co‐ordinator and a multi-agency team meet", "the parents in the evening of the first day."
    )
    assert "A co‐ordinator and a multi-agency team" in text


def test_a_dash_at_a_line_end_is_left_alone(read: Read) -> None:
    assert "at home – within" in read_lines(
        read, "Every family meets its worker at home –", "within five days of the call."
    )


@pytest.mark.parametrize("word", ["oﬃce", "ﬁnds", "ﬂat", "staﬀ", "shuﬄe"])
def test_ligatures_are_opened(read: Read, word: str) -> None:
    plain = {"oﬃce": "office", "ﬁnds": "finds", "ﬂat": "flat", "staﬀ": "staff", "shuﬄe": "shuffle"}[word]
    page = read(placed(stacked([f"Here the word {word} has a ligature."]))).pages[0]
    assert page.text == f"Here the word {plain} has a ligature."
    assert [page.text[w.start : w.end] for w in page.words][3] == plain


def test_words_are_the_text_without_its_spaces(read: Read) -> None:
    page = read(placed(stacked(LINES))).pages[0]
    assert [page.text[word.start : word.end] for word in page.words] == " ".join(LINES).split()


def test_a_broken_word_is_marked_on_both_lines(read: Read) -> None:
    page = read(placed(stacked(["The team co‐", "ordinates each visit with the parents."]))).pages[0]
    start = page.text.index("coordinates")
    parts = [word for word in page.words if start <= word.start < start + len("coordinates")]
    assert [page.text[part.start : part.end] for part in parts] == ["co", "ordinates"]
    assert parts[1].y0 > parts[0].y0
    assert parts[1].x0 < parts[0].x0


def assert_boxes_agree(page: Page, data: bytes, turned: bool = False) -> None:
    """pdfium's own text inside each word's box is that word (for a turned page: the box is on the page)."""
    document = pdfium.PdfDocument(io.BytesIO(data))
    sheet = document[page.number - 1]
    text_page = sheet.get_textpage()
    left, bottom, _, top = sheet.get_cropbox()
    for word in page.words:
        assert 0 <= word.x0 < word.x1 <= page.width
        assert 0 <= word.y0 < word.y1 <= page.height
        if not turned:
            box = left + word.x0 - 0.5, top - word.y1 - 0.5, left + word.x1 + 0.5, top - word.y0 + 0.5
            found = text_page.get_text_bounded(*box)
            assert page.text[word.start : word.end] in re.sub(r"\s", "", found), word
    assert bottom < top
    document.close()


def test_every_word_is_where_pdfium_finds_it(read: Read) -> None:
    data = placed(stacked(LINES), [Shown(215, 40, "A second column stands here."), *stacked(LINES[:2], y=200)])
    for page in read(data).pages:
        assert page.words
        assert_boxes_agree(page, data)


def test_boxes_follow_a_page_whose_corner_is_cut_off(read: Read) -> None:
    def crop(writer: PdfWriter) -> None:
        writer.pages[0].cropbox = RectangleObject((20, 100, 390, 280))

    data = rewritten(placed(stacked(LINES)), crop)
    page = read(data).pages[0]
    assert (page.width, page.height) == (370, 180)
    assert_boxes_agree(page, data)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_boxes_follow_a_turned_page(read: Read, angle: int) -> None:
    data = rewritten(placed(stacked(LINES)), lambda writer: writer.pages[0].rotate(angle))
    page = read(data).pages[0]
    assert (page.width, page.height) == ((400, 300) if angle == 180 else (300, 400))
    assert_boxes_agree(page, data, turned=True)
    assert dark_share(data, page) > 0.99


def dark_share(data: bytes, page: Page) -> float:
    """How much of the ink of the page lies in the words' boxes."""
    document = pdfium.PdfDocument(io.BytesIO(data))
    picture = document[page.number - 1].render(scale=2).to_pil().convert("L")
    document.close()
    ink = [(x, y) for y in range(picture.height) for x in range(picture.width) if picture.getpixel((x, y)) < 128]
    held = [any(w.x0 - 1 <= x / 2 <= w.x1 + 1 and w.y0 - 1 <= y / 2 <= w.y1 + 1 for w in page.words) for x, y in ink]
    return sum(held) / len(held)
