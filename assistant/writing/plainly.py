"""Text as its words are meant to be read: without letters that nobody sees, with look-alikes as what they look like.

For looking at, never for showing: what is shown is what the page says.
"""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator

_TAGS = re.compile("[\U000e0020-\U000e007f]+")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]+")  # those of England, Scotland and Wales are spelt in tags
_SELECTORS = re.compile("[\U000e0100-\U000e01ef\ufe00-\ufe0f\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_](?:[.·*_-]|\s)){4,}[^\W\d_](?!\w)")
_CODED = re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{24,}={0,2}(?![A-Za-z0-9+/=])")
# Letters of other alphabets that are drawn like Latin ones, after case folding: one group for each Latin letter
_LOOK_LIKE = {
    "a": "аα", "b": "вЬ", "c": "сϲ", "d": "ԁ", "e": "еёє", "g": "ɡց", "h": "һн", "i": "іїιı", "j": "ј", "k": "кκ",
    "l": "ӏ", "m": "м", "n": "ոη", "o": "оοօ", "p": "рρ", "q": "ԛ", "r": "гʀ", "s": "ѕ", "t": "тτ", "u": "υս",
    "v": "νѵ", "w": "ԝω", "x": "хχ", "y": "уγ", "z": "ᴢ",
}  # fmt: skip
_ALIKE = {ord(letter): latin for latin, letters in _LOOK_LIKE.items() for letter in letters}
_MIXED = re.compile(r"[a-z][^\W\d_a-z]|[^\W\d_a-z][a-z]")


def written_in_tags(text: str) -> str:
    """What is spelt in tag characters, which no font draws; flags are spelt so too."""
    return "".join(chr(ord(c) - 0xE0000) for run in _TAGS.findall(_FLAG.sub("", text)) for c in run)


def readings(text: str) -> Iterator[str]:
    """The text in small letters without accents and hidden letters; and as its look-alikes and codes read."""
    open_text = _SELECTORS.sub("", _TAGS.sub("", text))
    plain = unicodedata.normalize("NFKC", "".join(c for c in open_text if unicodedata.category(c) != "Cf"))
    folded = unicodedata.normalize("NFKD", plain.casefold())
    folded = " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())
    yield folded
    if not folded.isascii() and _MIXED.search(folded):
        yield folded.translate(_ALIKE)
    if _SPACED.search(folded):
        yield _SPACED.sub(lambda m: re.sub(r"[\W_]", "", m[0]), folded)
    for coded in _CODED.findall(plain):
        yield from _decoded(coded)


def _decoded(coded: str) -> Iterator[str]:
    """Base64 that holds words."""
    try:
        read = base64.b64decode(coded + "=" * (-len(coded) % 4), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return
    if read.isprintable() and " " in read:
        yield " ".join(read.casefold().split())
