"""What a Word file's styles and numbering say of a paragraph: its level as a heading, its kind, its number.

Built-in styles have localised ids («berschrift1») and English names («heading 1»): names count, through `basedOn`.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from docx.oxml.ns import qn

from ingest.formats.word_look import Look, look_of
from ingest.types import BlockKind

_OFF = ("0", "false", "off")
_KINDS = (
    (re.compile(r"^(?:intense )?quote$|^block text$", re.I), BlockKind.QUOTE),
    (re.compile(r"^caption$", re.I), BlockKind.CAPTION),
    (re.compile(r"^list (?:bullet|number|paragraph)", re.I), BlockKind.LIST_ITEM),
)


def is_on(properties: Any, tag: str) -> bool | None:
    """A switch such as w:vanish: on, off, or not there."""
    found = properties.find(qn(tag)) if properties is not None else None
    return None if found is None else found.get(qn("w:val")) not in _OFF


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it has from those that it is based on. `list` is its numbering's id and level."""

    level: int = 0
    is_title: bool = False
    kind: BlockKind = BlockKind.PARAGRAPH
    vanish: bool = False
    look: Look = field(default_factory=Look)
    is_contents: bool = False
    list: tuple[str, int] | None = None


@dataclass(slots=True)
class Styles:
    """The styles of one file by their id."""

    root: Any
    known: dict[str | None, Style] = field(default_factory=dict)
    elements: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for element in self.root.iterchildren(qn("w:style")) if self.root is not None else ():
            self.elements.setdefault(element.get(qn("w:styleId")), element)

    def get(self, style_id: str | None) -> Style:
        if style_id not in self.known:
            chain: list[Any] = []
            at = style_id
            while at in self.elements and self.elements[at] not in chain:
                chain.append(self.elements[at])
                based = chain[-1].find(qn("w:basedOn"))
                at = based.get(qn("w:val")) if based is not None else None
            style = Style()
            for element in reversed(chain):
                style = _with(style, element)
            self.known[style_id] = style
        return self.known[style_id]


def _with(style: Style, element: Any) -> Style:
    name_element = element.find(qn("w:name"))
    name = (name_element.get(qn("w:val")) or "") if name_element is not None else ""
    paragraph, run = element.find(qn("w:pPr")), element.find(qn("w:rPr"))
    heading = re.fullmatch(r"heading (\d)", name, re.I)
    style = replace(style, level=outline_level(paragraph, int(heading.group(1)) if heading else style.level))
    if name.lower() == "title":
        style = replace(style, level=1, is_title=True)
    for pattern, kind in _KINDS:
        if pattern.search(name):
            style = replace(style, kind=kind)
    vanish = is_on(run, "w:vanish")
    look = look_of(run, look_of(paragraph, style.look))
    return replace(
        style,
        vanish=style.vanish if vanish is None else vanish,
        look=look,
        is_contents=style.is_contents or bool(re.match(r"toc (?:\d|heading)|table of figures", name, re.I)),
        list=list_of(paragraph, style.list),
    )


def outline_level(paragraph: Any, otherwise: int) -> int:
    """The heading level of w:outlineLvl (0 to 8, 9 is body text), else the one given."""
    found = paragraph.find(qn("w:outlineLvl")) if paragraph is not None else None
    value = found.get(qn("w:val"), "") if found is not None else ""
    return (int(value) + 1) % 10 if re.fullmatch(r"\d", value) else otherwise


def list_of(paragraph: Any, otherwise: tuple[str, int] | None) -> tuple[str, int] | None:
    """Numbering id and level of w:numPr; id 0 takes a paragraph out of its style's list."""
    found = paragraph.find(qn("w:numPr")) if paragraph is not None else None
    if found is None:
        return otherwise
    number, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
    value = level.get(qn("w:val"), "") if level is not None else ""
    depth = int(value) if re.fullmatch(r"\d", value) else 0
    if number is None:
        return (otherwise[0], depth) if otherwise else None
    return (number.get(qn("w:val")), depth) if number.get(qn("w:val")) != "0" else None


@dataclass(slots=True)
class Numbering:
    """Counts the items of the numbered lists, so that «2.» stands where Word shows it; bullets are not text."""

    root: Any
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    levels: dict[str, dict[int, tuple[str, str, int]]] = field(default_factory=dict)

    def marker(self, place: tuple[str, int]) -> str:
        number, depth = place
        if number not in self.levels:
            self.levels[number] = self._read(number)
        levels = self.levels[number]
        if depth not in levels or levels[depth][0] in ("bullet", "none"):
            return ""
        for deeper in range(depth + 1, 10):
            self.counts.pop((number, deeper), None)
        for level in range(depth + 1):
            start = levels.get(level, ("", "", 1))[2]
            self.counts[number, level] = self.counts.get((number, level), start - (level == depth)) + (level == depth)
        shown = re.sub(r"%(\d)", lambda m: self._count(number, int(m.group(1)) - 1, levels), levels[depth][1])
        return f"{shown.strip()} " if shown.strip() else ""

    def _count(self, number: str, level: int, levels: dict[int, tuple[str, str, int]]) -> str:
        count, shape = self.counts.get((number, level), 1), levels.get(level, ("", "", 1))[0]
        if shape in ("lowerLetter", "upperLetter") and 0 < count <= 26:
            return chr((96 if shape == "lowerLetter" else 64) + count)
        if shape in ("lowerRoman", "upperRoman") and 0 < count < 40:
            roman = "x" * (count // 10) + ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][count % 10]
            return roman if shape == "lowerRoman" else roman.upper()
        return str(count)

    def _read(self, number: str) -> dict[int, tuple[str, str, int]]:
        """Level: format, pattern («%1.»), first number."""
        if self.root is None:
            return {}
        nums = [e for e in self.root.iterchildren(qn("w:num")) if e.get(qn("w:numId")) == number]
        abstract = nums[0].find(qn("w:abstractNumId")) if nums else None
        wanted = abstract.get(qn("w:val")) if abstract is not None else None
        levels: dict[int, tuple[str, str, int]] = {}
        for element in self.root.iterchildren(qn("w:abstractNum")):
            if wanted is None or element.get(qn("w:abstractNumId")) != wanted:
                continue
            for level in element.iterchildren(qn("w:lvl")):
                values = [level.find(qn(tag)) for tag in ("w:numFmt", "w:lvlText", "w:start")]
                shape, text, start = (v.get(qn("w:val"), "") if v is not None else "" for v in values)
                depth = level.get(qn("w:ilvl"), "0")
                if depth.isdigit():
                    levels[int(depth)] = (shape or "decimal", text, int(start) if start.isdigit() else 1)
        return levels
