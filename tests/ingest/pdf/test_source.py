"""A file that cannot be read says why, in a sentence that tells a person what to do."""

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter

from ingest.errors import (
    DamagedError,
    EmptyFileError,
    EncryptedError,
    NoPagesError,
    ReadError,
    UnsupportedTypeError,
)
from ingest.pdf import read_pdf
from ingest.types import PageHealth
from tests.ingest.pdf.drawn import Read, placed, rewritten, stacked, typeset

LINES = [
    "Every family meets its worker at home within five days of the",
    "first call, and the plan is written with them.",
]
PICTURE = "#set page(width: 400pt, height: 300pt)\n#rect(width: 200pt, height: 100pt, fill: red)"


def without_pages() -> bytes:
    out = io.BytesIO()
    PdfWriter().write(out)
    return out.getvalue()


def locked(user: str, algorithm: str = "AES-256") -> bytes:
    return rewritten(
        placed(stacked(LINES)), lambda writer: writer.encrypt(user, owner_password="owner", algorithm=algorithm)
    )


BAD = {
    "empty": (b"", EmptyFileError),
    "only zeros": (bytes(4096), EmptyFileError),
    "web page": (b"<!DOCTYPE html><html><body>Sign in to download</body></html>", UnsupportedTypeError),
    "word processor": (b"PK\x03\x04" + bytes(200), UnsupportedTypeError),
    "cut short": (placed(stacked(LINES))[:700], DamagedError),
    "head only": (b"%PDF-1.7\n", DamagedError),
    "head and noise": (b"%PDF-1.7\n" + bytes(range(256)) * 40, DamagedError),
    "password": (locked("secret"), EncryptedError),
    "no pages": (without_pages(), NoPagesError),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_a_sentence(read: Read, name: str) -> None:
    data, error = BAD[name]
    with pytest.raises(ReadError) as caught:
        read(data)
    assert type(caught.value) is error
    message = str(caught.value)
    assert message[0].isupper()
    assert message.endswith(".")
    assert len(message.split()) >= 8


def test_a_web_page_is_called_one(read: Read) -> None:
    with pytest.raises(UnsupportedTypeError, match="web page"):
        read(BAD["web page"][0])


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_file_that_only_its_owner_locked_opens(read: Read, algorithm: str) -> None:
    assert read(locked("", algorithm)).pages[0].text == " ".join(LINES)


def test_a_file_behind_a_preamble_is_read(read: Read) -> None:
    assert read(b"\n\n\n" + placed(stacked(LINES))).pages[0].text == " ".join(LINES)


def test_damage_beside_the_pages_loses_no_text(read: Read) -> None:
    """The cross-reference table is gone: the objects are still there."""
    data = placed(stacked(LINES))
    cut = data[: data.rindex(b"startxref")] + b"startxref\n999999\n%%EOF\n"
    assert read(cut).pages[0].text == " ".join(LINES)


def test_pages_without_text_are_told_from_pages_with_some(read: Read) -> None:
    picture = PICTURE + "\n#pagebreak()\n" + " ".join(LINES) + "\n#pagebreak()\n#pagebreak()\nThe end of the report."
    parsed = read(typeset(picture))
    assert [page.health for page in parsed.pages] == [
        PageHealth.NO_TEXT,
        PageHealth.READ,
        PageHealth.EMPTY,
        PageHealth.READ,
    ]


def test_metadata_is_read(read: Read) -> None:
    facts = {"/Title": "Yearly report", "/Author": "Ann Brown; Bill Green", "/CreationDate": "D:20240315120000Z"}
    parsed = read(rewritten(placed(stacked(LINES)), lambda writer: writer.add_metadata(facts)))
    assert (parsed.title, parsed.authors, parsed.published) == ("Yearly report", ("Ann Brown", "Bill Green"), "2024-03")


def test_a_file_without_a_title_is_called_after_its_first_heading_or_its_name(tmp_path: Path) -> None:
    for source, title in (("= What we learnt\n", "What we learnt"), ("", "report of may")):
        path = tmp_path / "report of may.pdf"
        path.write_bytes(typeset(f"#set page(width: 400pt, height: 300pt)\n{source}{' '.join(LINES)}"))
        assert read_pdf(path).title == title


def test_progress_counts_to_the_last_page(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(placed(stacked(LINES), stacked(LINES), stacked(LINES)))
    seen: list[tuple[int, int]] = []
    read_pdf(path, lambda done, pages: seen.append((done, pages)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (3, 3)
    assert {pages for _, pages in seen} == {3}
