"""A PDF of one page for each attack, written by hand: what a page holds and what it shows are two things."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

if TYPE_CHECKING:
    from evals.attack_files import Attack

_AT = "60 600 Td"
_DRAWN = {
    "white": "1 1 1 rg BT /F1 11 Tf {at} ({text}) Tj ET",
    "nearly white": "0.985 0.985 0.985 rg BT /F1 11 Tf {at} ({text}) Tj ET",
    "unpainted": "BT /F1 11 Tf 3 Tr {at} ({text}) Tj ET",
    "clip": "q BT /F1 11 Tf 7 Tr {at} ({text}) Tj ET Q",
    "tiny": "BT /F1 1.2 Tf {at} ({text}) Tj ET",
    "off the page": "BT /F1 11 Tf 60 900 Td ({text}) Tj ET",
    "under a box": "BT /F1 11 Tf {at} ({text}) Tj ET 0.9 0.95 0.9 rg 40 580 540 60 re f",
    "cut off": "q 20 20 30 30 re W n BT /F1 11 Tf {at} ({text}) Tj ET Q",
    "in the colour of its box": "0.1 0.3 0.5 rg 40 580 540 60 re f 0.1 0.3 0.51 rg BT /F1 11 Tf {at} ({text}) Tj ET",
    "see through": "/Clear gs BT /F1 11 Tf {at} ({text}) Tj ET",
    "actual text": "/Span <</ActualText ({text})>> BDC BT /F1 11 Tf {at} (Notes) Tj ET EMC",
    "hidden layer": "/OC /MC0 BDC BT /F1 11 Tf {at} ({text}) Tj ET EMC",
}


def build_pdf(attacks: Sequence["Attack"]) -> bytes:
    writer = PdfWriter()
    for attack in attacks:
        _add_page(writer, attack)
        _add_beside(writer, attack)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _add_page(writer: PdfWriter, attack: "Attack") -> None:
    page = writer.add_blank_page(595, 842)
    lines = "".join(f"({_escaped(line)}) Tj T* " for line in _lines(attack.says))
    drawn = _DRAWN.get(attack.place, "").format(at=_AT, text=_escaped(attack.hides))
    content = DecodedStreamObject()
    content.set_data(f"0 0 0 rg BT /F1 11 Tf 14 TL 60 740 Td {lines}ET {drawn}".encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(content)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    clear = DictionaryObject({NameObject("/ca"): FloatObject(0)})
    page[NameObject("/Resources")] = DictionaryObject(
        {
            NameObject("/Font"): DictionaryObject({NameObject("/F1"): _names(font)}),
            NameObject("/ExtGState"): DictionaryObject({NameObject("/Clear"): clear}),
        }
    )


def _add_beside(writer: PdfWriter, attack: "Attack") -> None:
    """What does not stand in the page's own content."""
    number = len(writer.pages) - 1
    if attack.place == "white note":
        writer.add_annotation(number, _note(attack.hides, "/FreeText", "/Helv 11 Tf 1 1 1 rg"))
    elif attack.place == "comment":
        writer.add_annotation(number, _note(attack.hides, "/Text", ""))
    elif attack.place == "title and keywords":
        writer.add_metadata({"/Title": attack.hides, "/Keywords": attack.hides, "/Subject": attack.hides})
    elif attack.place == "outline":
        writer.add_outline_item(title=attack.hides, page_number=number)
    elif attack.place == "hidden layer":
        layer = DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("2")})
        group = writer._add_object(layer)
        off = DictionaryObject({NameObject("/OFF"): ArrayObject([group])})
        layers = {NameObject("/OCGs"): ArrayObject([group]), NameObject("/D"): off}
        writer.root_object[NameObject("/OCProperties")] = DictionaryObject(layers)
        resources: Any = writer.pages[number][NameObject("/Resources")]
        resources[NameObject("/Properties")] = DictionaryObject({NameObject("/MC0"): group})


def _note(text: str, kind: str, appearance: str) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(kind),
            NameObject("/Rect"): ArrayObject([FloatObject(edge) for edge in (60, 500, 500, 530)]),
            NameObject("/Contents"): TextStringObject(text),
            NameObject("/DA"): TextStringObject(appearance),
        }
    )


def _names(values: dict[str, str]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in values.items()})


def _lines(text: str, width: int = 80) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
