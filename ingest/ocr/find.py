"""Which OCR engine this machine has: tesseract first, else the Python package that carries its own weights."""

import logging
from functools import lru_cache
from importlib.util import find_spec
from typing import Protocol

from ingest.ocr.engine import Engine
from ingest.ocr.tesseract import find_tesseract

logger = logging.getLogger(__name__)


class OcrSettings(Protocol):
    @property
    def ocr(self) -> str: ...

    @property
    def ocr_languages(self) -> str: ...


def find_engine(settings: OcrSettings) -> Engine | None:
    """The engine that the settings ask for (`auto`, `tesseract`, `rapidocr` or `off`), or None."""
    return _find(settings.ocr, settings.ocr_languages)


def engine_absent(settings: OcrSettings) -> str:
    """Why there is no engine, and what to do."""
    if settings.ocr == "off":
        return "text recognition (OCR) is switched off by ASSISTANT_OCR"
    wanted = {"rapidocr": "the Python package rapidocr-onnxruntime"}.get(settings.ocr, "tesseract")
    return f"no OCR engine on this machine: install {wanted} and add the file again"


@lru_cache(maxsize=4)
def _find(choice: str, languages: str) -> Engine | None:
    if choice in ("auto", "tesseract") and (tesseract := find_tesseract(languages)) is not None:
        return tesseract
    if choice in ("auto", "rapidocr") and find_spec("rapidocr_onnxruntime") is not None:
        try:
            from ingest.ocr.rapid import RapidEngine

            return RapidEngine()
        except ImportError as error:  # it is there, but a library that it needs is not
            logger.warning("rapidocr-onnxruntime cannot be loaded: %s", error)
    return None
