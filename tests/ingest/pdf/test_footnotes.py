"""Footnotes are read after the text they interrupt, and never as part of it."""

from assistant.units import read_units
from ingest.types import BlockKind, ParsedDocument
from tests.ingest.pdf.drawn import Read, kinds, typeset

PAGE = "#set page(width: 400pt, height: 300pt, margin: 40pt)\n#set text(size: 10pt)\n#set par(justify: true)\n"
SENTENCES = [
    f"Sentence {number} says that the team met {40 + number} families at home and wrote a plan with each of them "
    "before it came back to ask what had helped."
    for number in range(1, 16)
]
NOTES = {
    4: "Figures of the council for the year to March, which were published later.",
    5: "The plan is explained below.",
}


def report(columns: int = 1) -> bytes:
    marked = [
        sentence + (f"#footnote[{NOTES[number]}]" if number in NOTES else "")
        for number, sentence in enumerate(SENTENCES, 1)
    ]
    return typeset(PAGE + f"#set page(columns: {columns})\n" + " ".join(marked))


def notes_of(parsed: ParsedDocument) -> list[str]:
    return [text for page in parsed.pages for kind, text in kinds(page) if kind == "footnote"]


def test_each_note_is_a_block_of_its_own_behind_the_text(read: Read) -> None:
    for columns in (1, 2):
        parsed = read(report(columns))
        assert notes_of(parsed) == [f"¹ {NOTES[4]}", f"² {NOTES[5]}"]
        for page in parsed.pages:
            found = [block.kind for block in page.blocks]
            assert BlockKind.FOOTNOTE not in found[: len(found) - found.count(BlockKind.FOOTNOTE)]


def test_a_paragraph_over_two_pages_is_not_cut_by_a_note(read: Read) -> None:
    for columns in (1, 2):
        parsed = read(report(columns))
        assert len(parsed.pages) > 1
        pages = [*parsed.pages, None]
        units = [
            unit.text
            for page, following in zip(parsed.pages, pages[1:], strict=True)
            for unit in read_units(page, following)
        ]
        plain = [unit.rstrip("¹² ") for unit in units if not unit.startswith(("¹", "²"))]
        assert plain == SENTENCES


def test_small_print_in_the_middle_of_a_page_is_text(read: Read) -> None:
    source = f"{SENTENCES[0]}\n\n#text(size: 8pt)[1 of the {SENTENCES[1]}]\n\n{SENTENCES[2]}"
    assert notes_of(read(typeset(PAGE + source))) == []
