"""Word files: the body in order, with tables, text boxes and notes; headers, footers and the contents list left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import PartFactory
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.package import Package
from docx.parts.document import DocumentPart

from ingest.errors import DamagedError
from ingest.formats.archive import BROKEN, open_archive
from ingest.formats.flow import ABOVE, Flow, FlowBlock, Part, make_block, make_table, told_hidden
from ingest.formats.office import diagram_texts, read_facts
from ingest.formats.paging import section_sheets
from ingest.formats.word_styles import Numbering, Styles, is_on, list_of, outline_level
from ingest.formats.word_text import boxes_of, is_bold, is_paragraph_gone, notes_of, text_of
from ingest.types import BlockKind

NOTES = "Notes"
_BOLD_HEADING = 12  # words: a bold paragraph of fewer that ends no sentence is a heading
_WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag")))
_MAINS = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
for _main in _MAINS:  # the same document, which python-docx does not know by these names
    PartFactory.part_type_for[_main] = DocumentPart


def read(path: Path) -> Flow:
    with open_archive(path):
        part = Package.open(str(path)).main_document_part
    if not isinstance(part, DocumentPart):
        raise DamagedError(BROKEN)
    reader = _Reader(part)
    blocks = _headings_by_look(list(reader.body()))
    facts = read_facts(part.core_properties)
    first = next((b.text for b in blocks if b.is_title), None) or next(
        (b.text for b in blocks if b.kind is BlockKind.HEADING), None
    )
    sheets, articles = section_sheets(blocks)
    return Flow(facts.title or first, facts.authors, facts.published, told_hidden(sheets, reader.hidden), articles)


def _headings_by_look(blocks: list[FlowBlock]) -> list[FlowBlock]:
    """Bold lines (level 9 until now) open sections where a file has no headings by style."""
    styled = any(b.kind is BlockKind.HEADING and b.level < 9 and not b.is_title for b in blocks)
    level = 4 if styled else 2
    return [replace(b, level=level) if b.kind is BlockKind.HEADING and b.level == 9 else b for b in blocks]


@dataclass(slots=True)
class _Reader:
    part: DocumentPart
    styles: Styles = field(init=False)
    numbering: Numbering = field(init=False)
    notes: dict[tuple[str, str], Any] = field(init=False)
    called: list[tuple[str, str]] = field(default_factory=list)
    hidden: int = 0

    def __post_init__(self) -> None:
        self.styles = Styles(self._related(RT.STYLES))
        self.numbering = Numbering(self._related(RT.NUMBERING))
        self.notes = {}
        for kind, reltype in (("footnote", RT.FOOTNOTES), ("endnote", RT.ENDNOTES)):
            root = self._related(reltype)
            for note in root.iterchildren(qn(f"w:{kind}")) if root is not None else ():
                self.notes[kind, note.get(qn("w:id"))] = note

    def _related(self, reltype: str) -> Any:
        """The root of a part that the document refers to, or None."""
        for relation in self.part.rels.values():
            if relation.reltype == reltype and not relation.is_external:
                return parse_xml(relation.target_part.blob)
        return None

    def body(self) -> Iterator[FlowBlock]:
        """The blocks, the notes of each section at its end."""
        body = self.part.element.find(qn("w:body"))
        for block in self._blocks(body) if body is not None else ():
            if block.kind is BlockKind.HEADING and block.level <= 2:
                yield from self._notes()
            yield block
        yield from self._notes()

    def _notes(self) -> Iterator[FlowBlock]:
        called, self.called = list(dict.fromkeys(self.called)), []
        blocks = [block for key in called if key in self.notes for block in self._blocks(self.notes[key]) if block.text]
        if blocks:
            yield from make_block(BlockKind.HEADING, NOTES, 3)
            yield from blocks

    def _blocks(self, container: Any) -> Iterator[FlowBlock]:
        for child in container.iterchildren():
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag in _WRAPPERS and not _is_contents(child):
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[FlowBlock]:
        properties = paragraph.find(qn("w:pPr"))
        named = properties.find(qn("w:pStyle")) if properties is not None else None
        style = self.styles.get(named.get(qn("w:val")) if named is not None else None)
        if not style.is_contents and not is_paragraph_gone(paragraph):
            # Notes are called before the block is given out: a heading's own note belongs to its section.
            text, hidden = text_of(paragraph, self.styles, style)
            self.hidden += hidden
            level = outline_level(properties, style.level)
            place = list_of(properties, style.list)
            kind = BlockKind.LIST_ITEM if place else style.kind
            if level:
                kind = BlockKind.HEADING
            elif kind is BlockKind.PARAGRAPH and _looks_like_heading(paragraph, text):
                kind, level = BlockKind.HEADING, 9
            marker = self.numbering.marker(place) if place and kind is BlockKind.LIST_ITEM and text.strip() else ""
            for block in make_block(kind, marker + text, min(level, 6) if level != 9 or style.level else level):
                yield replace(block, is_title=style.is_title and kind is BlockKind.HEADING)
        self.called += notes_of(paragraph)
        for box in boxes_of(paragraph):
            yield from self._blocks(box)
        yield from self._diagrams(paragraph)

    def _diagrams(self, paragraph: Any) -> Iterator[FlowBlock]:
        for element in paragraph.iter("{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"):
            part = self.part.related_parts.get(element.get(qn("r:dm")))
            for text in diagram_texts(parse_xml(part.blob)) if part is not None else ():
                yield from make_block(BlockKind.PARAGRAPH, text)

    def _table(self, table: Any) -> Iterator[FlowBlock]:
        rows = [row for row in _rows(table) if not _is_row_gone(row)]
        cells = [list(_children(row, qn("w:tc"))) for row in rows]
        if max(map(len, cells), default=0) <= 1:  # a box around text
            for row in cells:
                for cell in row:
                    yield from self._blocks(cell)
            return
        yield from make_table([[part for cell in row for part in self._cell(cell)] for row in cells])

    def _cell(self, cell: Any) -> Iterator[Part]:
        """The cell's text, and an empty part for each further column that it spans."""
        merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        goes_on = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
        yield ABOVE if goes_on else Part(" ".join(block.text for block in self._blocks(cell)))
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        wide = span.get(qn("w:val"), "1") if span is not None else "1"
        for _ in range(1, min(int(wide), 200) if wide.isdigit() else 1):
            yield Part("")


def _rows(table: Any) -> Iterator[Any]:
    return _children(table, qn("w:tr"))


def _is_row_gone(row: Any) -> bool:
    """Whether it is deleted, or hidden."""
    properties = row.find(qn("w:trPr"))
    return properties is not None and (properties.find(qn("w:del")) is not None or bool(is_on(properties, "w:hidden")))


def _children(element: Any, tag: str) -> Iterator[Any]:
    """Children of one kind, also inside content controls and insertions."""
    for child in element.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _is_contents(control: Any) -> bool:
    gallery = control.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _looks_like_heading(paragraph: Any, text: str) -> bool:
    words = text.split()
    in_cell = next(paragraph.iterancestors(qn("w:tc")), None) is not None
    return 0 < len(words) <= _BOLD_HEADING and not in_cell and text.rstrip()[-1] not in ".,;:" and is_bold(paragraph)
