"""Bytes into text: which encoding a file is in, and whether it is text at all."""

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from ingest.errors import UnsupportedTypeError

# UTF-32 stands first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,80}?encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f\ufffe\uffff]")
_SAMPLE = 256 * 1024
_OTHER_ALPHABET = 0.3  # share of its letters
NOT_TEXT = "This is not a text file, whatever its name says: it holds control characters. Save it as PDF and add that."


def decode(data: bytes, declares: bool = False) -> str:
    """The text of a file; `declares`: a web page, which may name its encoding. Raises UnsupportedTypeError.

    Windows-1252 stands in for Latin-1, as in browsers: no text means the control characters that set them apart.
    """
    text = _decode(data, declares)
    if _CONTROL.search(text.rstrip("\x1a")):
        raise UnsupportedTypeError(NOT_TEXT)
    return text


def is_text(head: bytes) -> bool:
    """Whether the start of a file is text; it may be cut in the middle of a letter."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            decoder = codecs.getincrementaldecoder(encoding)("strict")
            try:
                return not _CONTROL.search(decoder.decode(head[len(mark) :]).rstrip("\x1a"))
            except UnicodeDecodeError:
                return False
    return not re.search(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]", head.rstrip(b"\x1a"))


def _decode(data: bytes, declares: bool) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise UnsupportedTypeError(NOT_TEXT) from error
    found = _DECLARED.search(data[:4096]) if declares else None
    for encoding in (found.group(1).decode() if found else "", "utf-8"):
        try:
            if encoding:
                return data.decode(_as_browsers(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return _guess(data)


def _as_browsers(encoding: str) -> str:
    name = codecs.lookup(encoding).name
    if not getattr(codecs.lookup(encoding), "_is_text_encoding", True) or name.startswith("utf-16"):
        return "utf-8"  # a page whose ASCII declaration could be read is not in UTF-16
    return "cp1252" if name in ("ascii", "iso8859-1") else name


def _guess(data: bytes) -> str:
    """Windows-1252, but for texts in other alphabets: a guess between Latin ones can turn «£» into «Ł»."""
    best = from_bytes(data[:_SAMPLE], cp_exclusion=["utf_16", "utf_32", "utf_7"]).best()
    letters = [c for c in str(best) if c.isalpha()] if best is not None else []
    if best is not None and sum(not _is_latin(c) for c in letters) > _OTHER_ALPHABET * len(letters):
        return data.decode(best.encoding, "replace")
    return data.decode("cp1252", "replace")


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")
