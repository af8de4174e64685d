"""Small PDFs made by hand, so that a test says all that is in its file."""

import io
import zlib
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter

WORDS = (
    "The team meets every family at home within five working days.",
    "Social workers and adult specialists plan the visit together.",
    "In Norfolk the service is called New Roads and works with adolescents.",
    "Each council kept its own name for the model and trained its staff.",
)
SCAN = (  # a picture of dots over most of the page, for recognised text to lie on
    b"q 500 0 0 600 50 200 cm BI /W 8 /H 8 /CS /G /BPC 1 ID \xaa\x55\xaa\x55\xaa\x55\xaa\x55 EI Q "
)


def make_pdf(pages: Sequence[Sequence[str]], title: str = "A small report") -> bytes:
    """One page for each list of lines, in Helvetica; a page without lines has no text at all."""
    return build([_drawing(lines) for lines in pages], title)


def report(subject: str, pages: int = 2, title: str = "A small report") -> bytes:
    """A PDF whose every page speaks of `subject`."""
    return make_pdf([[f"Page {n} is about {subject}.", *WORDS] for n in range(1, pages + 1)], title)


def _drawing(lines: Sequence[str]) -> bytes:
    shown = "".join(f"({_escape(line)}) Tj T* " for line in lines)
    return f"BT /F1 11 Tf 14 TL 60 740 Td {shown}ET".encode("latin-1") if lines else b""


def build(contents: Sequence[bytes], title: str = "A small report", coded: bool = False) -> bytes:
    """A PDF around the pages' content streams; `coded` says that they are compressed already."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, content in enumerate(contents):
        page = f"/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * n} 0 R"
        objects.append(f"<< {page} /Resources << /Font << /F1 3 0 R >> >> >>".encode())
        coding = b"/Filter /FlateDecode " if coded else b""
        objects.append(b"<< %s/Length %d >>\nstream\n%s\nendstream" % (coding, len(content), content))
    objects.append(f"<< /Title ({_escape(title)}) >>".encode("latin-1"))
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def bomb(megabytes: int = 400) -> bytes:
    """A PDF of one page that unpacks to so many megabytes of text operators, from a thousandth of that."""
    return build([bomb_content(megabytes)], coded=True)


def bomb_content(megabytes: int = 400) -> bytes:
    packer = zlib.compressobj(9)
    part = b"BT /F1 11 Tf (bomb) Tj ET\n" * 40_000
    data = b"".join(packer.compress(part) for _ in range(megabytes * 1_000_000 // len(part)))
    return data + packer.flush()


def encrypted() -> bytes:
    """A PDF that needs a password to open."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(report("secrets"))))
    writer.encrypt("open sesame", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _escape(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
