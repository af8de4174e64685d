"""Characters into runs: what stands on one line of one column or cell, whichever way the line goes."""

import unicodedata
from functools import lru_cache

import numpy as np

from ingest.pdf.characters import Characters

_GUTTER = 1.6  # times the size: a gap as wide parts two columns or cells
_BULLET_GAP = 2.5
_RIGHT_TO_LEFT = ("\u0590", "\u08ff", "\ufb1d", "\ufefc")  # Hebrew to Arabic, and their presentation forms
_MARK = 6  # characters
_IDEOGRAPHS = "\u2e80"  # from here on: scripts that may also be written from top to bottom


def split_runs(characters: Characters, keep: "np.ndarray") -> list[list[int]]:
    """Splits where the baseline moves, where a gap is wider than a column's gutter, or where the line goes back.

    Each run is a list of indices of `characters`; those that `keep` is false for are in none.
    """
    start, end, foot = _along_lines(characters)
    texts, drawn, kept = characters.texts, characters.drawn, keep.tolist()
    sizes = [max(one.style.size, 1.0) if one else 0.0 for one in drawn]
    runs: list[list[int]] = []
    run: list[int] = []
    last = -1
    for n, one in enumerate(drawn):
        if one is None:
            if run:
                run.append(n)
            continue
        if not kept[n]:
            continue
        if run:
            size = max(sizes[last], sizes[n])
            before = drawn[last]
            level = abs(foot[last] - foot[n]) < 0.45 * size and (before is one or before.angle == one.angle)  # type: ignore[union-attr]
            wide = _GUTTER if texts[last] not in "•·▪–-" else _BULLET_GAP
            if (
                (level and -0.8 * size < start[n] - end[last] < wide * size)
                or _is_one_glyph(characters, last, n)
                or (level and _reads_leftwards(texts, run, n) and _gap(characters, start, end, run, n) < wide * size)
                or _is_raised(characters, foot, run, n, start[n] - end[last])
                or _goes_down(characters, run, n)
            ):
                run.append(n)
                last = n
                continue
        if not texts[n].isspace():
            run = [n]
            runs.append(run)
            last = n
    return runs


def _along_lines(characters: Characters) -> tuple[list[float], list[float], list[float]]:
    """Where each character starts and ends along its line, and its foot across it, whichever way the line runs."""
    x0, y0, x1, y1 = characters.boxes.T
    start, end, foot = x0, x1, y1
    angles = np.array([one.angle if one else 0 for one in characters.drawn])
    if angles.any():
        choices = [angles == 90, angles == 180, angles == 270]
        start = np.select(choices, [-y1, -x1, y0], x0)
        end = np.select(choices, [-y0, -x0, y1], x1)
        foot = np.select(choices, [x1, -y0, -x0], y1)
    return start.tolist(), end.tolist(), foot.tolist()


def _is_one_glyph(characters: Characters, one: int, other: int) -> bool:
    """One glyph for several letters: «ffi»."""
    return bool((characters.boxes[one] == characters.boxes[other]).all())


def is_leftward(text: str) -> bool:
    return (
        _RIGHT_TO_LEFT[0] <= text <= _RIGHT_TO_LEFT[1] or _RIGHT_TO_LEFT[2] <= text <= _RIGHT_TO_LEFT[3]
    ) and _bidirectional(text) in ("R", "AL", "NSM")


@lru_cache(maxsize=4096)
def _bidirectional(text: str) -> str:
    return unicodedata.bidirectional(text)


def _reads_leftwards(texts: list[str], run: list[int], n: int) -> bool:
    return is_leftward(texts[n]) or any(is_leftward(texts[m]) for m in run)


def _gap(characters: Characters, start: list[float], end: list[float], run: list[int], n: int) -> float:
    """From a character to the nearer end of its run: a number in a line of Arabic goes the other way, as a whole."""
    far = n
    while (
        far + 1 < len(start) and characters.objects[far + 1] == characters.objects[n] and not _is_break(characters, far)
    ):
        far += 1
    return max(start[n] - max(end[m] for m in run), min(start[m] for m in run) - end[far])


def _is_break(characters: Characters, n: int) -> bool:
    return characters.drawn[n] is None or characters.texts[n].isspace() or is_leftward(characters.texts[n])


def _is_raised(characters: Characters, foot: list[float], run: list[int], n: int, gap: float) -> bool:
    """A footnote's mark above the line, and the text that goes on below it."""
    solid = [m for m in run if characters.drawn[m] is not None]
    sizes = {m: characters.drawn[m].style.size for m in (*solid[-8:], n)}  # type: ignore[union-attr]
    main = max(sizes.values())
    if not -0.3 * main < gap < 0.6 * main or characters.texts[n].isspace():
        return False
    if sizes[n] <= 0.8 * main and _is_short(
        characters, n
    ):  # the mark comes: above the feet of the large ones, not above their heads
        large = next(m for m in reversed(solid) if m in sizes and sizes[m] == main)
        return bool(0.1 * main < foot[large] - foot[n] < 0.9 * main)
    if sizes[n] <= 0.8 * main or not _is_short(characters, solid[-1]):
        return False
    large = next((m for m in reversed(solid) if m in sizes and sizes[m] > 0.8 * main), -1)
    if large >= 0:
        return abs(foot[large] - foot[n]) < 0.3 * main and sizes[solid[-1]] <= 0.8 * main
    return len(solid) <= 3 and 0.1 * main < foot[n] - foot[solid[-1]] < 0.9 * main  # the mark came first


def _is_short(characters: Characters, n: int) -> bool:
    """Whether what is drawn at once with this character is as short as a mark."""
    first, last = max(0, n - _MARK), n + _MARK + 1
    return characters.objects[first:last].count(characters.objects[n]) <= _MARK


def _goes_down(characters: Characters, run: list[int], n: int) -> bool:
    """Vertical writing: each character below the one before it."""
    last = run[-1]
    if characters.texts[n] < _IDEOGRAPHS or characters.texts[last] < _IDEOGRAPHS:
        return False
    one, other = characters.boxes[last], characters.boxes[n]
    step, width = other[1] - one[1], max(one[2] - one[0], 1.0)
    if len(run) > 1 and abs(characters.boxes[run[-2]][0] - one[0]) > 0.3 * width:
        return False
    return bool(abs(other[0] - one[0]) < 0.3 * width and 0.5 * width < step < 1.6 * width)
