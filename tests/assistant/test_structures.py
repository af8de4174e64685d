"""Rows with their heads: never a row of figures as a head, never a head of another shape, also overleaf."""

from dataclasses import replace

from assistant.unit import Unit, UnitKind
from assistant.units import read_units
from ingest.types import BlockKind, Page
from tests.assistant.pages import make_page

ROW, FOOTNOTE = BlockKind.TABLE_ROW, BlockKind.FOOTNOTE


def rows_of(page: Page, before: Page | None = None) -> list[Unit]:
    return [unit for unit in read_units(page, None, before) if unit.kind is UnitKind.ROW]


def test_a_row_of_figures_heads_nothing() -> None:
    page = make_page((ROW, "March 2021 | 735"), (ROW, "March 2022 | 683"))
    assert [(unit.text, unit.before) for unit in rows_of(page)] == [("March 2021 | 735", ""), ("March 2022 | 683", "")]


def test_dates_are_a_head() -> None:
    page = make_page((ROW, "| March 2021 | March 2022"), (ROW, "Children | 735 | 683"))
    assert [unit.before for unit in rows_of(page)] == ["| March 2021 | March 2022"]


def test_a_label_between_rows_is_what_they_are_about() -> None:
    page = make_page((ROW, "Council | 2020"), (ROW, "Newtown | 14"), (ROW, "Only boys"), (ROW, "Newtown | 6"))
    assert [(unit.text.splitlines()[-1], unit.heading) for unit in rows_of(page)] == [
        ("Newtown | 14", ""),
        ("Newtown | 6", "Only boys"),
    ]


def test_a_second_head_of_dates_takes_over() -> None:
    page = make_page((ROW, "Council | 2020"), (ROW, "Newtown | 14"), (ROW, "Council | 2021"), (ROW, "Newtown | 16"))
    assert [unit.before for unit in rows_of(page)] == ["Council | 2020", "Council | 2021"]


def test_a_row_of_dates_with_a_label_is_no_head_where_the_head_says_whose_they_are() -> None:
    head = "Newtown | Oldford | Westham"
    page = make_page((ROW, head), (ROW, "First years | 2014 | 2015 | April 2015"), (ROW, "Staff | 6 | 6 | 5"))
    assert [(unit.text.splitlines()[-1], unit.before) for unit in rows_of(page)] == [
        ("First years | 2014 | 2015 | April 2015", head),
        ("Staff | 6 | 6 | 5", head),
    ]


def test_a_table_that_goes_on_overleaf_keeps_its_heads() -> None:
    before = make_page((ROW, "Council | 2020"), (ROW, "Newtown | 14"), (FOOTNOTE, "¹ Rounded."))
    page = replace(make_page((ROW, "Oldford | 22")), number=before.number + 1)
    [unit] = rows_of(page, before)
    assert unit.text == "Council | 2020\nOldford | 22"
    assert [span.page for span in unit.spans] == [before.number, page.number]


def test_a_head_that_is_repeated_overleaf_is_taken_from_there() -> None:
    before = make_page((ROW, "Council | 2020"), (ROW, "Newtown | 14"))
    page = replace(make_page((ROW, "Council | 2020"), (ROW, "Oldford | 22")), number=before.number + 1)
    [unit] = rows_of(page, before)
    assert [span.page for span in unit.spans] == [page.number, page.number]


def test_a_table_of_another_shape_overleaf_has_no_head() -> None:
    before = make_page((ROW, "Council | 2020"), (ROW, "Newtown | 14"))
    page = replace(make_page((ROW, "Oldford | 22 | 9")), number=before.number + 1)
    assert [unit.before for unit in rows_of(page, before)] == [""]
