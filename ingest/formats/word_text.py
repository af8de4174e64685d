"""The text of a Word paragraph as a reader of the final version sees it.

Insertions are in, deletions and comments out; hidden text is out, because nobody who opens the file can see it; and so
are the marks of notes, which would change a figure («683» and note 1 are not 6831).
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from ingest.formats.word_look import Look, look_of, stands_on_ground
from ingest.formats.word_styles import Style, Styles, is_on

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


def text_of(paragraph: Any, styles: Styles, style: Style) -> tuple[str, int]:
    """What can be read of a paragraph, and how many of its words cannot be seen."""
    look = replace(style.look, grounded=True) if stands_on_ground(paragraph) else style.look
    pieces = list(_pieces(paragraph, styles, _Base(look_of(paragraph.find(qn("w:pPr")), look), style.vanish)))
    hidden = "".join(text for text, is_out in pieces if is_out)
    return "".join(text for text, is_out in pieces if not is_out), len(hidden.split())


class _Base(NamedTuple):
    """What holds for the runs of a paragraph that say nothing else."""

    look: Look
    vanish: bool
    hidden: bool = False


def _pieces(element: Any, styles: Styles, base: _Base) -> Iterator[tuple[str, bool]]:
    """Its text in pieces, each with whether it is hidden."""
    for child in element.iterchildren():
        tag = child.tag
        if not isinstance(tag, str) or tag in _OUT or tag == _RUBY:
            continue
        if tag in _TEXT:
            yield child.text or "", base.hidden
        elif tag in _SPACES:
            yield " ", base.hidden
        elif tag == qn("w:noBreakHyphen"):
            yield "-", base.hidden
        elif tag == qn("w:r"):
            yield from _pieces(child, styles, base._replace(hidden=is_hidden(child, styles, base)))
        elif tag == qn("w:p"):
            continue  # a paragraph of a text box in a drawing: read on its own
        else:
            yield from _pieces(child, styles, base)


def is_hidden(run: Any, styles: Styles, base: _Base) -> bool:
    properties = run.find(qn("w:rPr"))
    named = properties.find(qn("w:rStyle")) if properties is not None else None
    style = styles.get(named.get(qn("w:val"))) if named is not None else None
    look = base.look
    if style is not None:
        grounded = look.grounded or style.look.grounded
        look = Look(style.look.colour or look.colour, style.look.size or look.size, grounded)
    said = is_on(properties, "w:vanish")
    vanish = base.vanish or (style is not None and style.vanish) if said is None else said
    return vanish or look_of(properties, look).is_unseen


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
