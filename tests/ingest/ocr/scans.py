"""Scans made for one test each: text drawn into a picture, the picture turned, and saved as a PDF."""

import io
from collections.abc import Sequence

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.ocr import find_engine
from ingest.settings import IngestSettings

DPI = 150
LINES = (
    "Every family meets its worker at home within five days of the first call.",
    "The plan is written together with the parents, and each child is asked.",
    "In the second week the team visits the school and the health visitor.",
    "After twelve weeks the plan is looked at again by everyone who signed it.",
    "Nothing is decided about a family without the family in the room.",
)
LEFT = (
    "The left column speaks of visits",
    "that were made in the first year",
    "and of what the workers saw when",
    "they came to the door of a house",
    "where nobody had been told about",
    "the new way of working together.",
)
RIGHT = (
    "The right column speaks of costs",
    "that were counted by the council",
    "and of what the money was spent",
    "on when the second year came and",
    "the first team had grown to nine",
    "people with three cars to share.",
)


def sheet(*columns: Sequence[str], degrees: float = 0, top: int = 200) -> Image.Image:
    """A page of paper at 150 dpi with columns of lines; turned anticlockwise."""
    image = Image.new("L", (1240, 1754), 250)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(size=26)
    for number, lines in enumerate(columns):
        for at, line in enumerate(lines):
            pen.text((120 + 560 * number, top + 42 * at), line, 20, font)
    return image.rotate(degrees, expand=True, fillcolor=250, resample=Image.Resampling.BICUBIC)


def as_pdf(*images: Image.Image) -> bytes:
    out = io.BytesIO()
    images[0].save(out, "PDF", resolution=DPI, save_all=True, append_images=images[1:])
    return out.getvalue()


def installed(engine: str) -> bool:
    return find_engine(IngestSettings(ocr=engine)) is not None  # type: ignore[arg-type]


ENGINES = [
    pytest.param(name, marks=pytest.mark.skipif(not installed(name), reason=f"this machine has no {name}"))
    for name in ("tesseract", "rapidocr")
]
