"""Tables: every cell in its column, empty ones too; heads and cells over several lines; any order of drawing."""

from itertools import chain

import pytest

from tests.ingest.pdf.drawn import Read, Shown, kinds, placed, typeset

PAGE = "#set page(width: 420pt, height: 300pt, margin: 30pt)\n#set text(size: 10pt)\n"
HEAD = ["Council", "2020", "2021", "2022"]
ROWS = [
    ["Newtown", "14", "16", "19"],
    ["Oldford", "22", "", "9"],
    ["Seaham", "", "7", ""],
    ["Hilltop", "31", "8", "647"],
]
READ = ["Council | 2020 | 2021 | 2022", "Newtown | 14 | 16 | 19", "Oldford | 22 | | 9", "Seaham | | 7 |"]


def table(rows: list[list[str]], arguments: str = "") -> str:
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    return f"#table(columns: {len(rows[0])}, {arguments} {cells})"


def rows_of(read: Read, source: str) -> list[str]:
    return [text for kind, text in kinds(read(typeset(PAGE + source)).pages[0]) if kind == "table row"]


@pytest.mark.parametrize("arguments", ["", "stroke: none,", "align: (left, right, right, right),", "align: center,"])
def test_an_empty_cell_keeps_the_cell_behind_it_in_its_column(read: Read, arguments: str) -> None:
    assert rows_of(read, table([HEAD, *ROWS], arguments)) == [*READ, "Hilltop | 31 | 8 | 647"]


def test_a_head_without_a_label_stands_over_the_figures(read: Read) -> None:
    rows = rows_of(read, table([["", *HEAD[1:]], *ROWS], "stroke: none,"))
    assert rows[0] == "2020 | 2021 | 2022"


def test_a_head_set_one_column_too_far_to_the_left_is_set_right(read: Read) -> None:
    """A journal prints its dates so: the first over the labels, none over the last figures."""
    head = ["March 2021", "March 2022", "March 2023", ""]
    rows = rows_of(read, table([head, ["Children looked after", "735", "683", "652"]], "stroke: none,"))
    assert rows == ["March 2021 | March 2022 | March 2023", "Children looked after | 735 | 683 | 652"]


def test_cells_over_several_lines_are_whole(read: Read) -> None:
    long = ["Newtown", "Visits each family at home every week of the year", "14"]
    rows = rows_of(
        read,
        table([["Council", "What it does", "Staff"], long], "stroke: none,").replace(
            "columns: 3", "columns: (80pt, 110pt, 60pt)"
        ),
    )
    assert rows == ["Council | What it does | Staff", " | ".join(long)]


def test_a_table_drawn_column_by_column_is_read_by_rows(read: Read) -> None:
    rows = [["Newtown", "2020", "14"], ["Oldford", "2021", "22"], ["Seaham", "2022", "9"], ["Hilltop", "2019", "31"]]
    shown = [Shown(30 + 120 * c, 60 + 18 * r, row[c]) for c in range(3) for r, row in enumerate(rows)]
    assert [text for _, text in kinds(read(placed(shown)).pages[0])] == [" | ".join(row) for row in rows]


def test_a_table_drawn_from_its_foot_up_is_read_from_its_head(read: Read) -> None:
    rows = [["Newtown", "2020", "14"], ["Oldford", "2021", "22"], ["Seaham", "2022", "9"], ["Hilltop", "2019", "31"]]
    drawn = [[Shown(30 + 120 * c, 60 + 18 * r, text) for c, text in enumerate(row)] for r, row in enumerate(rows)]
    shown = list(chain(*reversed(drawn)))
    assert [text for _, text in kinds(read(placed(shown)).pages[0])] == [" | ".join(row) for row in rows]


def test_a_head_drawn_line_by_line_is_one_row(read: Read) -> None:
    head = [Shown(150, 60, "Children"), Shown(250, 60, "Families"), Shown(30, 72, "Council")]
    head += [Shown(150, 72, "looked after"), Shown(250, 72, "visited")]
    rows = [["Newtown", "735", "14"], ["Oldford", "683", "22"], ["Seaham", "652", "9"]]
    body = [
        Shown(x, 92 + 18 * r, text) for r, row in enumerate(rows) for x, text in zip((30, 150, 250), row, strict=True)
    ]
    found = [text for kind, text in kinds(read(placed([*head, *body])).pages[0])]
    assert found == ["Council | Children looked after | Families visited", *(" | ".join(row) for row in rows)]


def test_a_currency_sign_set_apart_belongs_to_its_figure(read: Read) -> None:
    rows = [["Rent", "11,139", "17,455"], ["Staff", "5,154", "9,351"], ["Travel", "46", "54"]]
    shown = [Shown(x, 60 + 18 * r, t) for r, row in enumerate(rows) for x, t in zip((30, 150, 250), row, strict=True)]
    shown += [Shown(130, 60, "£"), Shown(230, 60, "£")]
    shown.sort(key=lambda one: (one.y, one.x))
    found = [text for _, text in kinds(read(placed(shown)).pages[0])]
    assert found[0] == "Rent | £ 11,139 | £ 17,455"


def test_a_label_between_rows_stays_in_the_table(read: Read) -> None:
    rows = [["Council", "2020", "2021"], ["Children", "", ""], ["Newtown", "14", "16"], ["Oldford", "22", "9"]]
    assert rows_of(read, table(rows)) == ["Council | 2020 | 2021", "Children", "Newtown | 14 | 16", "Oldford | 22 | 9"]
