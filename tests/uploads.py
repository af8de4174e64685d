"""Uploads nobody should send: bodies that are hardly multipart, and files that are not what they say."""

import io
import random
import zipfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from tests.ingest.formats.made import guidance, saved, slide_show
from tests.ingest.pdfs import make_pdf

SHARED = Path(__file__).resolve().parents[2] / "shared" / "pdfs"  # hard files beside the checkout, where there are
BOUNDARY = b"b0undary"
SENTENCES = ["The Harbour project began in Seahaven in March 2023.", "It brought 14 children home in its first year."]
NAMES = st.sampled_from(
    [
        *(
            "a.pdf",
            "../../etc/passwd",
            "..\\..\\windows\\win.ini",
            "a.pdf\x00.exe",
            "CON",
            ".",
            "..",
            "",
            " ",
            "/",
            "\\",
        ),
        *(
            "😀.docx",
            "a" * 400 + ".pdf",
            'quo"te.pdf',
            "semi;colon.pdf",
            "re\u202efdp.exe",
            "é.pdf",
            "<b>.html",
            "'--.txt",
        ),
    ]
).map(lambda name: name.encode()) | st.binary(max_size=20)
CONTENTS = st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"plain words"]) | st.binary(
    max_size=200
)
LINE_ENDS = st.sampled_from([b"\r\n", b"\r\n", b"\r\n", b"\n", b"\r"])
EDGES = st.sampled_from([BOUNDARY, BOUNDARY, BOUNDARY, b"another", b"", b"b0und"])
TYPES = st.sampled_from(
    [
        b"multipart/form-data; boundary=" + BOUNDARY,
        b"multipart/form-data; boundary=" + BOUNDARY,
        b'multipart/form-data; boundary="' + BOUNDARY + b'"',
        *(b"multipart/form-data", b"multipart/form-data; boundary=", b"multipart/mixed; boundary=" + BOUNDARY),
        *(b"multipart/form-data; boundary=" + b"x" * 300, b"text/plain", b"", b"multipart/form-data; boundary=\xe9"),
    ]
)


@st.composite
def part(draw: st.DrawFn) -> bytes:
    """One part, with a head that may say anything."""
    end = draw(LINE_ENDS)
    name = draw(NAMES)
    heads = [
        b'Content-Disposition: form-data; name="files"; filename="' + name + b'"',
        b"Content-Disposition: form-data; name=files; filename=" + name,
        b"Content-Disposition: form-data; name=files; filename*=UTF-8''" + name,
        b'Content-Disposition: form-data; name="field"',
        b"Content-Disposition: attachment",
        b"Content-Type: application/pdf",
        b"Content-Length: -1",
        name + b": x",
    ]
    head = draw(st.lists(st.sampled_from(heads), max_size=3))
    return end.join([*head, b"", draw(CONTENTS)])


@st.composite
def body(draw: st.DrawFn) -> bytes:
    """Some parts between boundaries; whole, cut somewhere, or with a byte changed."""
    end = draw(LINE_ENDS)
    made = b"".join(b"--" + draw(EDGES) + end + one + end for one in draw(st.lists(part(), max_size=4)))
    made += b"--" + draw(EDGES) + draw(st.sampled_from([b"--\r\n", b"--", b"", b"--\r\nepilogue"]))
    change = draw(st.sampled_from(["none", "none", "cut", "byte"]))
    at = draw(st.integers(0, max(0, len(made) - 1)))
    if change == "cut":
        return made[:at]
    return made[:at] + draw(st.binary(min_size=1, max_size=1)) + made[at + 1 :] if change == "byte" else made


def zip_bomb(layers: int = 1) -> bytes:
    """A Word file by its name and its first bytes: some kilobytes that become many megabytes."""
    data = b"\0" * 60_000_000
    for layer in range(layers):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("[Content_Types].xml", b"<Types/>")
            packed.writestr("word/document.xml" if layer == layers - 1 else f"{layer}.zip", data)
        data = out.getvalue()
    return data


def mutated(data: bytes, dice: random.Random) -> bytes:
    """Some bytes changed, a stretch left out, put in twice, or the end cut off."""
    out = bytearray(data)
    for _ in range(dice.choice([1, 4, 40])):
        out[dice.randrange(len(out))] = dice.randrange(256)
    start = dice.randrange(len(out))
    stretch = out[start : start + dice.randrange(1, 2000)]
    kind = dice.randrange(4)
    if kind == 1:
        del out[start : start + len(stretch)]
    elif kind == 2:
        out[start:start] = stretch
    elif kind == 3:
        del out[start:]
    return bytes(out)


def honest_files() -> list[tuple[str, bytes]]:
    return [
        ("a.pdf", make_pdf([SENTENCES] * 2, "Harbour")),
        ("b.docx", saved(guidance())),
        ("c.pptx", saved(slide_show())),
        ("d.html", b"<!doctype html><title>x</title><p>The Harbour project began in March 2023.</p>"),
        ("e.md", b"# Harbour\n\nIt brought 14 children home.\n"),
    ]


def hostile_files(dice: random.Random, rounds: int, shared: int) -> list[tuple[str, bytes]]:
    """Polyglots and bombs, `rounds` mutations of each kind of file, and `shared` small PDFs of those at hand."""
    honest = honest_files()
    pdf, word = honest[0][1], honest[1][1]
    made = [
        ("both.pdf", pdf + word),
        ("both.docx", word + pdf),
        ("gif.pdf", b"GIF89a" + pdf),
        ("page.pdf", b"<html><script>alert(1)</script>" + pdf),
        ("bomb.docx", zip_bomb()),
        ("nested.docx", zip_bomb(2)),
        ("text.docx", b"only words"),
        ("zeros.pdf", b"%PDF-1.7\n" + b"\0" * 50_000),
        ("empty.pdf", b""),
    ]
    made += [(f"{n}{name}", mutated(data, dice)) for n in range(rounds) for name, data in honest]
    found: Sequence[Path] = sorted(SHARED.glob("*.pdf")) if SHARED.is_dir() else []
    small = [path for path in found if path.stat().st_size < 60_000]
    chosen = dice.sample(small, min(shared, len(small)))
    return made + [(f"{n}s.pdf", mutated(path.read_bytes(), dice)) for n, path in enumerate(chosen)]
