"""What is drawn twice and seen once: shadows, bold made of two strokes, a hidden layer under the printed words."""

from collections import defaultdict

import numpy as np

from ingest.pdf.characters import Characters

_NEAR = 0.12  # of the size: two letters that stand so close are one
_CELL = 2.0  # points
_FEW = 3  # equal letters at one place: not worth a closer look


def find_visible(characters: Characters) -> "np.ndarray":
    """True for every character that a reader of the page sees, once for each place it stands in."""
    visible = np.ones(len(characters.texts), dtype=bool)
    for n in _under_others(characters):
        visible[n] = False
    for n in _drawn_again(characters):
        visible[n] = False
    return visible


def _under_others(characters: Characters) -> list[int]:
    """Unpainted text where painted text stands: a recognised layer under words that are there anyway."""
    hidden = [n for n, one in enumerate(characters.drawn) if one is not None and one.unseen]
    if not hidden or len(hidden) == sum(one is not None for one in characters.drawn):
        return []
    places = _places([n for n, one in enumerate(characters.drawn) if one is not None and not one.unseen], characters)
    x0, y0, x1, y1 = characters.boxes[hidden].T
    centres = zip(hidden, ((x0 + x1) / 2).tolist(), ((y0 + y1) / 2).tolist(), strict=True)
    return [n for n, x, y in centres if (int(x / _CELL), int(y / _CELL)) in places]


def _places(shown: list[int], characters: Characters) -> set[tuple[int, int]]:
    """The small squares of the page that the boxes of these characters cover."""
    covered: set[tuple[int, int]] = set()
    for n in shown:
        if characters.texts[n].isspace():
            continue
        left, top, right, bottom = (int(edge / _CELL) for edge in characters.boxes[n])
        covered.update((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))
    return covered


def _drawn_again(characters: Characters) -> list[int]:
    """The later of two equal letters at one place, unless one glyph stands for both («ff»)."""
    if not _may_repeat(characters):
        return []
    x0, y0 = (characters.boxes[:, :2] / _CELL).round().astype(int).T
    corners = characters.boxes.tolist()
    kept: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    again: list[int] = []
    for n, (text, x, y) in enumerate(zip(characters.texts, x0.tolist(), y0.tolist(), strict=True)):
        one = characters.drawn[n]
        if one is None or text.isspace():
            continue
        near = _NEAR * one.style.size
        others = (m for i in (-1, 0, 1) for j in (-1, 0, 1) for m in kept.get((text, x + i, y + j), ()))
        if any(
            characters.objects[m] != characters.objects[n]
            and abs(corners[m][0] - corners[n][0]) < near
            and abs(corners[m][1] - corners[n][1]) < near
            for m in others
        ):
            again.append(n)
        else:
            kept[text, x, y].append(n)
    return again


def _may_repeat(characters: Characters) -> bool:
    """Whether more than a few letters share their place with an equal one; quick, for there are seldom any."""
    codes, boxes = characters.codes, characters.boxes
    solid = codes > 32
    solid[1:] &= (codes[1:] != codes[:-1]) | (boxes[1:] != boxes[:-1]).any(axis=1)
    cells = (boxes[solid, :2] / _CELL).round().astype(np.int64) & 0xFFFF
    keys = (codes[solid].astype(np.int64) << 32) | (cells[:, 0] << 16) | cells[:, 1]
    return len(keys) - len(np.unique(keys)) > _FEW
