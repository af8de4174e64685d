"""The text of a Word paragraph as a reader of the final version sees it.

Insertions are in, deletions and comments out; hidden text is out, because nobody who opens the file can see it; and so
are the marks of notes, which would change a figure («683» and note 1 are not 6831).
"""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from ingest.formats.word_styles import Styles, is_on

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OUT = frozenset(
    map(
        qn,
        ("w:del", "w:moveFrom", "w:rPr", "w:pPr", "w:commentRangeStart", "w:instrText", "w:delText", "w:txbxContent"),
    )
) | {f"{_MC}Fallback"}
_SPACES = frozenset(map(qn, ("w:tab", "w:br", "w:cr", "w:ptab")))
_TEXT = frozenset((qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"))
_NOTES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
_RUBY = qn("w:rt")


def is_paragraph_gone(paragraph: Any) -> bool:
    """Whether the paragraph stands in a deletion or a move away."""
    return any(paragraph.iterancestors(qn("w:del"), qn("w:moveFrom")))


def text_of(paragraph: Any, styles: Styles, hidden: bool = False) -> str:
    return "".join(_pieces(paragraph, styles, hidden))


def _pieces(element: Any, styles: Styles, hidden: bool) -> Iterator[str]:
    for child in element.iterchildren():
        tag = child.tag
        if not isinstance(tag, str) or tag in _OUT or tag == _RUBY:
            continue
        if tag in _TEXT:
            yield "" if hidden else child.text or ""
        elif tag in _SPACES:
            yield "" if hidden else " "
        elif tag == qn("w:noBreakHyphen"):
            yield "" if hidden else "-"
        elif tag == qn("w:r"):
            yield from _pieces(child, styles, is_hidden(child, styles, hidden))
        elif tag == qn("w:p"):
            continue  # a paragraph of a text box in a drawing: read on its own
        else:
            yield from _pieces(child, styles, hidden)


def is_hidden(run: Any, styles: Styles, otherwise: bool) -> bool:
    properties = run.find(qn("w:rPr"))
    said = is_on(properties, "w:vanish")
    if said is not None:
        return said
    style = properties.find(qn("w:rStyle")) if properties is not None else None
    return otherwise or (style is not None and styles.get(style.get(qn("w:val"))).vanish)


def is_bold(paragraph: Any) -> bool:
    """Whether every run with text is set bold: how headings look where nobody used the styles."""
    runs = [run for run in paragraph.iter(qn("w:r")) if any((t.text or "").strip() for t in run.iter(qn("w:t")))]
    return bool(runs) and all(is_on(run.find(qn("w:rPr")), "w:b") for run in runs)


def notes_of(paragraph: Any) -> Iterator[tuple[str, str]]:
    """("footnote" or "endnote", id) of each note that the paragraph calls."""
    for element in paragraph.iter(*_NOTES):
        if not any(element.iterancestors(qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"))):
            yield _NOTES[element.tag], element.get(qn("w:id"))


def boxes_of(paragraph: Any) -> Iterator[Any]:
    """The text boxes that hang on the paragraph: once, though old programs get a second copy of each."""
    skipped = (qn("w:txbxContent"), qn("w:del"), qn("w:moveFrom"))
    for box in paragraph.iter(qn("w:txbxContent")):
        above = list(box.iterancestors())
        inner = above[: above.index(paragraph)]
        if not any(a.tag in skipped or _is_copy(a) for a in inner):
            yield box


def _is_copy(element: Any) -> bool:
    """A fallback whose alternative has a text box of its own."""
    if element.tag != f"{_MC}Fallback":
        return False
    choices = element.getparent().findall(f"{_MC}Choice")
    return any(True for choice in choices for _ in choice.iter(qn("w:txbxContent")))
