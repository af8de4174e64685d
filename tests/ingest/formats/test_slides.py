"""PowerPoint files: a page a slide, whatever it holds."""

from pathlib import Path
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from ingest.types import PageHealth
from tests.ingest.formats.made import ROWS, read_bytes, saved, shapes, slide_show


def test_title_bullets_and_notes(tmp_path: Path) -> None:
    parsed = read_bytes(tmp_path, "a.pptx", saved(slide_show()))
    assert (parsed.title, parsed.pages[0].label) == ("Our results", "slide 1")
    assert shapes(parsed.pages[0]) == [
        ("heading", "Our results"),
        ("list item", "First point"),
        ("list item", "Second point"),
        ("heading", "Notes"),
        ("paragraph", "Say this aloud."),
    ]


def test_shapes_are_read_from_top_to_bottom_and_left_to_right(tmp_path: Path) -> None:
    show = slide_show()
    slide = show.slides.add_slide(show.slide_layouts[6])
    group = slide.shapes.add_group_shape()
    for text, x, y, holder in (
        ("fourth", 1, 6, group),
        ("third", 5, 3, slide),
        ("second", 1, 3, slide),
        ("first", 3, 1, slide),
    ):
        holder.shapes.add_textbox(Inches(x), Inches(y), Inches(1), Inches(1)).text_frame.text = text
    assert read_bytes(tmp_path, "a.pptx", saved(show)).pages[1].text == "first\nsecond\nthird\nfourth"


def test_tables_and_charts_are_rows(tmp_path: Path) -> None:
    show = slide_show()
    slide = show.slides.add_slide(show.slide_layouts[6])
    table = slide.shapes.add_table(3, 3, 0, 0, Inches(4), Inches(1)).table
    for number, row in enumerate(ROWS):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    data: Any = CategoryChartData(number_format="0%")  # type: ignore[no-untyped-call]
    data.categories = ["2021", "2022"]
    data.add_series("Share", (0.25, 0.5))
    other = show.slides.add_slide(show.slide_layouts[6])
    other.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, Inches(2), Inches(4), Inches(3), data)
    pages = read_bytes(tmp_path, "a.pptx", saved(show)).pages
    assert pages[1].text == "Council | 2021 | 2022\nLeeds | 683 | 700\nYork | 1 | 2"
    assert pages[2].text == "| Share\n2021 | 25%\n2022 | 50%"


def test_hidden_and_empty_slides_say_so(tmp_path: Path) -> None:
    show = slide_show()
    show.slides.add_slide(show.slide_layouts[1]).shapes.title.text = "Not shown"
    show.slides[1]._element.set("show", "0")
    show.slides.add_slide(show.slide_layouts[6])
    _, hidden, empty = read_bytes(tmp_path, "a.pptx", saved(show)).pages
    assert (hidden.text, hidden.health) == ("", PageHealth.EMPTY)
    assert hidden.detail == "a hidden slide, which is left out"
    assert empty.health is PageHealth.EMPTY
