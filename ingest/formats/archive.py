"""Zip archives, which Word and PowerPoint files are: what is inside, and whether it is a bomb.

Python's zipfile reads no more of a part than the directory says and then checks its sum, so that a directory that
lies is found out while reading; two entries over the same bytes are refused by it, or count twice here.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import DamagedError, EncryptedError, LimitError, UnsupportedTypeError
from ingest.types import Format

MAX_TOTAL = 500 * 1024 * 1024  # bytes unpacked
MAX_XML = 100 * 1024 * 1024
MAX_RATIO = 200
SMALL = 10 * 1024 * 1024  # a blank picture of this size may pack that well
MAX_PARTS = 20_000
BROKEN = "This file is damaged or cut short. Download or export it again and add it once more."
_BOMB = "It unpacks to far more than a document holds: it may be a decompression bomb. Export it again, or split it."
_PROLOGUE = 4096  # bytes at the head of a part
_ENTITIES = "This file declares entities of its own, as no Office program does. Open it, save it anew and add that."
_MAINS = (
    (
        r"wordprocessingml\.(?:document|template)\.main|ms-word\.(?:document|template)\.macroEnabled\w*\.main",
        Format.DOCX,
    ),
    (
        r"presentationml\.(?:presentation|template|slideshow)\.main"
        r"|ms-powerpoint\.(?:presentation|template|slideshow)\.macroEnabled\w*\.main",
        Format.PPTX,
    ),
)
_SHEETS = "This is an Excel workbook: save the sheets you need as PDF and add that."
_ODF = {
    "text": "This is an OpenDocument text: save it as .docx or PDF and add that.",
    "spreadsheet": "This is an OpenDocument spreadsheet: save the sheets you need as PDF and add that.",
    "presentation": "This is an OpenDocument presentation: save it as .pptx or PDF and add that.",
}


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive, its size checked; raises DamagedError, EncryptedError or LimitError."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive.infolist())
            _check_declarations(archive)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise DamagedError(BROKEN) from error


def _check(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise EncryptedError("This archive needs a password. Save a copy without one and add that.")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_TOTAL:
        raise LimitError(_BOMB)
    for part in parts:
        packed = max(part.compress_size, 1)
        is_bomb = part.file_size > SMALL and part.file_size / packed > MAX_RATIO
        if is_bomb or (part.file_size > MAX_XML and part.filename.lower().endswith((".xml", ".rels"))):
            raise LimitError(_BOMB)


def _check_declarations(archive: zipfile.ZipFile) -> None:
    """The Open Packaging Conventions forbid document types; with one, text behind an entity would be lost unseen."""
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels")):
            with archive.open(part) as file:
                if b"<!DOCTYPE" in file.read(_PROLOGUE):
                    raise DamagedError(_ENTITIES)


def tell_archive(path: Path) -> Format:
    """Word or PowerPoint, with macros and as templates too; anything else raises UnsupportedTypeError by its name."""
    with open_archive(path) as archive:
        names = {name.lower(): name for name in archive.namelist()}
        if "[content_types].xml" in names:
            types = archive.read(names["[content_types].xml"]).decode("utf-8", "replace")
            roots = archive.read(names["_rels/.rels"]).decode("utf-8", "replace") if "_rels/.rels" in names else ""
            return _tell_office(types, roots)
        mime = archive.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
    raise UnsupportedTypeError(_name_archive(mime, names))


def _tell_office(types: str, roots: str) -> Format:
    for pattern, format in _MAINS:
        if re.search(pattern, types):
            if "purl.oclc.org/ooxml" in roots:
                raise UnsupportedTypeError(
                    "This file is in the strict Open XML format, which is not read."
                    " Save it as an ordinary .docx or .pptx, or as PDF, and add that."
                )
            return format
    if re.search(r"spreadsheetml|ms-excel", types):
        raise UnsupportedTypeError(_SHEETS)
    if "visio" in types:
        raise UnsupportedTypeError("This is a Visio drawing: save it as PDF and add that.")
    raise UnsupportedTypeError("This is an Office file without a document in it: save it as .docx, .pptx or PDF.")


def _name_archive(mime: str, names: dict[str, str]) -> str:
    for kind, sentence in _ODF.items():
        if f"opendocument.{kind}" in mime:
            return sentence
    if "epub" in mime:
        return "This is an e-book (EPUB): save it as PDF and add that."
    if any(name.startswith("index/") and name.endswith(".iwa") for name in names):
        return "This is an Apple Pages, Numbers or Keynote file: export it as PDF, Word or PowerPoint and add that."
    return "This is a zip archive: unpack it and add the files in it."
