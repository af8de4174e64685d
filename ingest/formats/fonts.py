"""Fonts for pages that a file brings no layout for: what the system has, else the one that Pillow carries.

Arial and Liberation Sans come first: their letters are equally wide, so that a page looks the same on most machines.
Pillow's own font knows neither «£» nor «é»; it is the last resort.
"""

from functools import lru_cache

from PIL import ImageFont

Font = ImageFont.FreeTypeFont
_EM = 100
_FACES = (
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    ("Arial.ttf", "Arial Bold.ttf"),
    ("arial.ttf", "arialbd.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    ("NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf"),
    ("NotoSansDevanagari-Regular.ttf", "NotoSansDevanagari-Bold.ttf"),
    ("NotoSansBengali-Regular.ttf", "NotoSansBengali-Bold.ttf"),
    ("NotoSansGurmukhi-Regular.ttf", "NotoSansGurmukhi-Bold.ttf"),
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    ("Arial Unicode.ttf", "Arial Unicode.ttf"),
    ("segoeui.ttf", "segoeuib.ttf"),
    ("NotoSansSymbols2-Regular.ttf", "NotoSansSymbols2-Regular.ttf"),
)


@lru_cache(maxsize=2)
def _names(bold: bool) -> tuple[str | None, ...]:
    """The faces that this machine has; None is Pillow's own."""
    return (*(pair[bold] for pair in _FACES if _load(pair[bold], _EM)), None)


@lru_cache(maxsize=256)
def _load(name: str | None, size: int) -> Font | None:
    try:
        font = ImageFont.load_default(size) if name is None else ImageFont.truetype(name, size)
    except OSError:
        return None
    return font if isinstance(font, Font) else None


@lru_cache(maxsize=20_000)
def _has(name: str | None, character: str) -> bool:
    """Whether a face has a letter: Pillow does not say, but a letter it lacks looks like U+FFFF."""
    font = _load(name, _EM)
    return font is not None and _shape(font, character) != _shape(font, "\uffff")


def _shape(font: Font, character: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(character)
    return mask.size, bytes(mask)


@lru_cache(maxsize=50_000)
def _face(text: str, bold: bool) -> tuple[str | None, int]:
    """The first face with every letter of a word, else the one that lacks fewest; and how many it lacks."""
    best: tuple[str | None, int] = (None, len(text) + 1)
    for name in _names(bold):
        lacking = sum(not _has(name, character) for character in text)
        if lacking < best[1]:
            best = (name, lacking)
        if not lacking:
            break
    return best


def is_drawable(text: str, bold: bool) -> bool:
    """Whether some font here has every letter of a word."""
    return _face(text, bold)[1] == 0


def font_for(text: str, bold: bool, size: int) -> Font:
    """The font to draw a word in, `size` pixels an em."""
    font = _load(_face(text, bold)[0], size)
    if font is None:
        raise OSError("Pillow was built without FreeType, and cannot draw text.")
    return font


@lru_cache(maxsize=50_000)
def width_of(text: str, bold: bool) -> float:
    """How wide a word is, in ems."""
    return font_for(text, bold, _EM).getlength(text) / _EM
