"""A board as a Word document, in the styles that Word knows, so that a template can change its looks."""

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as Doc
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from api.exports.parts import lead_of, quote_of, quoted, remark_of, speaker_of
from assistant.boards import Item
from assistant.references import References

# What XML cannot hold
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_word(name: str, items: Sequence[Item], references: References) -> bytes:
    document = Document()
    document.core_properties.title = _clean(name)[:255]
    document.core_properties.author = ""
    document.core_properties.created = datetime.now(UTC).replace(tzinfo=None)
    _set_language(document)
    document.add_heading(_clean(name), 0)
    for item in items:
        if item.citation is None:
            document.add_heading(_clean(item.text), 1)
        else:
            _add_quote(document, item, references)
    if references.entries:
        document.add_heading("References", 1)
    for entry in references.entries:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1), Cm(-1)
        for words, italic in entry.runs():
            paragraph.add_run(_clean(words)).italic = italic
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_quote(document: Doc, item: Item, references: References) -> None:
    assert item.citation is not None
    if lead := lead_of(item):
        document.add_paragraph(_clean(lead)).paragraph_format.keep_with_next = True
    if quote := quote_of(item):
        _together(document.add_paragraph(_clean(quoted(quote)), "Quote"))
    said = ", ".join(part for part in (speaker_of(item), references.in_text(item.citation)) if part)
    document.add_paragraph(_clean(f"– {said}"))
    for text in (remark_of(item), item.note):
        if text:
            document.add_paragraph(_clean(text))


def _together(paragraph: Paragraph) -> None:
    """Not parted from who said it by the end of a page."""
    paragraph.paragraph_format.keep_with_next = True


def _set_language(document: Doc) -> None:
    """British English, for the spelling check."""
    properties = document.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    properties.append(language)


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
