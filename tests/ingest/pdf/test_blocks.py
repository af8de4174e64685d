"""Headings, bylines, quotes with their speakers, lists and tables are told from prose."""

from itertools import chain

import pytest

from ingest.types import BlockKind
from tests.ingest.pdf.drawn import Read, Shown, kinds, placed, stacked, text_of

BOLD, ITALIC = 'weight: "bold"', 'style: "italic"'
PROSE = [
    "Every family meets its worker at home within five days of the first call,",
    "and the worker comes back each week with the one specialist whom the",
    "parents need most at that time. The team writes a plan with them.",
]
ROWS = [("Council", "Began", "Staff"), ("Newtown", "2020", "14"), ("Oldford", "2021", "22"), ("Seaham", "2022", "9")]
ITEMS = ["visits each family at home", "writes the plan with the parents", "comes back after one month"]


def prose(y: float) -> list[Shown]:
    return stacked(PROSE, y=y)


def test_lines_of_a_paragraph_are_one_block(read: Read) -> None:
    page = read(placed(prose(60) + prose(120))).pages[0]
    assert kinds(page) == [("paragraph", " ".join(PROSE))] * 2


def test_paragraphs_half_a_line_apart_are_two(read: Read) -> None:
    page = read(placed(prose(60) + prose(60 + 3 * 13 + 5))).pages[0]
    assert kinds(page) == [("paragraph", " ".join(PROSE))] * 2


def test_an_indented_line_starts_a_paragraph(read: Read) -> None:
    second = [Shown(42, 99, PROSE[0][:60]), *stacked(PROSE[1:], y=112)]
    page = read(placed(prose(60) + second)).pages[0]
    assert [kind for kind, _ in kinds(page)] == ["paragraph", "paragraph"]


def test_headings_have_levels_by_size(read: Read) -> None:
    shown = [
        Shown(30, 30, "Meeting families where they are", 20),
        *prose(70),
        Shown(30, 125, "How the visits are planned", 14),
        *prose(150),
        Shown(30, 205, "Who takes the notes", 10, BOLD),
        *prose(225),
    ]
    page = read(placed(shown)).pages[0]
    headings = [(b.level, text_of(page, b)) for b in page.blocks if b.kind is BlockKind.HEADING]
    assert headings == [(1, shown[0].text), (2, "How the visits are planned"), (5, "Who takes the notes")]


def test_a_heading_over_two_lines_is_one(read: Read) -> None:
    title = [Shown(30, 20, "What the first year of the new", 18), Shown(30, 42, "service has shown to us", 18)]
    page = read(placed([*title, *prose(90)])).pages[0]
    assert kinds(page)[0] == ("heading", "What the first year of the new service has shown to us")


def test_a_byline_names_who_wrote(read: Read) -> None:
    shown = [Shown(30, 30, "A title", 18), Shown(30, 62, "Ann Brown and Bill Green, Service Manager", 10), *prose(90)]
    assert kinds(read(placed(shown)).pages[0])[1] == ("byline", "Ann Brown and Bill Green, Service Manager")


def test_prose_that_starts_with_names_is_no_byline(read: Read) -> None:
    line = "Ann Brown and Bill Green, who lead the team, visited the family in May."
    assert kinds(read(placed([*prose(40), Shown(30, 100, line)])).pages[0])[1] == ("paragraph", line)


@pytest.mark.parametrize("style", ["", ITALIC])
def test_a_quote_and_its_speaker_are_told_apart(read: Read, style: str) -> None:
    quote = ["“My worker never gave up on me, and she kept each", "promise that she had made to my children.”"]
    shown = [Shown(30, 110 + 13 * n, line, 10, style) for n, line in enumerate(quote)]
    page = read(placed([*prose(40), *shown, Shown(30, 145, "Parent, Newtown", 10, BOLD), *prose(180)])).pages[0]
    assert kinds(page)[1:3] == [("quote", " ".join(quote)), ("byline", "Parent, Newtown")]


def test_a_speaker_overleaf_is_a_byline(read: Read) -> None:
    quote = Shown(30, 200, "“My worker never gave up on me.”", 10, ITALIC)
    speaker = Shown(30, 40, "MARY JONES", 10, BOLD)
    last = read(placed([*prose(100), quote], [speaker, *prose(80)])).pages[1]
    assert kinds(last)[0] == ("byline", "MARY JONES")


def test_bullets_drawn_apart_join_their_items(read: Read) -> None:
    bullets = [Shown(30, 100 + 18 * n, "•") for n in range(3)]
    items = [Shown(45, 100 + 18 * n, item) for n, item in enumerate(ITEMS)]
    page = read(placed([*prose(40), *bullets, *items])).pages[0]
    assert kinds(page)[1:] == [("list item", item) for item in ITEMS]


def test_bullets_drawn_with_their_items_are_not_in_the_text(read: Read) -> None:
    page = read(placed([*prose(40), *stacked([f"• {item}" for item in ITEMS], y=100, step=18)])).pages[0]
    assert kinds(page)[1:] == [("list item", item) for item in ITEMS]


def test_an_item_over_two_lines_is_one(read: Read) -> None:
    shown = [
        Shown(30, 100, "•"),
        Shown(45, 100, "writes the plan with the parents and reads"),
        Shown(45, 113, "it aloud"),
    ]
    page = read(placed([*prose(40), *shown, Shown(30, 131, "•"), Shown(45, 131, "comes back")])).pages[0]
    assert kinds(page)[1:] == [
        ("list item", "writes the plan with the parents and reads it aloud"),
        ("list item", "comes back"),
    ]


def test_numbered_lines_are_a_list(read: Read) -> None:
    lines = [f"{n}. {item}" for n, item in enumerate(ITEMS, 1)]
    assert kinds(read(placed([*prose(40), *stacked(lines, y=100)])).pages[0])[1:] == [("list item", x) for x in lines]


def cells(y: float, step: float = 24) -> list[Shown]:
    places = [[(x, y + step * n) for x in (30, 150, 270)] for n in range(len(ROWS))]
    return [Shown(x, y, text) for (x, y), text in zip(chain(*places), chain(*ROWS), strict=True)]


def test_a_table_is_read_row_by_row(read: Read) -> None:
    page = read(placed([*prose(40), *cells(110)])).pages[0]
    assert kinds(page)[1:] == [("table row", " | ".join(row)) for row in ROWS]


def test_a_cell_over_two_lines_stays_whole(read: Read) -> None:
    shown = [
        *(Shown(x, 110, text) for x, text in ((30, "Council"), (150, "What it does"))),
        *(Shown(x, 134, text) for x, text in ((30, "Newtown"), (150, "visits at home,"))),
        Shown(150, 147, "every week"),
        *(Shown(x, 171, text) for x, text in ((30, "Oldford"), (150, "calls each day"))),
    ]
    page = read(placed([*prose(40), *shown])).pages[0]
    assert kinds(page)[1:] == [
        ("table row", "Council | What it does"),
        ("table row", "Newtown | visits at home, every week"),
        ("table row", "Oldford | calls each day"),
    ]


def test_prose_far_above_a_table_is_not_cut_at_its_columns(read: Read) -> None:
    """The column starts at 150 points, and so does a word of the first line: «up»."""
    mono = 'font: "DejaVu Sans Mono"'
    line = "The worker never ga up on me and came each week"  # 20 letters of 6 points before «up»
    table = [shown._replace(style=mono) for shown in cells(190)]
    page = read(placed([Shown(30, 40, line, 9.967, mono), *(s._replace(size=9.967) for s in table)])).pages[0]
    assert line in page.text
