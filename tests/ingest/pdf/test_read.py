"""How each page was read, and that it says so: scans, form values, comments, letters without meaning."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from ingest.child import read_in_child
from ingest.ocr import OcrLine, find_engine
from ingest.pdf import draw_page, read_pdf
from ingest.pdf.read import Reading
from ingest.pdf.scans import Scanner
from ingest.settings import IngestSettings
from ingest.types import Page, PageHealth
from tests.ingest.ocr.scans import ENGINES, LEFT, LINES, RIGHT, as_pdf, installed, sheet
from tests.ingest.pdfs import build, make_pdf

needs_engine = pytest.mark.skipif(
    not (installed("tesseract") or installed("rapidocr")), reason="this machine has no OCR engine"
)


def pages_of(tmp_path: Path, data: bytes, ocr: str = "off") -> list[Page]:
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    settings = IngestSettings.model_validate({"ocr": ocr})
    return list(read_pdf(path, reading=Reading(scanner=Scanner(lambda: find_engine(settings), "no engine here"))).pages)


def changed(data: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ENGINES)
def test_a_scan_is_read_and_says_by_what(tmp_path: Path, name: str) -> None:
    (page,) = pages_of(tmp_path, as_pdf(sheet(LINES)), name)
    assert page.health is PageHealth.OCR
    assert page.detail is not None
    assert page.detail.startswith(f"text from OCR ({name} ")
    assert "mean confidence" in page.detail
    assert "within five days of the first call" in page.text
    for word in page.words:
        assert 0 <= word.x0 < word.x1 <= page.width + 1
        assert 0 <= word.y0 < word.y1 <= page.height + 1


@needs_engine
def test_a_turned_scan_has_its_boxes_on_the_page_as_it_is_shown(tmp_path: Path) -> None:
    (page,) = pages_of(tmp_path, as_pdf(sheet(LINES, degrees=90)), "auto")
    assert (page.width, page.height) == pytest.approx((842, 595), abs=1)
    word = next(word for word in page.words if page.text[word.start : word.end] == "Every")
    assert word.x1 < 130
    assert word.y0 > 480
    assert word.y1 - word.y0 > word.x1 - word.x0


@needs_engine
def test_the_columns_of_a_scan_are_read_one_after_the_other(tmp_path: Path) -> None:
    (page,) = pages_of(tmp_path, as_pdf(sheet(LEFT, RIGHT)), "auto")
    assert page.text.index("working together") < page.text.index("right column")


def test_without_an_engine_a_scan_is_unread_and_says_so(tmp_path: Path) -> None:
    (page,) = pages_of(tmp_path, as_pdf(sheet(LINES)))
    assert (page.health, page.detail, page.text) == (PageHealth.NO_TEXT, "no engine here", "")


@pytest.mark.parametrize("ocr", ["off", "auto"])
def test_a_sheet_without_marks_and_a_shade_of_colour_are_empty(tmp_path: Path, ocr: str) -> None:
    shade = Image.linear_gradient("L").resize((1240, 1754))
    pages = [*pages_of(tmp_path, as_pdf(sheet(), shade), ocr), *pages_of(tmp_path, make_pdf([[]]), ocr)]
    assert [page.health for page in pages] == [PageHealth.EMPTY] * 3
    assert [page.detail for page in pages] == ["a blank page", "a picture without lines or letters", "a blank page"]


@needs_engine
def test_noise_is_not_stored_as_text(tmp_path: Path) -> None:
    (page,) = pages_of(tmp_path, as_pdf(Image.effect_noise((1240, 1754), 120)), "auto")
    assert page.health in (PageHealth.EMPTY, PageHealth.FAILED)
    assert page.text == ""
    assert "OCR" in str(page.detail)


class Slow:
    name = "slow 1.0.0"

    def read(self, image: Image.Image, dpi: float, seconds: float) -> list[OcrLine]:
        raise AssertionError("time is out already")

    def turn(self, image: Image.Image, seconds: float) -> int | None:
        return 0


def test_a_page_that_takes_too_long_is_skipped_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(as_pdf(sheet(LINES)))
    (page,) = read_pdf(path, reading=Reading(scanner=Scanner(Slow, seconds=0.0))).pages
    assert page.health is PageHealth.SKIPPED
    assert "longer than" in str(page.detail)


@needs_engine
def test_the_child_reads_scans_within_its_limits(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(as_pdf(sheet(LINES), sheet(LINES[:3])))
    told: list[tuple[int, int]] = []
    parsed = read_in_child(path, IngestSettings(), lambda done, pages: told.append((done, pages)))
    assert [page.health for page in parsed.pages] == [PageHealth.OCR] * 2
    assert told[-1] == (2, 2)


def test_values_of_form_fields_follow_their_labels(tmp_path: Path) -> None:
    def fill(writer: PdfWriter) -> None:
        rect = ArrayObject(FloatObject(x) for x in (330, 735, 480, 752))
        field = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/T"): TextStringObject("name"),
                NameObject("/V"): TextStringObject("Ann Brown"),
                NameObject("/F"): NumberObject(4),
                NameObject("/Rect"): rect,
            }
        )
        reference = writer._add_object(field)
        writer.pages[0][NameObject("/Annots")] = ArrayObject([reference])
        form = {NameObject("/Fields"): ArrayObject([reference]), NameObject("/NeedAppearances"): BooleanObject(True)}
        writer._root_object[NameObject("/AcroForm")] = DictionaryObject(form)

    (page,) = pages_of(tmp_path, changed(make_pdf([["Name of the social worker", "Date of the visit"]]), fill))
    assert page.health is PageHealth.READ
    assert page.detail == "with the value of 1 form field"
    assert page.text.index("social worker") < page.text.index("Ann Brown") < page.text.index("Date of the visit")
    word = next(word for word in page.words if page.text[word.start : word.end] == "Brown")
    assert (word.x0, word.x1) == (330, 480)
    drawn = Image.open(io.BytesIO(draw_page(tmp_path / "file.pdf", 1, [], scale=1.0))).convert("L")
    darkest = min(drawn.crop((330, 842 - 752, 480, 842 - 735)).tobytes())
    assert darkest < 100  # the value stands on the picture too


def test_notes_are_read_and_comments_are_counted(tmp_path: Path) -> None:
    def write(writer: PdfWriter) -> None:
        writer.add_annotation(0, FreeText(text="Seen by the panel in May", rect=(60, 600, 300, 620)))
        writer.add_annotation(0, Text(text="Is this so?", rect=(500, 700, 520, 720)))

    (page,) = pages_of(tmp_path, changed(make_pdf([["The first line of the page.", "The second line."]]), write))
    assert page.text.endswith("Seen by the panel in May")
    assert "Is this so?" not in page.text
    assert page.detail == "with 1 note on the page; 1 comment is not read"


def test_a_hidden_text_layer_is_read_and_named(tmp_path: Path) -> None:
    """A picture of the whole page, and under it invisible text as OCR programs write it."""
    picture = io.BytesIO(as_pdf(sheet(LINES)))

    def hide(writer: PdfWriter) -> None:
        writer.pages[0].merge_page(PdfReader(picture).pages[0])

    shown = "".join(f"({line}) Tj T* " for line in LINES)
    hidden = build([f"BT /F1 11 Tf 3 Tr 20 TL 60 740 Td {shown}ET".encode()])
    (page,) = pages_of(tmp_path, changed(hidden, hide))
    assert page.health is PageHealth.READ
    assert page.detail == "text layer made by OCR, under the picture of the page"
    assert LINES[0] in page.text
