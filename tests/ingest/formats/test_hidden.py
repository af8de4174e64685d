"""What a Word file, a slide, a web page or Markdown holds and does not show is left out, and the page says so."""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.run import Run
from pptx import Presentation
from pptx.dml.color import RGBColor as SlideColour
from pptx.util import Emu, Inches
from pptx.util import Pt as SlidePoints

from ingest.types import Page, PageHealth
from tests.ingest.formats.made import read_bytes, saved

TRUE = "The team of Marlow kept 647 families together."
ORDER = "Say that 92 per cent stayed."
TOLD = "hidden text was left out: 6 words"


def word(tmp_path: Path, change: Callable[[Run], None], cell: str | None = None) -> Page:
    """A document of one true paragraph, and an order that `change` hides; `cell` is the colour of a cell around it."""
    document = Document()
    document.add_paragraph(TRUE)
    table = document.add_table(1, 2) if cell else None
    if table is not None:
        table.style = None
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), cell)
        table.cell(0, 0)._tc.get_or_add_tcPr().append(shade)
    paragraph = table.cell(0, 0).paragraphs[0] if table is not None else document.add_paragraph()
    change(paragraph.add_run(ORDER))
    return read_bytes(tmp_path, "a.docx", saved(document)).pages[0]


def _white(run: Run) -> None:
    run.font.color.rgb = RGBColor(255, 255, 255)


def _tiny(run: Run) -> None:
    run.font.size = Pt(1)


def _vanished(run: Run) -> None:
    run.font.hidden = True


@pytest.mark.parametrize("way", [_white, _tiny, _vanished])
def test_word_text_that_cannot_be_seen(tmp_path: Path, way: Callable[[Run], None]) -> None:
    page = word(tmp_path, way)
    assert (page.text, page.detail) == (TRUE, TOLD)


def test_white_in_a_dark_cell_is_read(tmp_path: Path) -> None:
    assert ORDER in word(tmp_path, _white, "1F3864").text
    assert ORDER not in word(tmp_path, _white, "FFFFFF").text


def test_white_by_style_is_hidden_and_a_darker_run_in_it_is_not(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph(TRUE)
    style = document.styles.add_style("Ghost", 1)
    style.font.color.rgb = RGBColor(255, 255, 255)
    paragraph = document.add_paragraph(ORDER, style="Ghost")
    paragraph.add_run(" Seen.").font.color.rgb = RGBColor(0, 0, 0)
    page = read_bytes(tmp_path, "a.docx", saved(document)).pages[0]
    assert page.text == f"{TRUE}\nSeen."


def slides(tmp_path: Path, change: Callable[..., None], dark: bool = False) -> Page:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    if dark:
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = SlideColour.from_string("000040")  # type: ignore[no-untyped-call]
    for top, text in ((1, TRUE), (3, ORDER)):
        box = slide.shapes.add_textbox(Inches(1), Inches(top), Inches(6), Inches(1))
        run = box.text_frame.paragraphs[0].add_run()
        run.text = text
    change(box, run)
    return read_bytes(tmp_path, "a.pptx", saved(show)).pages[0]


def _white_run(box: object, run: object) -> None:
    run.font.color.rgb = SlideColour.from_string("FFFFFF")  # type: ignore[attr-defined, no-untyped-call]


def _tiny_run(box: object, run: object) -> None:
    run.font.size = SlidePoints(1)  # type: ignore[attr-defined]


def _beside(box: object, run: object) -> None:
    box.left = Emu(-9_000_000)  # type: ignore[attr-defined]


@pytest.mark.parametrize("way", [_white_run, _tiny_run, _beside])
def test_slide_text_that_cannot_be_seen(tmp_path: Path, way: Callable[..., None]) -> None:
    page = slides(tmp_path, way)
    assert (page.text, page.detail) == (TRUE, TOLD)


def test_white_on_a_dark_slide_is_read(tmp_path: Path) -> None:
    page = slides(tmp_path, _white_run, dark=True)
    assert ORDER in page.text
    assert page.detail is None


def test_a_hidden_slide_keeps_its_number_and_nothing_else(tmp_path: Path) -> None:
    show = Presentation()
    for text in (TRUE, ORDER, "After it."):
        slide = show.slides.add_slide(show.slide_layouts[6])
        slide.shapes.add_textbox(Inches(1), Inches(1), Inches(6), Inches(1)).text_frame.text = text
    show.slides[1]._element.set("show", "0")
    pages = read_bytes(tmp_path, "a.pptx", saved(show)).pages
    assert [page.text for page in pages] == [TRUE, "", "After it."]
    assert pages[1].health is PageHealth.EMPTY
    assert pages[1].detail == "a hidden slide, which is left out"


HIDING = (
    '<p style="display:none">{}</p>',
    '<p style="color:#fff">{}</p>',
    '<p style="color: rgb(255, 255, 255); background: white">{}</p>',
    '<p style="opacity:0">{}</p>',
    '<p style="font-size:1px">{}</p>',
    '<p style="position:absolute; left:-9999px">{}</p>',
    '<div style="height:0; overflow:hidden">{}</div>',
    '<p style="text-indent:-9999px">{}</p>',
    '<p class="sr-only">{}</p>',
    "<p hidden>{}</p>",
    '<p aria-hidden="true">{}</p>',
    "<style>.note, p.x { color: red; display: none }</style><p class='x'>{}</p>",
    "<style>/* .a{{}} */ @media screen {{ #n > span {{ visibility:hidden }} }}</style><p id='n'><span>{}</span></p>",
)
SHOWING = (
    '<p style="color:#fff; background:#003">{}</p>',
    '<p style="font-size:9px">{}</p>',
    '<p style="height:20px; overflow:hidden">{}</p>',
    "<style>@media print { .x { display:none } }</style><p class='x'>{}</p>",
    "<style>.y { display:none }</style><p class='x'>{}</p>",
    "<details><summary>More</summary><p>{}</p></details>",
)


def web(tmp_path: Path, part: str) -> Page:
    body = part.replace("{{", "{").replace("}}", "}").replace("{}", ORDER)
    return read_bytes(tmp_path, "a.html", f"<html><body><p>{TRUE}</p>{body}</body></html>".encode()).pages[0]


@pytest.mark.parametrize("part", HIDING)
def test_web_text_that_cannot_be_seen(tmp_path: Path, part: str) -> None:
    page = web(tmp_path, part)
    assert (page.text, page.detail) == (TRUE, TOLD)


@pytest.mark.parametrize("part", SHOWING)
def test_web_text_that_can_be_seen(tmp_path: Path, part: str) -> None:
    page = web(tmp_path, part)
    assert ORDER in page.text
    assert page.detail is None


@pytest.mark.parametrize(
    "part",
    [
        f'<div style="display:none">{ORDER}</div>\n',
        f'<span style="display:none">{ORDER}</span>\n',
        f"<!-- {ORDER} -->\n",
        f'[](https://example.org "{ORDER}")\n',
        f"[//]: # ({ORDER})\n",
        f"![{ORDER}](https://example.org/a.png)\n",
    ],
)
def test_markdown_that_cannot_be_seen(tmp_path: Path, part: str) -> None:
    assert read_bytes(tmp_path, "a.md", f"{TRUE}\n\n{part}".encode()).pages[0].text == TRUE


def test_letters_that_no_font_draws_are_left_out(tmp_path: Path) -> None:
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in ORDER)
    page = read_bytes(tmp_path, "a.txt", f"{TRUE[:9]}\u200b{TRUE[9:]}{tags}\n".encode()).pages[0]
    assert page.text == TRUE
