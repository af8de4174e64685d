"""A file's own account of itself, through pypdf: can it be opened, its metadata, its outline, its page labels."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PasswordType, PdfReader
from pypdf.errors import EmptyFileError as PdfEmptyFileError
from pypdf.errors import PyPdfError

from ingest.errors import DamagedError, EmptyFileError, EncryptedError, NoPagesError, UnsupportedTypeError

_HEAD = 1024


@dataclass(frozen=True, slots=True)
class Source:
    """`labels` is None when the file declares none; `outline` is (title, page from 1, depth from 0).

    `layered` says that the file has layers, which may be hidden.
    """

    pages: int
    title: str | None
    authors: tuple[str, ...]
    published: str | None
    labels: tuple[str, ...] | None
    outline: tuple[tuple[str, int, int], ...]
    layered: bool = False


def check_type(path: Path) -> None:
    """Raises EmptyFileError or UnsupportedTypeError: a type is told from the bytes, never from the name."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\0 \r\n\t"):
        raise EmptyFileError("The file is empty. Download or export it again and add it once more.")
    if b"%PDF-" not in head:
        looks = "a web page" if re.search(rb"<(?:!doctype|html|head|body)", head, re.I) else "something else"
        raise UnsupportedTypeError(
            f"This is not a PDF, whatever its name says: it looks like {looks}. Add the PDF itself."
        )


def read_source(path: Path) -> Source:
    """Opens the file; raises a ReadError that says what is wrong with it."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    check_type(path)
    try:
        reader = PdfReader(path, strict=False)
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise EncryptedError("This PDF needs a password. Save a copy without one and add that.")
        count = len(reader.pages)
    except PdfEmptyFileError as error:
        raise EmptyFileError("The file is empty. Download or export it again and add it once more.") from error
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise DamagedError(
            "This PDF is damaged or cut short. Download or export it again and add it once more."
        ) from error
    if count == 0:
        raise NoPagesError("This PDF has no pages. Export it again and add it once more.")
    return _describe(reader, count)


def _describe(reader: PdfReader, count: int) -> Source:
    information = _quietly(lambda: reader.metadata) or {}
    title = _clean(information.get("/Title"))
    authors = tuple(a.strip() for a in re.split(r"[;\n]", _clean(information.get("/Author")) or "") if a.strip())
    created = re.match(r"D:(\d{4})(\d{2})?", _clean(information.get("/CreationDate")) or "")
    published = "-".join(part for part in created.groups() if part) if created else None
    has_labels = bool(_quietly(lambda: "/PageLabels" in reader.root_object))
    labels = _quietly(lambda: tuple(reader.page_labels)) if has_labels else None
    outline = _quietly(lambda: tuple(_walk(reader, reader.outline, 0))) or ()
    layered = bool(_quietly(lambda: "/OCProperties" in reader.root_object))
    return Source(count, title, authors, published, labels, outline, layered)


def _walk(reader: PdfReader, entries: Any, depth: int) -> Iterator[tuple[str, int, int]]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _walk(reader, entry, depth + 1)
        else:
            number = reader.get_destination_page_number(entry)
            if number is not None and number >= 0 and entry.title:
                yield str(entry.title).strip(), number + 1, depth


def _clean(value: Any) -> str | None:
    text = re.sub(r"[\x00-\x1f\ufeff]+", " ", str(value)).strip() if value is not None else ""
    return text or None


def _quietly(read: Any) -> Any:
    """What the file says of itself beside its pages is welcome, never needed: damage here loses no text."""
    try:
        return read()
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        return None
