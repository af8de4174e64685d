"""PowerPoint files: a page a slide, in reading order, with tables, charts and the speaker's notes."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pptx.oxml import parse_xml
from pptx.package import Package
from pptx.parts.presentation import PresentationPart
from pptx.shapes.group import GroupShape

from ingest.errors import DamagedError, NoPagesError
from ingest.formats.archive import BROKEN, open_archive
from ingest.formats.flow import ABOVE, Flow, FlowBlock, Part, Sheet, make_block, make_table
from ingest.formats.office import diagram_texts, local_name, read_facts
from ingest.formats.slides_hidden import hide_unseen
from ingest.hidden import hidden_text
from ingest.types import Article, BlockKind, PageHealth

NOTES = "Notes"
HIDDEN = "a hidden slide, which is left out"
_DEEPEST = 50  # groups in groups
_SAME_ROW = 100_000  # EMU, a quarter of a centimetre or so: shapes this near in height stand beside each other


def read(path: Path) -> Flow:
    with open_archive(path):
        package = Package.open(str(path))
        part = package.main_document_part
    if not isinstance(part, PresentationPart):
        raise DamagedError(BROKEN)
    slides = list(part.presentation.slides)
    if not slides:
        raise NoPagesError("This presentation has no slides. Export it again and add it once more.")
    size = (part.presentation.slide_width or 0, part.presentation.slide_height or 0)
    sheets = tuple(_sheet(number, slide, size) for number, slide in enumerate(slides, 1))
    facts = read_facts(package.core_properties)
    first = next((b.text for s in sheets for b in s.blocks if b.kind is BlockKind.HEADING and b.level == 1), None)
    return Flow(facts.title or first, facts.authors, facts.published, sheets, tuple(_articles(part, slides)))


def _sheet(number: int, slide: Any, size: tuple[int, int]) -> Sheet:
    label = f"slide {number}"
    if slide._element.get("show") in ("0", "false"):
        return Sheet(label, (), PageHealth.EMPTY, HIDDEN)
    hidden = hide_unseen(slide, size)
    blocks = [*_slide_blocks(slide), *_notes(slide)]
    health = PageHealth.READ
    if not blocks:
        health = PageHealth.NO_TEXT if any(local_name(e) == "pic" for e in slide._element.iter()) else PageHealth.EMPTY
    return Sheet(label, tuple(blocks), health, hidden_text(hidden))


def _slide_blocks(slide: Any) -> Iterator[FlowBlock]:
    """The title, then the other shapes from top to bottom and from left to right."""
    title = slide.shapes.title
    if title is not None and title.has_text_frame:
        yield from make_block(BlockKind.HEADING, title.text_frame.text, 1)
    shapes = [s for s in slide.shapes if title is None or s.shape_id != title.shape_id]
    for shape in _in_order(shapes):
        yield from _shape_blocks(shape, 0)


def _in_order(shapes: Sequence[Any]) -> list[Any]:
    """Rows of shapes by their upper edge, each from the left. Footers, dates and slide numbers are left out."""
    kept = [s for s in shapes if not _is_furniture(s)]
    rows: list[list[Any]] = []
    for shape in sorted(kept, key=lambda s: s.top or 0):
        if rows and (shape.top or 0) - (rows[-1][0].top or 0) < _SAME_ROW:
            rows[-1].append(shape)
        else:
            rows.append([shape])
    return [shape for row in rows for shape in sorted(row, key=lambda s: s.left or 0)]


def _is_furniture(shape: Any) -> bool:
    hidden = any(local_name(e) == "cNvPr" and e.get("hidden") in ("1", "true") for e in shape._element.iter())
    if hidden and not isinstance(shape, GroupShape):
        return True
    marks = [e for e in shape._element.iter() if local_name(e) == "ph"][:1] if shape.is_placeholder else []
    return bool(marks) and marks[0].get("type") in ("dt", "ftr", "sldNum", "hdr")


def _shape_blocks(shape: Any, deep: int) -> Iterator[FlowBlock]:
    if isinstance(shape, GroupShape):
        for inner in _in_order(list(shape.shapes)) if deep < _DEEPEST else ():
            yield from _shape_blocks(inner, deep + 1)
    elif getattr(shape, "has_table", False):
        yield from make_table([[_table_cell(cell) for cell in row.cells] for row in shape.table.rows])
    elif getattr(shape, "has_chart", False):
        yield from _chart_blocks(shape.chart)
    elif shape.has_text_frame:
        yield from _frame_blocks(shape)
    else:
        yield from _diagram_blocks(shape)


def _table_cell(cell: Any) -> Part:
    if cell._tc.vMerge:  # python-pptx says that a cell is spanned, not in which direction
        return ABOVE
    return Part("" if cell.is_spanned else cell.text_frame.text)


def _frame_blocks(shape: Any) -> Iterator[FlowBlock]:
    """Body placeholders hold bullets, unless a paragraph says that it has none; other boxes hold paragraphs."""
    mark = next((e for e in shape._element.iter() if local_name(e) == "ph"), None) if shape.is_placeholder else None
    is_body = mark is not None and mark.get("type", "obj") in ("body", "obj")
    paragraphs = [p for p in shape.text_frame.paragraphs if p.text.strip()]
    number = 0
    for paragraph in paragraphs:
        marks = {local_name(e): e for e in (paragraph._p.pPr if paragraph._p.pPr is not None else ())}
        numbered = "buAutoNum" in marks
        bulleted = "buChar" in marks or numbered or (is_body and "buNone" not in marks and len(paragraphs) > 1)
        number = number + 1 if numbered else 0
        text = f"{number}. {paragraph.text}" if numbered else paragraph.text
        yield from make_block(BlockKind.LIST_ITEM if bulleted else BlockKind.PARAGRAPH, text)


def _chart_blocks(chart: Any) -> Iterator[FlowBlock]:
    """The title, and the numbers behind the picture: a row a category, a column a series."""
    if chart.has_title and chart.chart_title.has_text_frame:
        yield from make_block(BlockKind.CAPTION, chart.chart_title.text_frame.text)
    for plot in chart.plots:
        series = list(plot.series)
        rows = [["", *(s.name or "" for s in series)]]
        for number, category in enumerate(plot.categories):
            rows.append([str(category), *(_value(s, number) for s in series)])
        if series and len(rows) > 1:
            yield from make_table([[Part(cell) for cell in row] for row in rows])


def _value(series: Any, number: int) -> str:
    """A number as the chart shows it: percent where its format says so."""
    values = series.values
    value = values[number] if number < len(values) else None
    if value is None:
        return ""
    code = next((e.text or "" for e in series._element.iter() if local_name(e) == "formatCode"), "")
    percent = re.fullmatch(r"0(?:\.(0+))?%", code)
    if percent:
        return f"{value:.{len(percent.group(1) or '')}%}"
    return f"{Decimal(repr(value)).normalize():f}"


def _diagram_blocks(shape: Any) -> Iterator[FlowBlock]:
    for element in shape._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"):
        key = element.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm")
        part = shape.part.related_part(key)
        for text in diagram_texts(parse_xml(part.blob)):
            yield from make_block(BlockKind.PARAGRAPH, text)


def _notes(slide: Any) -> Iterator[FlowBlock]:
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    blocks = [
        b for p in (frame.paragraphs if frame is not None else ()) for b in make_block(BlockKind.PARAGRAPH, p.text)
    ]
    if blocks:
        yield from make_block(BlockKind.HEADING, NOTES, 3)
        yield from blocks


def _articles(part: PresentationPart, slides: Sequence[Any]) -> Iterator[Article]:
    """The sections of the presentation, where it has any."""
    places = {str(slide.slide_id): number for number, slide in enumerate(slides, 1)}
    sections = [e for e in part._element.iter() if local_name(e) == "section"]
    number = 0
    for section in sections:
        inside = [places[e.get("id")] for e in section.iter() if local_name(e) == "sldId" and e.get("id") in places]
        if inside:
            number += 1
            yield Article(number, section.get("name") or f"Section {number}", min(inside), max(inside))
