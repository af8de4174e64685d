"""Text that a page holds and does not show: in the colour of its ground, under a picture, cut off, on a hidden layer.

Nobody shall be quoted from what nobody can see, and whoever hides words in a document may mean them for a machine. The
test is the eye's: the page is drawn once with the text in question and once without it, and what makes no difference
is not seen. Drawing takes longer than reading, so only text that there is a reason to doubt is put to it.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
import pypdfium2 as pdfium

from ingest.pdf.characters import Characters
from ingest.pdf.drawing import Drawing, Ground, Ink, read_drawing
from ingest.pdf.picture import FAINT, Picture, differ, draw, draw_without

LIGHT = 170  # of 255, in every colour: what may be lost on white paper
ALIKE = 60  # of 255: two colours no further apart may not be told from each other
RUN = 4  # letters: fewer that make no difference are thin ones
SCAN = 0.25  # of the page: a picture at least so large may be a scan, with its recognised text unseen upon it
STANDS_IN, NARROW, EVEN = 12, 0.2, 0.05  # letters, of the size, points: as text that stands in for what is drawn is set
_MOST_PAIRS = 4_000_000


def find_hidden(page: pdfium.PdfPage, characters: Characters, layered: bool = False) -> "np.ndarray":
    """True for every character that cannot be seen; `layered` says that the file has layers that are not shown."""
    hidden = _stood_in(characters)
    solid = np.array([one is not None for one in characters.drawn], dtype=bool)
    unpainted = np.array([one is not None and one.unseen for one in characters.drawn], dtype=bool)
    if not solid.any():
        return hidden
    drawing = read_drawing(page)
    pointers = np.array(characters.objects, dtype=np.uint64)
    doubted = _doubted(characters, drawing, layered)
    asked = np.isin(pointers, np.array(sorted(doubted), dtype=np.uint64)) & solid & ~unpainted
    asked &= _on_page(page, characters.boxes)
    if not asked.any() and not unpainted.any():
        return hidden
    shown = draw(page)
    gone = np.zeros(len(hidden), dtype=bool)
    if asked.any():
        gone = _makes_no_difference(characters, asked, drawing, shown, draw_without(page, doubted))
        gone &= ~_drawn_twice(page, characters, gone, drawing)
    out: np.ndarray = hidden | ((gone | unpainted) & ~_is_recognised(characters, gone, unpainted, drawing, shown))
    return out


def _on_page(page: pdfium.PdfPage, boxes: "np.ndarray") -> "np.ndarray":
    """What printers need stands beside the page; it is left out anyway."""
    width, height = page.get_size()
    inside: np.ndarray = (boxes[:, 2] > 0) & (boxes[:, 0] < width) & (boxes[:, 3] > 0) & (boxes[:, 1] < height)
    return inside


def _stood_in(characters: Characters) -> "np.ndarray":
    """Words that a file gives for what is drawn (its «actual text») where they cannot be: far more than there is room.

    pdfium shares the room out evenly between them. A text of about the right length cannot be told from the drawn one.
    """
    hidden = np.zeros(len(characters.texts), dtype=bool)
    widths = characters.boxes[:, 2] - characters.boxes[:, 0]
    narrow = [
        one is not None and not one.unseen and not one.angle and width < NARROW * one.style.size
        for one, width in zip(characters.drawn, widths.tolist(), strict=True)
    ]
    if sum(narrow) < STANDS_IN:
        return hidden
    for run in _runs(characters, np.array(narrow)):
        if len(run) >= STANDS_IN and np.ptp(widths[run]) < EVEN:
            hidden[run] = True
    return hidden


def _doubted(characters: Characters, drawing: Drawing, layered: bool) -> set[int]:
    """The text objects that there is a reason to put to the test."""
    present = set(characters.objects) - {0}
    if layered or not drawing.whole:
        return present
    plain: list[int] = []
    doubted: set[int] = set()
    for pointer in present:
        ink = drawing.inks.get(pointer)
        if ink is None or ink.odd or ink.within or ink.colour is None or min(ink.colour) >= LIGHT:
            doubted.add(pointer)
        else:
            plain.append(pointer)
    if not drawing.grounds or not plain:
        return doubted
    if len(plain) * len(drawing.grounds) > _MOST_PAIRS:
        return present
    return doubted | _on_grounds(characters, plain, drawing)


def _on_grounds(characters: Characters, pointers: list[int], drawing: Drawing) -> set[int]:
    """Those with a later shape or picture over them, with a picture or a shape of nearly their colour under them."""
    boxes = _boxes_of(characters, pointers)
    grounds = np.array([ground.box for ground in drawing.grounds])
    meets = (boxes[:, None, 0] < grounds[None, :, 2]) & (boxes[:, None, 2] > grounds[None, :, 0])
    meets &= (boxes[:, None, 1] < grounds[None, :, 3]) & (boxes[:, None, 3] > grounds[None, :, 1])
    found: set[int] = set()
    for row, column in zip(*map(np.ndarray.tolist, np.nonzero(meets)), strict=True):
        if _may_hide(drawing.grounds[column], drawing.inks[pointers[row]]):
            found.add(pointers[row])
    return found


def _may_hide(ground: Ground, ink: Ink) -> bool:
    if ground.order > ink.order or ground.colour is None or ink.colour is None:
        return True
    return max(abs(one - other) for one, other in zip(ground.colour, ink.colour, strict=True)) < ALIKE


def _boxes_of(characters: Characters, pointers: Sequence[int]) -> "np.ndarray":
    """Where each of these text objects stands; every one has characters."""
    of = np.array(characters.objects, dtype=np.uint64)
    order = np.argsort(of, kind="stable")
    found, first = np.unique(of[order], return_index=True)
    boxes = characters.boxes[order]
    low, high = np.minimum.reduceat(boxes[:, :2], first), np.maximum.reduceat(boxes[:, 2:], first)
    return np.hstack([low, high])[np.searchsorted(found, np.array(pointers, dtype=np.uint64))]


def _makes_no_difference(
    characters: Characters, asked: "np.ndarray", drawing: Drawing, shown: Picture, without: Picture
) -> "np.ndarray":
    """Runs of letters of which not one changes the picture by more than an eye makes out."""
    hidden = np.zeros(len(asked), dtype=bool)
    for run in _runs(characters, asked):
        letters = [n for n in run if not characters.texts[n].isspace()]
        boxes = {n: characters.boxes[n].tolist() for n in letters}
        seen = {n: differ(shown.at(box), without.at(box)) for n, box in boxes.items()}
        if not any(seen.values()):
            hidden[run] = True
            continue
        for is_seen, group in groupby(letters, key=seen.__getitem__):
            part = list(group)  # a font that stands in for another may be narrower than its boxes: that cuts nothing
            ends = (boxes[part[0]], boxes[part[-1]])
            if not is_seen and len(part) >= RUN and all(_is_cut(characters.objects[run[0]], b, drawing) for b in ends):
                hidden[part[0] : part[-1] + 1] = True
    return hidden


def _is_cut(pointer: int, box: Sequence[float], drawing: Drawing) -> bool:
    """Whether something drawn later lies on this place, or the text is clipped here."""
    ink = drawing.inks.get(pointer)
    if ink is None or (ink.within and not _meets(ink.within, box)):
        return True
    return any(ground.order > ink.order and _meets(ground.box, box) for ground in drawing.grounds)


def _runs(characters: Characters, asked: "np.ndarray") -> Iterator[list[int]]:
    """The characters of each text object that is asked about."""
    for _, run in groupby(np.flatnonzero(asked).tolist(), key=characters.objects.__getitem__):
        yield list(run)


def _drawn_twice(page: pdfium.PdfPage, characters: Characters, gone: "np.ndarray", drawing: Drawing) -> "np.ndarray":
    """Letters over shapes that are drawn like them: what is plainly painted on uneven ground would show elsewhere."""
    twice = np.zeros(len(gone), dtype=bool)
    over = [
        n
        for n in np.flatnonzero(gone).tolist()
        if not _is_cut(characters.objects[n], characters.boxes[n].tolist(), drawing)
    ]
    if not over or not drawing.grounds:
        return twice
    bare = draw_without(page, drawing.inks.keys())
    for n in over:
        under = bare.at(characters.boxes[n].tolist()).max(axis=2)
        twice[n] = bool(under.size) and under.max() - under.min() >= 5 * FAINT
    return twice


def _is_recognised(
    characters: Characters, gone: "np.ndarray", unpainted: "np.ndarray", drawing: Drawing, shown: Picture
) -> "np.ndarray":
    """Text that says what the ink in its place says: recognised on a scan, or that of letters in outline.

    Whether it says the same cannot be told; where there is no ink at all, it does not.
    """
    height, width = (side / shown.scale for side in shown.pixels.shape[:2])
    scans = [g.box for g in drawing.grounds if g.is_picture and _area(g.box) > SCAN * width * height]
    alone = not any(one is not None and not out for one, out in zip(characters.drawn, gone | unpainted, strict=True))
    good = np.zeros(len(unpainted), dtype=bool)
    for run in _lines(characters, unpainted, gone | unpainted):
        boxes = characters.boxes[run]
        box = [*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist()]
        on_scan = any(_meets(scan, box) for scan in scans)
        if (alone or on_scan) if unpainted[run[0]] else (alone and on_scan):
            under = shown.at(box).max(axis=2)
            good[run] = bool(under.size) and under.max() - under.min() >= FAINT
    return good


def _lines(characters: Characters, unpainted: "np.ndarray", asked: "np.ndarray") -> Iterator[list[int]]:
    """Characters that follow each other on one level: recognised words seldom stand quite where their ink is."""
    run: list[int] = []
    for n in np.flatnonzero(asked).tolist():
        if run:
            (_, top, _, foot), (_, y0, _, y1) = characters.boxes[run[-1]], characters.boxes[n]
            if unpainted[n] != unpainted[run[-1]] or not y0 < (top + foot) / 2 < y1:
                yield run
                run = []
        run.append(n)
    if run:
        yield run


def _meets(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _area(box: Sequence[float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
