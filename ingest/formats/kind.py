"""What a file is, told from its bytes. The name only parts Markdown from plain text, which bytes don't tell apart."""

import re
from pathlib import Path

import filetype

from ingest.errors import EmptyFileError, EncryptedError, UnsupportedTypeError
from ingest.formats.archive import tell_archive
from ingest.formats.decode import is_text
from ingest.types import Format

_HEAD = 256 * 1024
_PDF_WITHIN = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_SEARCHED = 32 * 1024 * 1024
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
_SKIPPED = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s+|<\?xml[^>]*>|<!--.*?-->)*", re.S)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>/]", re.I)
# The tags that browsers go by (WHATWG MIME Sniffing), and those that a saved fragment begins with.
_TAG = re.compile(
    rb"<(?:script|iframe|h[1-6]|div|font|table|a|style|title|b|br|p|meta|main|article|section|ul|ol|link|nav|header)[\s>/]",
    re.I,
)
_XML = re.compile(rb"<\?xml|<[a-z][\w.-]*(?::[\w.-]+)?\s[^<>]*xmlns", re.I)
_MAIL = re.compile(rb"^(?:mime-version|received|return-path|message-id|delivered-to):", re.I | re.M)
_MAIL_STARTS = re.compile(rb"\A(?:from [^\n]+\n)?[a-z][\w-]*:[ \t]", re.I)
# Old Office files are told by the names of their streams, in UTF-16.
_STREAMS = (
    ("EncryptedPackage", ""),
    ("WordDocument", "This is a Word file of the old kind (.doc): save it as .docx or PDF and add that."),
    ("PowerPoint Document", "This is a PowerPoint file of the old kind (.ppt): save it as .pptx or PDF and add that."),
    ("Workbook", "This is an Excel workbook: save the sheets you need as PDF and add that."),
    ("__substg1.0", "This is an Outlook message: save it as PDF and add that."),
)
_FAMILIES = {
    "image": "an image: save it as PDF and add that, so that its text can be recognised",
    "video": "a video: add its transcript as text, Word or PDF",
    "audio": "a sound recording: add its transcript as text, Word or PDF",
    "font": "a font, which holds no text to read",
}
_MIMES = {
    "application/rtf": "a Rich Text file (RTF): save it as .docx or PDF and add that",
    "application/postscript": "a PostScript file: save it as PDF and add that",
    "application/epub+zip": "an e-book (EPUB): save it as PDF and add that",
    "application/x-msdownload": "a program, which holds no text to read",
    "application/x-sqlite3": "a database, which cannot be read: save what you need as PDF and add that",
}
_PACKED = re.compile(r"zip|x-tar|rar|7z|bzip|compress|x-xz|zstd|x-lz|x-ar|cab")


def tell_format(path: Path, file_name: str) -> Format:
    """Raises EmptyFileError, UnsupportedTypeError that says in words what it is, EncryptedError, or DamagedError."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    plain = head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if not plain.strip(b"\0 \r\n\t\f\v"):
        raise EmptyFileError("The file is empty. Download or export it again and add it once more.")
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return Format.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return tell_archive(path)
    if head.startswith(_OLE):
        raise _name_ole(path)
    if head.startswith((b"{\\rtf", b"%!PS")) or not is_text(head):
        raise UnsupportedTypeError(_name_binary(head))
    return _tell_text(head, file_name)


def _tell_text(head: bytes, file_name: str) -> Format:
    narrow = head.replace(b"\0", b"")[2:] if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head  # UTF-16's ASCII
    skipped = _SKIPPED.match(narrow)
    start = narrow[skipped.end() if skipped else 0 :]
    is_markdown = file_name.lower().endswith(_MARKDOWN)
    if _PAGE.match(start) or (_TAG.match(start) and not is_markdown):  # Markdown may begin with tags of its own
        return Format.HTML
    if start[:5].lower() == b"<svg " or b"<svg" in start[:400].lower().split(b">")[0]:
        raise UnsupportedTypeError("This is an image (SVG): save it as PDF and add that.")
    if _XML.match(narrow.lstrip(b"\xef\xbb\xbf \r\n\t")) and not is_markdown:
        raise UnsupportedTypeError("This is an XML file, which is data and not a text: save it as PDF and add that.")
    headers = re.split(rb"\r?\n\r?\n", narrow[:16384], maxsplit=1)[0]
    if _MAIL_STARTS.match(headers) and _MAIL.search(headers):
        raise UnsupportedTypeError("This is an e-mail or a saved web archive: save it as PDF and add that.")
    return Format.MARKDOWN if is_markdown else Format.TEXT


def _name_ole(path: Path) -> UnsupportedTypeError | EncryptedError:
    with path.open("rb") as file:
        data = file.read(_OLE_SEARCHED)
    for stream, sentence in _STREAMS:
        if stream.encode("utf-16-le") in data:
            if not sentence:
                return EncryptedError("This Office file needs a password. Save a copy without one and add that.")
            return UnsupportedTypeError(sentence)
    return UnsupportedTypeError("This is an Office file of an old kind: save it as .docx, .pptx or PDF and add that.")


def _name_binary(head: bytes) -> str:
    """A sentence that says what the file is, through its magic numbers."""
    found = filetype.guess(head)
    mime = str(found.mime) if found else ""
    if head.startswith(b"{\\rtf"):
        mime = "application/rtf"
    elif head.startswith(b"%!PS"):
        mime = "application/postscript"
    said = _MIMES.get(mime) or _FAMILIES.get(mime.partition("/")[0])
    if said is None and _PACKED.search(mime):
        said = "a packed archive: unpack it and add the files in it"
    if said is None:
        kind = f" ({found.extension})" if found else ""
        said = f"a file of a type that is not read{kind}: save it as PDF, Word, PowerPoint or text and add that"
    return f"This is {said}."
