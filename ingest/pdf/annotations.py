"""What annotations show on a page: values filled into form fields, and notes typed on it. Comments are only counted."""

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.pdf.glyphs import CharBox, Segment, Style

_UNSEEN = 0x01 | 0x02 | 0x20  # flags: invisible, hidden, not for the screen
_TYPED = frozenset({raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX})
_COMMENTS = frozenset(
    {
        raw.FPDF_ANNOT_TEXT,
        raw.FPDF_ANNOT_HIGHLIGHT,
        raw.FPDF_ANNOT_UNDERLINE,
        raw.FPDF_ANNOT_SQUIGGLY,
        raw.FPDF_ANNOT_STRIKEOUT,
        raw.FPDF_ANNOT_CARET,
    }
)
_LEAST = 3.0  # points
_WHITE = re.compile(r"(?:\b1(?:\.0*)? 1(?:\.0*)? 1(?:\.0*)? rg\b|(?<![\d.] )\b1(?:\.0*)? g\b|\b0 0 0 0 k\b)")
_LARGEST = 12.0  # points: a value in a tall field is not set as large


@dataclass(frozen=True, slots=True)
class Annotations:
    """`fields` and `notes` are one list of segments a field or note; every character has its whole line's box."""

    fields: list[list[Segment]]
    notes: list[list[Segment]]
    comments: int

    @property
    def detail(self) -> str | None:
        parts = [
            _count(len(self.fields), "with the value of {} form field", "with the values of {} form fields"),
            _count(len(self.notes), "with {} note on the page", "with {} notes on the page"),
            _count(self.comments, "{} comment is not read", "{} comments are not read"),
        ]
        return "; ".join(part for part in parts if part) or None

    def place(self, segments: list[Segment]) -> list[Segment]:
        """The page's segments, each value after its label and each note after the rest."""
        placed = list(segments)
        for lines in sorted(self.fields, key=lambda lines: (round(lines[0].y0), lines[0].x0)):
            at = _after(placed, lines[0])
            placed[at:at] = lines
        return placed + [line for lines in self.notes for line in lines]


def read_annotations(page: pdfium.PdfPage) -> Annotations:
    fields: list[list[Segment]] = []
    notes: list[list[Segment]] = []
    comments = 0
    for annotation in _annotations(page):
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
            continue
        if kind == raw.FPDF_ANNOT_WIDGET and (lines := _segments(page, annotation, _value(page, annotation))):
            fields.append(lines)
        elif kind == raw.FPDF_ANNOT_FREETEXT and (lines := _segments(page, annotation, _text(annotation, b"Contents"))):
            if _is_seen(page, annotation, lines):
                notes.append(lines)
        elif kind in _COMMENTS and _text(annotation, b"Contents").strip():
            comments += 1
    return Annotations(fields, notes, comments)


def _annotations(page: pdfium.PdfPage) -> Iterator[raw.FPDF_ANNOTATION]:
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            yield annotation
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _is_seen(page: pdfium.PdfPage, annotation: raw.FPDF_ANNOTATION, lines: list[Segment]) -> bool:
    """Whether a note stands on the page, large enough to read and not in white upon nothing."""
    width, height = page.get_size()
    x0, y0, x1, y1 = lines[0].boxes[0]
    if not (0 < (x0 + x1) / 2 < width and 0 < (y0 + y1) / 2 < height) or x1 - x0 < _LEAST or y1 - y0 < _LEAST:
        return False
    white = _WHITE.search(_text(annotation, b"DA")) is not None
    return not white or bool(raw.FPDFAnnot_HasKey(annotation, b"C"))


def _value(page: pdfium.PdfPage, annotation: raw.FPDF_ANNOTATION) -> str:
    """What was filled in; a tick or a chosen button is no text."""
    form = page.formenv
    kind = raw.FPDFAnnot_GetFormFieldType(form.raw, annotation) if form is not None else -1
    if form is not None and kind in _TYPED:
        return _read(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form.raw, annotation, buffer, size))
    if kind <= 0 and raw.FPDFAnnot_GetValueType(annotation, b"V") == raw.FPDF_OBJECT_STRING:
        return _text(annotation, b"V")  # a field that the file's form does not list
    return ""


def _text(annotation: raw.FPDF_ANNOTATION, key: bytes) -> str:
    return _read(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _read(ask: Callable[[object, int], int]) -> str:
    """A string of pdfium's: UTF-16, ended by a zero; asked for its size first."""
    size = ask(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _segments(page: pdfium.PdfPage, annotation: raw.FPDF_ANNOTATION, text: str) -> list[Segment]:
    """A segment for each line of the text, the lines one under the other in the annotation's box."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        return []
    x0, y0, x1, y1 = _box(page, annotation)
    step = (y1 - y0) / len(lines)
    style = Style(round(min(max(0.75 * step, 4.0), _LARGEST), 1), False, False, "annotation")
    return [
        Segment(line, [(x0, y0 + step * n, x1, y0 + step * (n + 1))] * len(line), style) for n, line in enumerate(lines)
    ]


def _box(page: pdfium.PdfPage, annotation: raw.FPDF_ANNOTATION) -> CharBox:
    """Where it stands on the page as it is shown."""
    rect = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, rect)
    width, height = page.get_size()
    left, top = ctypes.c_int(), ctypes.c_int()
    corners = []
    for x, y in ((rect.left, rect.top), (rect.right, rect.bottom)):
        raw.FPDF_PageToDevice(page.raw, 0, 0, int(width * 100), int(height * 100), 0, x, y, left, top)
        corners.append((left.value / 100, top.value / 100))
    (ax, ay), (bx, by) = corners
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _after(segments: list[Segment], value: Segment) -> int:
    """The place in the drawing order after the label: what stands nearest at the left, else nearest above."""
    level = [
        (segment.x1, number)
        for number, segment in enumerate(segments)
        if segment.x1 < value.x0 + 4 and abs(segment.middle - value.middle) < 0.6 * max(segment.height, value.height)
    ]
    if level:
        return max(level)[1] + 1
    above = [
        (segment.y1, number)
        for number, segment in enumerate(segments)
        if segment.y1 <= value.y0 + 2 and segment.x0 < value.x1 and segment.x1 > value.x0
    ]
    return max(above)[1] + 1 if above else len(segments)


def _count(number: int, one: str, many: str) -> str:
    return (one if number == 1 else many).format(number) if number else ""
