"""A run of characters into its text: accents set on their letters, raised marks kept apart from words and figures."""

import re
import unicodedata
from functools import lru_cache

from ingest.pdf.characters import Characters, CharBox, Style
from ingest.pdf.runs import is_leftward

INVISIBLE_SIZE = 3.0  # points: nobody can read it, so nobody shall be quoted from it
_ACCENTS = dict(
    zip("`´¨ˆ˜¯˘˙˚¸ˇ˝", "\u0300\u0301\u0308\u0302\u0303\u0304\u0306\u0307\u030a\u0327\u030c\u030b", strict=True)
)
_ORDINAL = re.compile(r"^(?:st|nd|rd|th|er|re|ère|ème|ª|º)$", re.I)
_UNIT = re.compile(r"(?:^|[\s\d(/])(?:[kcmd]?m|ft|in|yd|sq|s|x|y|z|r|R|c|χ|η|σ)$")
_RAISED = str.maketrans("0123456789+-−=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")

Letter = tuple[str, CharBox, Style, bool]  # the last: whether it stands above the line


def read_letters(characters: Characters, run: list[int]) -> tuple[str, list[CharBox], Style] | None:
    """The text of a run with a box for each character, and its usual style; None where nothing is to be read."""
    letters = _letters(characters, run)
    if not letters:
        return None
    styles: dict[Style, int] = {}
    for text, _, style, _ in letters:
        if text != " ":
            styles[style] = styles.get(style, 0) + 1
    if not styles:
        return None
    main = max(styles, key=lambda style: styles[style])
    if any(letter[3] for letter in letters) or len(styles) > 1:
        letters = _set_apart(_mark_raised(letters, main))
    while letters and letters[-1][0] == " ":
        letters.pop()
    return "".join(letter[0] for letter in letters), [letter[1] for letter in letters], main


def _letters(characters: Characters, run: list[int]) -> list[Letter]:
    letters: list[Letter] = []
    style = None
    corners = characters.boxes[run].tolist()
    place: CharBox = tuple(corners[0])
    for n, corner in zip(run, corners, strict=True):
        drawn = characters.drawn[n]
        text = " "
        if drawn is not None:
            style, text, place = drawn.style, characters.texts[n], tuple(corner)
        if style is None or style.size < INVISIBLE_SIZE:
            continue
        if text.isspace():
            if letters and letters[-1][0] != " ":
                letters.append((" ", place, style, False))
        elif text > "~" and letters and _joins_letter(letters, text, place):
            pass
        else:
            if letters and _turns(letters[-1][0], text):
                letters.append((" ", place, style, False))
            letters.append((text, place, style, n in characters.raised))
    return letters


def _joins_letter(letters: list[Letter], text: str, place: CharBox) -> bool:
    """Sets an accent on the letter before it, a letter under the accent before it; opens Arabic ligatures in order."""
    before, box, style, raised = letters[-1]
    if before in _ACCENTS and text.isalpha():
        whole = _compose(text, _ACCENTS[before]) if _overlap(box, place) else None
    elif text in _ACCENTS or unicodedata.combining(text):
        on = _overlap(place, box) or bool(unicodedata.combining(text))
        whole = _compose(before, _ACCENTS.get(text, text)) if on else None
    else:
        whole = None
    if whole is not None:
        letters[-1] = (whole, _union(box, place), style, raised)
        return True
    if is_leftward(text) and box == place:  # one glyph: pdfium turned its letters round with the line
        at = len(letters)
        while at and letters[at - 1][1] == place and is_leftward(letters[at - 1][0]):
            at -= 1
        letters.insert(at, (text, place, style, False))
        return True
    return False


def _turns(before: str, after: str) -> bool:
    """From a script that runs to the right into one that runs to the left, or back: another word."""
    if before <= "~" and after <= "~":
        return False
    return before.isalpha() and after.isalpha() and is_leftward(before) != is_leftward(after)


@lru_cache(maxsize=1024)
def _compose(letter: str, accent: str) -> str | None:
    whole = unicodedata.normalize("NFC", letter + accent)
    return whole if len(whole) == 1 else None


def _overlap(accent: CharBox, letter: CharBox) -> bool:
    """Whether an accent stands over or under a letter, and not beside it."""
    shared = min(accent[2], letter[2]) - max(accent[0], letter[0])
    return shared > 0.5 * min(accent[2] - accent[0], letter[2] - letter[0])


def _union(one: CharBox, other: CharBox) -> CharBox:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _mark_raised(letters: list[Letter], main: Style) -> list[Letter]:
    """Smaller than the rest and above its line: by the box, where the font has no raised glyphs of its own."""
    feet = [box[3] for text, box, style, raised in letters if style.size > 0.9 * main.size and text != " "]
    foot = sorted(feet)[len(feet) // 2]
    return [
        (
            text,
            box,
            style,
            raised or (style.size <= 0.8 * main.size and foot - box[3] > 0.22 * main.size and text != " "),
        )
        for text, box, style, raised in letters
    ]


def _set_apart(letters: list[Letter]) -> list[Letter]:
    """«647» with a raised 3 is «647 ³», never «6473»; «10» with a raised «th» stays «10th», and «m²» a unit."""
    done: list[Letter] = []
    at = 0
    while at < len(letters):
        end = at
        while end < len(letters) and letters[end][3]:
            end += 1
        if end == at:
            done.append(letters[at])
            at += 1
            continue
        group = "".join(letter[0] for letter in letters[at:end])
        before = "".join(letter[0] for letter in done[-6:])
        done += _mark(letters[at:end], before, letters[end][0] if end < len(letters) else " ", group)
        at = end
    return done


def _mark(raised: list[Letter], before: str, after: str, group: str) -> list[Letter]:
    if len(group) > 1 and group.isalpha():
        marks = raised
    else:
        marks = [(text.translate(_RAISED), box, style, False) for text, box, style, _ in raised]
    part_of_word = (group in ("2", "3") and _UNIT.search(before)) or (_ORDINAL.match(group) and before[-1:].isdigit())
    if before and before[-1] != " " and not part_of_word:
        marks = [(" ", *raised[0][1:]), *marks]
    if after.isalnum():
        marks = [*marks, (" ", *raised[-1][1:])]
    return marks
