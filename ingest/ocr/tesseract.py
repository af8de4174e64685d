"""Tesseract, the system's own: one process a picture, words with boxes and confidence from its hOCR."""

import io
import re
import shutil
import subprocess
from dataclasses import dataclass
from xml.etree import ElementTree

from PIL import Image

from ingest.ocr.engine import OcrFailedError, OcrLine, OcrTimeoutError, OcrWord, PixelBox

_LINES = frozenset({"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"})
_CALL_SECONDS = 10  # for its version and its list of languages
_SURE = 1.0  # of the orientation, on tesseract's own scale


def find_tesseract(languages: str) -> "Tesseract | None":
    """Tesseract with those of the wanted languages (`eng+fra`) that are installed; None without any."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        version = re.match(r"tesseract v?([\d.]+)", _call([program, "--version"], _CALL_SECONDS).decode())
        installed = set(_call([program, "--list-langs"], _CALL_SECONDS).decode().split("\n")[1:])
    except OcrFailedError:
        return None
    wanted = [language for language in re.split(r"[+, ]+", languages) if language in installed]
    if version is None or not wanted:
        return None
    return Tesseract(program, f"tesseract {version.group(1)}", "+".join(wanted), "osd" in installed)


@dataclass(frozen=True, slots=True)
class Tesseract:
    program: str
    name: str
    languages: str
    tells_orientation: bool

    def read(self, image: Image.Image, dpi: float, seconds: float) -> list[OcrLine]:
        options = ["--dpi", str(round(dpi)), "-l", self.languages, "--psm", "3", "hocr"]
        try:
            root = ElementTree.fromstring(self._run(image, options, seconds))
        except ElementTree.ParseError as error:
            raise OcrFailedError(f"{self.name} gave no readable result") from error
        lines = (_line(element) for element in root.iter() if element.get("class") in _LINES)
        return [line for line in lines if line.words]

    def turn(self, image: Image.Image, seconds: float) -> int | None:
        if not self.tells_orientation:
            return None
        try:
            told = self._run(image, ["--psm", "0"], seconds).decode()
        except OcrTimeoutError:
            raise
        except OcrFailedError:  # too few letters to tell from
            return None
        degrees = re.search(r"Orientation in degrees: (\d+)", told)
        sure = re.search(r"Orientation confidence: ([\d.]+)", told)
        if degrees is None or sure is None or float(sure.group(1)) < _SURE:
            return None
        return int(degrees.group(1))

    def _run(self, image: Image.Image, options: list[str], seconds: float) -> bytes:
        data = io.BytesIO()
        image.convert("L").save(data, "PPM")
        return _call([self.program, "stdin", "stdout", *options], seconds, data.getvalue())


def _call(command: list[str], seconds: float, data: bytes = b"") -> bytes:
    try:
        return subprocess.run(command, input=data, capture_output=True, check=True, timeout=seconds).stdout
    except subprocess.TimeoutExpired as error:
        raise OcrTimeoutError(f"text recognition took longer than {seconds:.0f} seconds") from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise OcrFailedError("tesseract failed on it") from error


def _line(element: ElementTree.Element) -> OcrLine:
    words: list[OcrWord] = []
    for span in element.iter():
        text = "".join(span.itertext()).strip()
        if span.get("class") == "ocrx_word" and text:
            confidence = re.search(r"x_wconf (\d+)", span.get("title", ""))
            words.append(OcrWord(text, _box(span), int(confidence.group(1)) / 100 if confidence else 0.0))
    size = re.search(r"x_size ([\d.]+)", element.get("title", ""))
    box = _box(element)
    return OcrLine(tuple(words), float(size.group(1)) if size else box[3] - box[1])


def _box(element: ElementTree.Element) -> PixelBox:
    found = re.search(r"bbox (\d+) (\d+) (\d+) (\d+)", element.get("title", ""))
    if found is None:
        return 0.0, 0.0, 0.0, 0.0
    x0, y0, x1, y1 = map(float, found.groups())
    return x0, y0, x1, y1
