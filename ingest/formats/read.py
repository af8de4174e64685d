"""A file of flowing text in, its pages and articles out; third-party errors are translated here."""

import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from ingest.errors import DamagedError, NoTextError, ReadError
from ingest.formats.archive import BROKEN
from ingest.formats.flow import Flow, clean_text
from ingest.formats.layout import lay_out
from ingest.types import Format, Page, ParsedDocument

Progress = Callable[[int, int], None]
# Loaded when needed: a reader of PDFs should not wait for five others.
_READERS = {
    Format.DOCX: "ingest.formats.word",
    Format.PPTX: "ingest.formats.slides",
    Format.HTML: "ingest.formats.web",
    Format.MARKDOWN: "ingest.formats.markdown",
    Format.TEXT: "ingest.formats.plain",
}
# What the libraries raise on broken files. lxml's XMLSyntaxError is a SyntaxError, python-pptx's and python-docx's
# PackageNotFoundError are Exceptions of their own, and a part that is missing or of the wrong kind is one of the rest.
_BROKEN = (
    SyntaxError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    AssertionError,
    ArithmeticError,
    EOFError,
    zipfile.BadZipFile,
    NotImplementedError,
)


def read_flow(path: Path, format: Format, file_name: str, progress: Progress | None = None) -> ParsedDocument:
    """Reads a whole file; `progress(pages done, pages)`. Raises a ReadError subclass that says what is wrong."""
    flow = _read(path, format)
    count = len(flow.sheets)
    pages: list[Page] = []
    for number, sheet in enumerate(flow.sheets, 1):
        pages.append(lay_out(number, sheet))
        if progress is not None:
            progress(number, count)
    if not any(page.text for page in pages):
        raise NoTextError(
            "There is no text in this file. If it shows pictures of text, save it as PDF and add that:"
            " the text of a PDF's pictures can be recognised."
        )
    title = clean_text(flow.title or "") or Path(file_name).stem
    return ParsedDocument(title, flow.authors, flow.published, tuple(pages), flow.articles, format)


def _read(path: Path, format: Format) -> Flow:
    try:
        flow = import_module(_READERS[format]).read(path)
    except (ReadError, MemoryError, RecursionError):
        raise
    except _BROKEN as error:
        raise DamagedError(BROKEN) from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] in ("docx", "pptx", "lxml", "zipfile", "zlib", "bs4"):
            raise DamagedError(BROKEN) from error
        raise
    assert isinstance(flow, Flow)
    return flow
