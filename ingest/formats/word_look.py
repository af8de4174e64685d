"""Whether the letters of a Word file can be seen on its pages: their colour, their size, and what lies under them.

Where the ground cannot be told (a picture behind the text, a table drawn by a style) they count as seen.
"""

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_WHITE = 0xF4  # in every colour: white, or near enough on paper
_SMALL = 3.0  # points: as in PDFs
_BEHIND = 15  # paragraphs that a picture behind the text may reach down to
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Look:
    """What makes letters hard to see: their colour in hexadecimal and their size in points; and what is under them."""

    colour: str = ""
    size: float | None = None
    grounded: bool = False

    @property
    def is_unseen(self) -> bool:
        """White on paper, or smaller than anybody reads."""
        white = len(self.colour) == 6 and all(int(self.colour[n : n + 2], 16) >= _WHITE for n in (0, 2, 4))
        return (white and not self.grounded) or (self.size is not None and self.size < _SMALL)


def look_of(properties: Any, otherwise: Look) -> Look:
    """Of w:rPr or w:pPr, over what a style says."""
    if properties is None:
        return otherwise
    colour, size = properties.find(qn("w:color")), properties.find(qn("w:sz"))
    said = colour.get(qn("w:val"), "") if colour is not None else None
    half = size.get(qn("w:val"), "") if size is not None else ""
    return Look(
        otherwise.colour if said is None else said if re.fullmatch(r"[0-9A-Fa-f]{6}", said) else "",
        float(half) / 2 if re.fullmatch(r"\d+(?:\.\d+)?", half) else otherwise.size,
        otherwise.grounded or has_ground(properties),
    )


def has_ground(properties: Any) -> bool:
    """Whether a shade or a marker lies under the letters."""
    shade, marker = properties.find(qn("w:shd")), properties.find(qn("w:highlight"))
    if marker is not None and marker.get(qn("w:val")) not in ("none", "white"):
        return True
    if shade is None:
        return False
    fill = (shade.get(qn("w:fill")) or "").upper()
    themed = shade.get(qn("w:themeFill")) is not None or shade.get(qn("w:val")) not in ("clear", "nil", None)
    return themed or fill not in ("", "AUTO", "FFFFFF")


def stands_on_ground(paragraph: Any) -> bool:
    """Whether something other than white paper lies, or may lie, under a paragraph."""
    for above in paragraph.iterancestors():
        if above.tag == qn("w:tc") and (above.find(qn("w:tcPr")) is not None and has_ground(above.find(qn("w:tcPr")))):
            return True
        if above.tag == qn("w:tbl") and above.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") is not None:
            return True
        if above.tag == qn("w:txbxContent"):
            return _is_filled(above)
        if above.tag == qn("w:document") and above.find(qn("w:background")) is not None:
            return True
    return _is_over_picture(paragraph)


def _is_filled(box: Any) -> bool:
    """A text box is white only where its shape says so: else it may have the filling of a style."""
    shape = next((one for one in box.iterancestors() if one.tag.endswith("}wsp")), None)
    properties = next((one for one in shape if one.tag.endswith("}spPr")), None) if shape is not None else None
    if properties is None:
        return True
    if properties.find(f"{_DRAWING}noFill") is not None:
        return False
    colour = properties.find(f"{_DRAWING}solidFill/{_DRAWING}srgbClr")
    return colour is None or (colour.get("val") or "").upper() != "FFFFFF"


def _is_over_picture(paragraph: Any) -> bool:
    top = paragraph
    for above in paragraph.iterancestors():
        if above.tag == qn("w:body"):
            break
        top = above
    for number, block in enumerate((top, *top.itersiblings(preceding=True))):
        if number > _BEHIND:
            return False
        if any(anchor.get("behindDoc") in ("1", "true") for anchor in block.iter(qn("wp:anchor"))):
            return True
    return False
