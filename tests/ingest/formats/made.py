"""Files made on the fly, and what holds for every page that is read from one."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from pptx import Presentation
from pptx.presentation import Presentation as SlideShow

from ingest.formats import read_flow, tell_format
from ingest.types import Page, ParsedDocument

ROWS = (("Council", "2021", "2022"), ("Leeds", "683", "700"), ("York", "1", "2"))


def read_bytes(folder: Path, name: str, data: bytes) -> ParsedDocument:
    """Reads a file as the service does: stored under a name that says nothing."""
    path = folder / "stored"
    path.write_bytes(data)
    parsed = read_flow(path, tell_format(path, name), name)
    for page in parsed.pages:
        check_page(page)
    return parsed


def check_page(page: Page) -> None:
    """Offsets are exact, words restore the text of their blocks, and every word stands on the page."""
    assert "\n".join(page.text[b.start : b.end] for b in page.blocks) == page.text
    for block in page.blocks:
        text = page.text[block.start : block.end]
        assert text == " ".join(text.split()) != ""
        words = [w for w in page.words if block.start <= w.start < block.end]
        assert all(w.end <= block.end for w in words)
        assert "".join(page.text[w.start : w.end] for w in words) == re.sub(
            r"(?<!\S)\|(?!\S)|\s" if block.kind.value == "table row" else r"\s", "", text
        )
    for word in page.words:
        assert 0 <= word.x0 <= word.x1 <= page.width + 0.2, (word, page.text[word.start : word.end])
        assert 0 <= word.y0 < word.y1 <= page.height


def shapes(page: Page) -> list[tuple[str, str]]:
    return [(b.kind.value, page.text[b.start : b.end]) for b in page.blocks]


def saved(document: WordDocument | SlideShow) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(data: bytes, change: Mapping[str, Callable[[bytes], bytes]], **extra: bytes) -> bytes:
    """The same archive with some parts changed, and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, bytes)(old.read(name)))
        for name, content in extra.items():
            new.writestr(name, content)
    return out.getvalue()


def add_xml(paragraph: Paragraph, xml: str) -> None:
    declared = xml.replace(">", f" {nsdecls('w')}>", 1)
    paragraph._p.append(parse_xml(declared))


def guidance() -> WordDocument:
    document = Document()
    document.core_properties.title = "Word Document"
    document.core_properties.author = "Ann Lee; Bo Day"
    document.add_heading("Guidance", 0)
    document.add_heading("Referrals", 1)
    document.add_paragraph("A referral is made by a worker.")
    document.add_heading("Thresholds", 2)
    document.add_paragraph("A referral needs:")
    for text in ("consent", "a plan"):
        document.add_paragraph(text, style="List Number")
    table = document.add_table(3, 3)
    for number, row in enumerate(ROWS):
        for cell, text in zip(table.rows[number].cells, row, strict=True):
            cell.text = text
    return document


def slide_show() -> SlideShow:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Our results"
    slide.placeholders[1].text = "First point\nSecond point"
    slide.notes_slide.notes_text_frame.text = "Say this aloud."
    return show
