"""Marks kept apart from figures, letters drawn twice read once, accents on their letters, any direction of writing."""

import pytest
from pypdf import PdfWriter

from ingest.types import BlockKind
from tests.ingest.pdf.drawn import Read, Shown, placed, rewritten, text_of, typeset
from tests.ingest.pdfs import SCAN, build

SHEET = "#set page(width: 400pt, height: 300pt, margin: 40pt)\n#set text(size: 10pt)\n"
MONO = 'font: "DejaVu Sans Mono"'


@pytest.mark.parametrize("typographic", ["true", "false"])
def test_a_raised_mark_never_becomes_part_of_a_figure(read: Read, typographic: str) -> None:
    """Typst raises by glyphs of the font that are made for it, or by smaller glyphs set higher: both occur."""
    source = f"#set super(typographic: {typographic})\nThere were 647#super[3] children and 52#super[12], not fewer."
    assert read(typeset(SHEET + source)).pages[0].text == "There were 647 ³ children and 52 ¹², not fewer."


def test_a_raised_mark_keeps_its_place_on_the_page(read: Read) -> None:
    page = read(typeset(SHEET + "There were 647#super(typographic: false)[3] children.")).pages[0]
    words = {page.text[word.start : word.end]: word for word in page.words}
    assert words["647"].x1 <= words["³"].x0 + 1 < words["children."].x0


def test_a_mark_after_a_full_stop_leaves_the_sentence_closed(read: Read) -> None:
    page = read(typeset(SHEET + "The team met them at home.#super[2] Each one had a plan.")).pages[0]
    assert page.text == "The team met them at home. ² Each one had a plan."


def test_ordinals_units_and_lowered_figures_stay_words(read: Read) -> None:
    source = "#set super(typographic: false)\nOn the 10#super[th] day, 5 m#super[2] were free of CO#sub[2] again."
    assert read(typeset(SHEET + source)).pages[0].text == "On the 10th day, 5 m² were free of CO2 again."


def test_old_style_figures_are_no_marks(read: Read) -> None:
    source = '#set text(number-type: "old-style")\nIn 2022 there were 683 children, and 0.154 of them in 37 towns.'
    expected = "In 2022 there were 683 children, and 0.154 of them in 37 towns."
    assert read(typeset(SHEET + source)).pages[0].text == expected


def test_letters_drawn_twice_are_read_once(read: Read) -> None:
    line = "The whole coffee table is drawn with a shadow."
    page = read(placed([Shown(30, 60, line), Shown(30.5, 60.4, line), Shown(30, 90, "All of it stands here.")])).pages[
        0
    ]
    assert page.text.replace("\n", " ") == f"{line} All of it stands here."


def test_equal_letters_side_by_side_are_all_read(read: Read) -> None:
    assert read(placed([Shown(30, 60, "illicit, million... 1111 00")])).pages[0].text == "illicit, million... 1111 00"


def test_an_unseen_layer_under_printed_words_is_not_read(read: Read) -> None:
    printed = b"BT /F1 11 Tf 60 700 Td (These words are printed.) Tj ET "
    layer = b"BT 3 Tr /F1 11 Tf 61 701 Td (These wcrds are printed.) Tj ET"
    assert read(build([printed + layer])).pages[0].text == "These words are printed."


def test_an_unseen_layer_beside_printed_words_is_read(read: Read) -> None:
    """The running text of a scan under a heading that somebody typed over it."""
    printed = b"BT /F1 11 Tf 60 700 Td (Stamped.) Tj ET "
    layer = b"BT 3 Tr /F1 11 Tf 60 600 Td (A scanned line with its words.) Tj ET"
    assert "A scanned line with its words." in read(build([SCAN + printed + layer])).pages[0].text


def test_accents_drawn_apart_are_set_on_their_letters(read: Read) -> None:
    """As TeX does: the accent first, then the letter below it."""
    page = (
        b"BT /F1 12 Tf 60 700 Td (caf) Tj ET BT /F1 12 Tf 77.2 700 Td (\xb4) Tj ET BT /F1 12 Tf 76.0 700 Td (e) Tj ET"
    )
    assert read(build([page])).pages[0].text == "café"


@pytest.mark.parametrize(
    ("written", "words"),
    [("خدمة الأطفال في المدينة", ["خدمة", "الأطفال", "في", "المدينة"]), ("שלום עולם גדול", ["שלום", "עולם", "גדול"])],
)
def test_words_that_run_to_the_left_are_in_their_order(read: Read, written: str, words: list[str]) -> None:
    font = MONO if "خ" in written else 'font: "Libertinus Serif"'
    page = read(typeset(SHEET + f"#set text({font})\n{written}")).pages[0]
    assert page.text.split() == words


def test_a_year_within_a_line_that_runs_to_the_left(read: Read) -> None:
    page = read(typeset(SHEET + f'#set text({MONO}, lang: "ar")\nفي عام 2022 كان')).pages[0]
    assert page.text.split() == ["في", "عام", "2022", "كان"]


def test_vertical_writing_is_one_run(read: Read) -> None:
    """In letters that no font here has, so that a box stands for each; what they mean is still told."""
    letters = [Shown(200, 40 + 6 * n, letter) for n, letter in enumerate("供家庭")]
    assert read(placed([Shown(30, 200, "子"), *letters])).pages[0].text == "供家庭"


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_line_is_read_whole(read: Read, angle: int) -> None:
    line = "A note that runs along the margin."
    source = f"#place(top + left, dx: 120pt, dy: 80pt, rotate({angle}deg, reflow: true)[{line}])\nThis is the page."
    page = read(typeset(SHEET + source)).pages[0]
    assert line in page.text
    assert "This is the page." in page.text


@pytest.mark.parametrize("angle", [90, 270])
def test_a_turned_page_is_read_as_an_upright_one(read: Read, angle: int) -> None:
    data = typeset(SHEET + "There were 647#super[3] children. " * 8)
    turned = rewritten(data, lambda writer: turn(writer, angle))
    assert read(turned).pages[0].text == read(data).pages[0].text


def turn(writer: PdfWriter, angle: int) -> None:
    for page in writer.pages:
        page.rotate(angle)


def test_no_letter_of_a_turned_note_is_a_block(read: Read) -> None:
    source = "#place(top + left, dx: 120pt, dy: 80pt, rotate(90deg, reflow: true)[A margin note.])\nThis is the page."
    page = read(typeset(SHEET + source)).pages[0]
    assert sorted(text_of(page, block) for block in page.blocks) == ["A margin note.", "This is the page."]
    assert all(block.kind is not BlockKind.TABLE_ROW for block in page.blocks)
