"""What a slide holds and does not show: white on white, letters too small, shapes beside the slide.

Where the ground cannot be told (a picture or a filled shape on the slide, a background of the design) text counts as
seen.
"""

from typing import Any

from ingest.formats.office import local_name

_SMALL = 300  # hundredths of a point: as in PDFs
_WHITE = 0xF4  # in every colour
_FILLED = frozenset({"solidFill", "gradFill", "blipFill", "pattFill", "grpFill"})
_WHITE_SCHEME = frozenset({"bg1", "lt1"})


def hide_unseen(slide: Any, size: tuple[int, int]) -> int:
    """Takes what cannot be seen out of the slide; returns how many words went."""
    return sum(_hide_in(shape, slide, size) for shape in list(slide.shapes))


def _hide_in(shape: Any, slide: Any, size: tuple[int, int]) -> int:
    if _is_beside(shape, size):
        words = len(" ".join(e.text or "" for e in shape._element.iter() if local_name(e) == "t").split())
        shape._element.getparent().remove(shape._element)
        return words
    gone = 0
    on_white = not _has_ground(shape._element) and _is_white_slide(slide, shape)
    for run in [e for e in shape._element.iter() if local_name(e) in ("r", "fld")]:
        text = next((e for e in run if local_name(e) == "t"), None)
        if text is not None and _is_unseen(run, on_white):
            gone += len((text.text or "").split())
            text.text = ""
    return gone


def _is_beside(shape: Any, size: tuple[int, int]) -> bool:
    left, top, width, height = shape.left, shape.top, shape.width, shape.height
    if None in (left, top, width, height) or not all(size):
        return False
    return bool(left + width <= 0 or top + height <= 0 or left >= size[0] or top >= size[1])


def _is_unseen(run: Any, on_white: bool) -> bool:
    properties = next((e for e in run if local_name(e) == "rPr"), None)
    if properties is None:
        return False
    if (properties.get("sz") or "").isdigit() and int(properties.get("sz")) < _SMALL:
        return True
    fill = next((e for e in properties if local_name(e) in ("solidFill", "noFill")), None)
    if fill is None:
        return False
    return local_name(fill) == "noFill" or (on_white and _is_white(fill)) or _is_clear(fill)


def _is_white(fill: Any) -> bool:
    colour = next(iter(fill), None)
    if colour is None or len(colour):  # a shade of a colour
        return False
    value = colour.get("val") or ""
    if local_name(colour) == "srgbClr" and len(value) == 6:
        return all(int(value[n : n + 2], 16) >= _WHITE for n in (0, 2, 4))
    return local_name(colour) == "schemeClr" and value in _WHITE_SCHEME


def _is_clear(fill: Any) -> bool:
    alpha = next((e for e in fill.iter() if local_name(e) == "alpha"), None)
    value = (alpha.get("val") or "") if alpha is not None else ""
    return value.isdigit() and int(value) < 10_000


def _has_ground(element: Any) -> bool:
    """Whether the shape, or a cell of its table, has a filling of its own or of a style."""
    for one in element.iter():
        if local_name(one) in ("spPr", "tcPr", "grpSpPr") and any(local_name(e) in _FILLED for e in one):
            return True
        if local_name(one) in ("style", "tableStyleId"):
            return True
    return False


def _is_white_slide(slide: Any, shape: Any) -> bool:
    """Whether nothing but the white of the paper can lie under the shape."""
    layers = (slide, slide.slide_layout, slide.slide_layout.slide_master)
    for layer in layers:
        others = [one for one in layer.shapes if layer is not slide or one.shape_id != shape.shape_id]
        if any(_is_picture(one) or _has_ground(one._element) for one in others):
            return False
    ground = next((bg for layer in layers if (bg := _background(layer)) is not None), None)
    mapping = next((e for e in layers[2]._element if local_name(e) == "clrMap"), None)
    is_light = mapping is None or mapping.get("bg1", "lt1") == "lt1"
    if ground is None:
        return is_light
    colours = [e for e in ground.iter() if local_name(e) in ("srgbClr", "schemeClr")]
    return is_light and len(colours) == 1 and _is_white(colours[0].getparent())


def _is_picture(shape: Any) -> bool:
    return any(local_name(e) in ("pic", "blip", "graphicFrame") for e in shape._element.iter())


def _background(layer: Any) -> Any:
    return next((e for e in layer._element.iter() if local_name(e) == "bg"), None)
