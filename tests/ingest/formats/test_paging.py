"""Pages of a readable length, which part no list and no table from what says what it is."""

import io
from pathlib import Path

import pytest
from PIL import Image

from assistant.units import read_units
from ingest.chunks import chunk_document
from ingest.formats import draw_flow_page
from ingest.formats.fonts import is_drawable
from ingest.formats.paging import BEGINNING, PAGE_WORDS
from ingest.programme import Programme
from tests.ingest.formats.made import guidance, read_bytes, saved

SENTENCE = "The worker and the family meet at home every week to talk about the plan. "


def test_a_long_section_is_several_pages(tmp_path: Path) -> None:
    source = f"{SENTENCE}\n\n# Visits\n\n" + f"{SENTENCE * 3}\n\n" * 40
    pages = read_bytes(tmp_path, "a.md", source.encode()).pages
    assert [page.label for page in pages[:4]] == [BEGINNING, "Visits", "Visits (2)", "Visits (3)"]
    assert all(len(page.text.split()) <= PAGE_WORDS for page in pages)


def test_a_heading_path_holds_only_what_stands_above(tmp_path: Path) -> None:
    source = "## A\n\nx\n\n## B\n\nx\n\n# C\n\n## D\n\nx\n\n## A\n\nx\n\n# E\n\nx\n"
    pages = read_bytes(tmp_path, "a.md", source.encode()).pages
    assert [page.label for page in pages] == ["A", "B", "C › D", "C › A", "E"]


def test_a_table_over_several_pages_has_its_heads_on_each(tmp_path: Path) -> None:
    rows = "".join(f"| Area {n} | {n} | {n + 1} |\n" for n in range(300))
    pages = read_bytes(tmp_path, "a.md", f"| Council | 2021 | 2022 |\n|---|---|---|\n{rows}".encode()).pages
    assert len(pages) > 2
    assert all(page.text.startswith("Council | 2021 | 2022\n") for page in pages)
    assert sum(len(page.blocks) - 1 for page in pages) == 300


def test_tables_that_touch_do_not_share_heads(tmp_path: Path) -> None:
    table = "<table><tr><th>{0}<th>2022</tr><tr><td>Leeds<td>{1}</tr></table>"
    data = f"<html><body>{table.format('Children', 683)}{table.format('Carers', 12)}".encode()
    first, second = read_bytes(tmp_path, "a.html", data).pages
    assert [unit.text for unit in read_units(first, second)] == ["Children | 2022\nLeeds | 683"]
    assert [unit.text for unit in read_units(second, None)] == ["Carers | 2022\nLeeds | 12"]


def test_units_and_chunks_of_a_read_file(tmp_path: Path, programme: Programme) -> None:
    parsed = read_bytes(tmp_path, "a.docx", saved(guidance()))
    units = [unit.text for page in parsed.pages for unit in read_units(page, None)]
    assert "A referral needs:\n1. consent\n2. a plan" in units
    assert "Council | 2021 | 2022\nLeeds | 683 | 700" in units
    chunks = chunk_document(parsed, programme)
    assert "\n".join(chunk.text for chunk in chunks) == "\n".join(page.text for page in parsed.pages)
    assert chunks[-1].section == "Thresholds"


def test_the_picture_shows_the_page_and_marks_its_boxes(tmp_path: Path) -> None:
    page = read_bytes(tmp_path, "a.docx", saved(guidance())).pages[1]
    word = page.words[3]
    plain = Image.open(io.BytesIO(draw_flow_page(page, [])))
    marked = Image.open(io.BytesIO(draw_flow_page(page, [(word.x0, word.y0, word.x1, word.y1)])))
    assert plain.size == marked.size == (round(page.width * 1.5), round(page.height * 1.5))
    assert draw_flow_page(page, []) == draw_flow_page(page, [])
    x, y = int((word.x0 + word.x1) * 0.75), int(word.y0 * 1.5)
    found = marked.getpixel((x, y))
    assert isinstance(found, tuple)
    assert found[0] - found[2] > 40
    assert plain.getpixel((x, y)) == (255, 255, 255)
    for other in page.words:  # ink in every box
        box = (1.5 * other.x0, 1.5 * other.y0, 1.5 * other.x1, 1.5 * other.y1)
        darkest = plain.convert("L").crop(box).getextrema()[0]
        assert isinstance(darkest, int | float)
        assert darkest < 140


@pytest.mark.parametrize("text", ["plain words", "“quoted” – it’s"])
def test_common_letters_are_drawn(text: str) -> None:
    assert is_drawable(text.replace(" ", ""), bold=False)
