"""Boards as files, opened again by readers that are not ours."""

import csv
import io
from typing import Any

import docx
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from markdown_it import MarkdownIt

from api.exports import FORMATS, export_board
from assistant.boards import Item
from assistant.references import References

HOSTILE = "=cmd|' /C calc'!A1 <script>alert(1)</script> {\\input} 100% & # _x_ **y** \u202eRTL \x07 “end”"
NOTE = "- first\n+ second\n# no heading\nER  - \n1. | a | ]($x)"


def cited(quote: str, article: str, **more: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "document_id": "d1",
        "document_title": "The journal & {more}",
        "file_name": "journal.pdf",
        "article": article,
        "authors": ["Hannah Bedford", "Department for Education"],
        "published": "2024-03",
        "page": 50,
        "page_label": "48",
        "place": "page 50 (printed 48)",
        "format": "pdf",
        "state": "current",
        "quote": quote,
        "speaker": {"text": "ANNE – MANAGER", "start": 0, "end": 14},
        "lead": None,
    }
    return given | more


@pytest.fixture(scope="module")
def items() -> list[Item]:
    quotes = [
        cited("“We meet every week.”", "Going home"),
        cited(HOSTILE, "Another way", page=51, page_label="49"),
        cited(
            "One row | 5", "Going home", page=52, page_label="50", lead={"text": "Head | 2024", "start": 0, "end": 1}
        ),
        cited("", "Gone", state="removed", authors=[], published=None, speaker=None),
    ]
    made = [Item(f"i{n}", "quote", "", NOTE if n == 1 else "", one, "2026") for n, one in enumerate(quotes)]
    return [Item("h", "heading", "# What *works*", "", None, "2026"), *made]


@pytest.fixture(scope="module")
def files(items: list[Item]) -> dict[str, bytes]:
    references = References([one.citation for one in items if one.citation])
    return {name: export_board(name, "My <board>", items, references) for name in FORMATS}


FIRST = "Bedford, H. and Department for Education (2024a) ‘Another way’, in The journal & {more}, p. 49 (PDF page 51)."
SECOND = (
    "Bedford, H. and Department for Education (2024b) ‘Going home’, in The journal & {more},"
    " pp. 48 and 50 (PDF pages 50 and 52)."
)
THIRD = "‘Gone’ (no date) in The journal & {more}, p. 48 (PDF page 50)."


def test_word(files: dict[str, bytes]) -> None:
    document = docx.Document(io.BytesIO(files["docx"]))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[0] == "My <board>"
    assert [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"] == [
        "# What *works*",
        "References",
    ]
    assert "“We meet every week.”" in lines
    assert f"“{HOSTILE}”".replace("\x07", "\ufffd") in lines
    assert "– ANNE – MANAGER, (Bedford and Department for Education, 2024b, p. 48; PDF page 50)" in lines
    assert NOTE in lines
    assert "[The document that said this has been removed from the library.]" in lines
    assert lines[-3:] == [FIRST, SECOND, THIRD]
    italic = [run.text for run in document.paragraphs[-2].runs if run.italic]
    assert italic == ["The journal & {more}"]
    assert document.core_properties.title == "My <board>"


def test_markdown_shows_everything_as_text(files: dict[str, bytes]) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(files["md"].decode())
    kinds = {token.type for token in tokens}
    assert not kinds & {"html_block", "fence", "code_block", "table_open", "ordered_list_open", "hr"}
    inline = [token for token in tokens if token.type == "inline"]
    marks = {child.type for token in inline for child in token.children or []}
    assert marks <= {"text", "text_special", "em_open", "em_close", "softbreak"}
    shown = ["".join(child.content for child in token.children or []) for token in inline]
    assert shown[:2] == ["My <board>", "# What *works*"]
    assert " ".join(f"“{HOSTILE}”".split()) in shown
    assert all(" ".join(line.split()) in shown for line in NOTE.splitlines())
    assert shown[-3:] == [FIRST, SECOND, THIRD]
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2", "h2"]


def test_csv_is_read_by_excel_and_runs_nothing(files: dict[str, bytes], items: list[Item]) -> None:
    assert files["csv"].startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig"), newline="")))
    assert [row["quote"].removeprefix("'") for row in rows] == [one.citation["quote"] for one in items if one.citation]
    assert all(not cell.lstrip().startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert rows[1]["note"] == f"'{NOTE}"
    assert {row["section"] for row in rows} == {"# What *works*"}
    assert (rows[0]["page"], rows[0]["printed page"], rows[0]["reference"]) == ("50", "48", SECOND)
    assert rows[2]["table head"] == "Head | 2024"
    assert "removed" in rows[3]["remark"]


def test_ris(files: dict[str, bytes]) -> None:
    records = rispy.loads(files["ris"].decode())
    assert [one["title"] for one in records] == ["Another way", "Going home", "Gone"]
    first, second, third = records
    assert second["authors"] == ["Bedford, Hannah", "Department for Education"]
    assert (second["type_of_reference"], second["year"], second["secondary_title"]) == (
        "CHAP",
        "2024",
        "The journal & {more}",
    )
    assert second["start_page"] == "48, 50"
    assert [note.split(" – ")[0] for note in second["notes"]] == ["“We meet every week.”", "“One row | 5”"]
    assert " ".join(HOSTILE.replace("\x07", " ").split()) in first["notes"][0]
    assert "ER - 1. | a |" in first["notes"][0]
    assert "year" not in third


def test_bibtex(files: dict[str, bytes]) -> None:
    library = parse_string(files["bib"].decode(), append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    assert len(library.entries) == len({entry.key for entry in library.entries}) == 3
    first, second, third = library.entries
    assert second.entry_type == "incollection"
    fields = {name: field.value for name, field in second.fields_dict.items()}
    assert fields["author"].startswith("Bedford, Hannah and ")
    assert fields["year"] == "2024"
    assert fields["pages"] == "48, 50"
    assert r"The journal \& \textbraceleft{}more\textbraceright{}" in files["bib"].decode()  # unknown to this reader
    assert "The journal & " in fields["booktitle"]
    note = first.fields_dict["note"].value
    for part in ("<script>alert(1)</script>", "100% & # _x_ **y**", "\\input"):
        assert part in note
    assert "year" not in third.fields_dict
