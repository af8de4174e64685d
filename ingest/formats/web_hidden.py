"""What a web page holds and does not show: by attribute, by style, by a rule of its own style sheet."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
_AT_RULE = re.compile(r"@(?!media)[^{;]*(?:;|\{[^{}]*\})|@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.I)
_ON_SCREEN = re.compile(r"@media\s+(?:screen|all)\s*\{((?:[^{}]*\{[^{}]*\})*)\s*\}", re.I)
_PLAIN = re.compile(
    r"(?:[\w-]*(?:[.#][A-Za-z_][\w-]*)+|[A-Za-z]\w*)(?:\s*[>\s]\s*(?:[\w-]*(?:[.#][A-Za-z_][\w-]*)+|[A-Za-z]\w*))*"
)
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_RULES = 300  # of a page that hide something
_FOR_EARS = re.compile(
    r"^(?:sr-only|visually-?hidden|screen-?reader(?:-(?:text|only))?|u-visually-hidden|offscreen)$", re.I
)
_NUMBER = r"(-?\d*\.?\d+)"
_SMALL = 3.0  # points: as in PDFs
_FAR = 500.0  # points beside the page
_POINTS = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12, "vw": 6.0, "vh": 8.0, "": 0.75}
_WHITES = frozenset({"white", "#fff", "#ffffff", "transparent", "snow", "ghostwhite", "whitesmoke", "ivory"})


def hidden_by_sheet(soup: BeautifulSoup) -> set[int]:
    """The ids of the tags that a rule of the page's own style sheets hides. Rules for printing or by width are not."""
    found: set[int] = set()
    for count, selector in enumerate(_hiding_rules(soup)):
        if count >= _RULES:
            break
        found |= {id(tag) for tag in soup.select(selector, limit=2000)}
    return found


def _hiding_rules(soup: BeautifulSoup) -> Iterator[str]:
    for sheet in soup.find_all("style"):
        text = _COMMENT.sub("", sheet.get_text())[:200_000]
        text = _AT_RULE.sub("", _ON_SCREEN.sub(r"\1", text))
        for selector, declared in _RULE.findall(text):
            plain = [one.strip() for one in selector.split(",") if _PLAIN.fullmatch(one.strip())]
            if plain and is_hiding(declared):
                yield ", ".join(plain)


def is_hidden(tag: Tag) -> bool:
    """By its own attributes, or by a class that the field uses for what only screen readers say."""
    if tag.has_attr("hidden") or str(tag.get("aria-hidden", "")).lower() == "true":
        return True
    named = tag.get("class")
    if any(_FOR_EARS.match(name) for name in (named if isinstance(named, list) else [])):
        return True
    style = str(tag.get("style", ""))
    return bool(style) and is_hiding(style)


def is_hiding(declared: str) -> bool:
    """Whether a style takes a text out of sight."""
    style: dict[str, str] = {}
    for part in declared.lower().replace("!important", "").split(";"):
        name, _, value = part.partition(":")
        style[name.strip()] = value.strip()
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    if (opacity := _number(style.get("opacity", ""))) is not None and opacity < 0.1:
        return True
    size = _points(style.get("font-size", ""))
    if size is not None and size < _SMALL:
        return True
    return _is_cut_off(style) or _is_white(style)


def _is_cut_off(style: dict[str, str]) -> bool:
    if style.get("position") in ("absolute", "fixed"):
        edges = (_points(style.get(edge, "")) for edge in ("left", "top", "right", "bottom"))
        if any(edge is not None and edge < -_FAR for edge in edges) or re.match(
            r"rect\(\s*[01]", style.get("clip", "")
        ):
            return True
    if (indent := _points(style.get("text-indent", ""))) is not None and indent < -_FAR:
        return True
    if re.match(r"inset\(\s*(?:50|[6-9]\d|100)%|circle\(\s*0", style.get("clip-path", "")):
        return True
    sides = (_points(style.get(side, "")) for side in ("height", "max-height", "width", "max-width"))
    hides = style.get("overflow", style.get("overflow-y", "")) in ("hidden", "clip")
    return hides and any(side is not None and side <= 1 for side in sides)


def _is_white(style: dict[str, str]) -> bool:
    """White letters with no ground of their own, or letters in the very colour of their ground."""
    colour = _colour(style.get("color", ""))
    ground = _colour(style.get("background-color", "") or style.get("background", "").split(" ")[0])
    if not colour:
        return False
    return colour == ground if ground else colour in _WHITES and "background-image" not in style


def _colour(value: str) -> str:
    value = re.sub(r"\s+", "", value)
    found = re.fullmatch(r"rgba?\((\d+),(\d+),(\d+)(?:,([\d.]+))?\)", value)
    if found:
        if found[4] and float(found[4]) < 0.1:
            return "transparent"
        value = "#" + "".join(f"{min(int(found[n]), 255):02x}" for n in (1, 2, 3))
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        value = "#" + "".join(2 * c for c in value[1:])
    if re.fullmatch(r"#f[6-9a-f]f[6-9a-f]f[6-9a-f]", value) or value in _WHITES - {"transparent"}:
        return "white"
    return value


def _number(value: str) -> float | None:
    found = re.match(_NUMBER, value)
    return float(found[1]) if found else None


def _points(value: str) -> float | None:
    found = re.fullmatch(rf"{_NUMBER}\s*(px|pt|em|rem|%|vw|vh|)", value)
    return float(found[1]) * _POINTS[found[2]] if found else None
