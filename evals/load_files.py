"""Small documents for the load: each says one thing that no other says."""

import io
import random
from dataclasses import dataclass
from hashlib import sha256

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

PLACES = ("the harbour", "the mill", "the old school", "the station", "the library", "the market hall")
DEEDS = ("meets every family within", "answers a letter within", "visits a new carer within", "plans a review within")


@dataclass(frozen=True, slots=True)
class File:
    name: str
    data: bytes
    question: str

    @property
    def document_id(self) -> str:
        return sha256(self.data).hexdigest()[:16]


def make_file(name: str, rng: random.Random, pages: int = 2) -> File:
    """A PDF, or what the name's ending says, with new content each time."""
    place, deed = rng.choice(PLACES), rng.choice(DEEDS)
    mark, days = f"{rng.getrandbits(40):010x}", rng.randint(2, 60)
    lines = [
        f"Team {mark} works at {place}.",
        f"Team {mark} {deed} {days} working days.",
        "Social workers and adult specialists plan the work together, and write down what was agreed.",
    ]
    if name.endswith(".pdf"):
        data = _pdf([lines if page == 0 else [f"Page {page + 1} of {mark}.", *lines[2:]] for page in range(pages)])
    else:
        data = "\n\n".join([f"# Team {mark}", *lines]).encode()
    return File(name, data, f"Within how many working days does team {mark} {deed.split()[0].rstrip('s')}?")


def _pdf(pages: list[list[str]]) -> bytes:
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        content = DecodedStreamObject()
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        content.set_data(f"BT /F1 11 Tf 14 TL 60 740 Td {shown} ET".encode("latin-1"))
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        page[NameObject("/Contents")] = content
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
