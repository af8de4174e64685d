"""A type is told from the bytes; a refusal says what the file is and what to do."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from ingest.errors import DamagedError, EmptyFileError, EncryptedError, UnsupportedTypeError
from ingest.formats import tell_format
from ingest.types import Format
from tests.ingest.formats.made import guidance, repacked, saved, slide_show

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def tell(folder: Path, data: bytes, name: str = "file.pdf") -> Format:
    path = folder / "stored"
    path.write_bytes(data)
    return tell_format(path, name)


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def image() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"junk\n%PDF-1.7\n", "a.docx", Format.PDF),
        (b"\xef\xbb\xbf <!-- c -->\n<!DOCTYPE html><p>x", "a.txt", Format.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html/>', "a.pdf", Format.HTML),
        (b"<p>A fragment", "a.txt", Format.HTML),
        (b"<p align=center>Logo</p>\n# Head", "README.md", Format.MARKDOWN),
        (b"# Head", "a.Markdown", Format.MARKDOWN),
        (b"# Head", "a.txt", Format.TEXT),
        ("Grüße".encode("utf-16"), "a.txt", Format.TEXT),
        ("£5 – caf\xe9".encode("cp1252"), "a.pdf", Format.TEXT),
    ],
)
def test_the_bytes_say_what_it_is(tmp_path: Path, data: bytes, name: str, expected: Format) -> None:
    assert tell(tmp_path, data, name) is expected


def test_office_files_with_macros_and_templates_are_the_same_family(tmp_path: Path) -> None:
    word, show = saved(guidance()), saved(slide_show())
    assert tell(tmp_path, word, "a.txt") is Format.DOCX
    assert tell(tmp_path, show, "a.txt") is Format.PPTX
    types = "[Content_Types].xml"
    plain = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main"
    macro = repacked(word, {types: lambda b: b.replace(plain, b"vnd.ms-word.document.macroEnabled.main")})
    template = repacked(show, {types: lambda b: b.replace(b"presentation.main", b"template.main")})
    assert tell(tmp_path, macro) is Format.DOCX
    assert tell(tmp_path, template) is Format.PPTX


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (image(), "image"),
        (OLE + "WordDocument".encode("utf-16-le"), r"\.doc\)"),
        (OLE + "Workbook".encode("utf-16-le"), "Excel"),
        (OLE + "__substg1.0_1000001F".encode("utf-16-le"), "Outlook"),
        (packed(a="b"), "zip archive"),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "OpenDocument"),
        (packed(**{"[Content_Types].xml": "application/vnd.x.spreadsheetml.sheet.main+xml"}), "Excel workbook"),
        (rb"{\rtf1\ansi Hello}", "Rich Text"),
        (b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n\nHello", "e-mail"),
        (b'<?xml version="1.0"?><rows/>', "XML"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"text\x00with\x01control", "not read"),
    ],
)
def test_a_refusal_names_what_it_is(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(UnsupportedTypeError, match=words):
        tell(tmp_path, data)


def test_empty_encrypted_and_broken_files_have_errors_of_their_own(tmp_path: Path) -> None:
    for empty in (b"", b" \r\n\t", b"\xef\xbb\xbf"):
        with pytest.raises(EmptyFileError):
            tell(tmp_path, empty)
    with pytest.raises(EncryptedError, match="password"):
        tell(tmp_path, OLE + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(DamagedError):
        tell(tmp_path, saved(guidance())[:9000])
