"""Columns are read one after the other, and a sentence stays whole over a column's foot and a page's end."""

import re
from itertools import chain

from assistant.unit import Unit
from assistant.units import read_units
from ingest.types import PageHealth, ParsedDocument
from tests.ingest.pdf.drawn import Read, Shown, kinds, placed, typeset

LEFT = [
    "The left column begins with the home",
    "visit that every family is offered. It",
    "goes on to the plan that parents and",
    "workers write together in one evening.",
    "Then it tells how often the team meets",
    "and who takes the notes for the family.",
    "At its foot it names the first results.",
]
RIGHT = [
    "The right column opens with the costs",
    "of the service in its second year. Then",
    "it lists the partners that pay for the",
    "rooms and for the training of the staff.",
    "It compares the figures of two councils",
    "and explains why one of them spent less.",
    "It closes with the plans for next year.",
]
SENTENCES = [
    f"Sentence {number} says that team {number} met {number + 3} families at home, wrote a plan with each of them "
    f"and came back after {number + 1} weeks to ask what had helped."
    for number in range(1, 31)
]
PAGE = "#set page(width: 400pt, height: 300pt, margin: 40pt, columns: 2)\n#set text(size: 10pt)\n"


def column(lines: list[str], x: float) -> list[Shown]:
    return [Shown(x, 40 + 13 * number, line) for number, line in enumerate(lines)]


def units_of(parsed: ParsedDocument) -> list[Unit]:
    followers = [*parsed.pages[1:], None]
    return [
        unit for page, following in zip(parsed.pages, followers, strict=True) for unit in read_units(page, following)
    ]


def test_two_columns_are_read_one_after_the_other(read: Read) -> None:
    page = read(placed(column(LEFT, 30) + column(RIGHT, 215))).pages[0]
    assert page.text.replace("\n", " ") == " ".join(LEFT + RIGHT)
    assert page.health is PageHealth.READ


def test_columns_drawn_line_by_line_are_put_right_and_flagged(read: Read) -> None:
    pairs = zip(column(LEFT, 30), column(RIGHT, 215), strict=True)
    page = read(placed([shown for pair in pairs for shown in pair])).pages[0]
    assert kinds(page) == [("paragraph", " ".join(LEFT)), ("paragraph", " ".join(RIGHT))]
    assert page.health is PageHealth.SUSPECT
    assert page.detail


THREE = [[line[:24].strip() for line in lines] for lines in (LEFT, RIGHT, list(reversed(LEFT)))]


def test_three_columns_drawn_line_by_line_are_put_right(read: Read) -> None:
    columns = [[Shown(x, 60 + 13 * n, line) for n, line in enumerate(THREE[c])] for c, x in enumerate((20, 150, 280))]
    shown = [line for row in zip(*columns, strict=True) for line in row]
    page = read(placed([Shown(20, 20, "A heading over all of the three columns", 16), *shown])).pages[0]
    assert page.text.replace("\n", " ") == " ".join(["A heading over all of the three columns", *chain(*THREE)])
    assert page.health is PageHealth.SUSPECT


def test_columns_drawn_from_right_to_left_are_put_right(read: Read) -> None:
    page = read(placed(column(RIGHT, 215) + column(LEFT, 30))).pages[0]
    assert kinds(page) == [("paragraph", " ".join(LEFT)), ("paragraph", " ".join(RIGHT))]
    assert page.health is PageHealth.SUSPECT


def test_lines_drawn_from_the_foot_up_are_put_right(read: Read) -> None:
    page = read(placed(list(reversed(column(LEFT, 30))))).pages[0]
    assert kinds(page) == [("paragraph", " ".join(LEFT))]


def test_two_columns_over_three_are_read_in_bands(read: Read) -> None:
    above = [Shown(x, 20 + 13 * n, line) for n in range(7) for x, line in ((20, LEFT[n]), (215, RIGHT[n]))]
    below = [Shown(x, 150 + 13 * n, THREE[c][n]) for n in range(7) for c, x in enumerate((20, 150, 280))]
    page = read(placed(above + below)).pages[0]
    assert page.text.replace("\n", " ") == " ".join([*LEFT, *RIGHT, *(line for lines in THREE for line in lines)])


def test_a_box_that_interrupts_a_paragraph_leaves_it_one(read: Read) -> None:
    """The quote stands in the middle of the column, and is drawn there."""
    quote = [
        Shown(30, 118 + 14 * n, line, 12, 'style: "italic"')
        for n, line in enumerate(("“They never gave", "up on me.”"))
    ]
    rest = [
        Shown(30, 165 + 13 * n, line)
        for n, line in enumerate(("workers write together in one", "long evening with the parents."))
    ]
    page = read(placed([*column(LEFT[:3], 30), *quote, *rest])).pages[0]
    whole = " ".join([*LEFT[:3], "workers write together in one long evening with the parents."])
    assert ("paragraph", whole) in kinds(page)
    assert ("quote", "“They never gave up on me.”") in kinds(page)


def test_every_sentence_is_whole_over_columns_and_pages(read: Read) -> None:
    parsed = read(typeset(PAGE + " ".join(SENTENCES)))
    assert len(parsed.pages) >= 3
    assert [unit.text for unit in units_of(parsed)] == SENTENCES


def test_a_sentence_over_two_pages_has_a_span_on_each(read: Read) -> None:
    parsed = read(typeset(PAGE + " ".join(SENTENCES)))
    texts = {page.number: page.text for page in parsed.pages}
    crossing = [unit for unit in units_of(parsed) if len(unit.spans) > 1]
    assert crossing
    for unit in crossing:
        first, second = unit.spans
        assert second.page == first.page + 1
        assert first.end == len(texts[first.page])
        assert second.start == 0
        assert unit.text == " ".join(texts[span.page][span.start : span.end] for span in unit.spans)


def test_a_sentence_over_two_columns_is_one_span(read: Read) -> None:
    broken = (
        [*LEFT[:-1], "At its foot the column names the first"],
        ["results that the council has had so far.", *RIGHT],
    )
    page = read(placed(column(broken[0], 30) + column(broken[1], 215))).pages[0]
    units = [unit for unit in read_units(page, None) if unit.text.startswith("At its foot")]
    assert [unit.text for unit in units] == [
        "At its foot the column names the first results that the council has had so far."
    ]
    assert len(units[0].spans) == 1


def test_offsets_hold_for_every_unit(read: Read) -> None:
    parsed = read(typeset(PAGE + " ".join(SENTENCES)))
    for unit in units_of(parsed):
        stands = "".join(parsed.pages[span.page - 1].text[span.start : span.end] for span in unit.spans)
        assert re.sub(r"\s", "", stands) == re.sub(r"\s", "", unit.text)


def test_a_heading_over_both_columns_comes_first(read: Read) -> None:
    pairs = zip(column(LEFT, 30), column(RIGHT, 215), strict=True)
    title = Shown(30, 12, "What the first year of the new service has shown", 16)
    page = read(placed([*(shown for pair in pairs for shown in pair), title])).pages[0]
    assert kinds(page)[0] == ("heading", title.text)
