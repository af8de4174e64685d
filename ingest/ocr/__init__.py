"""Text recognition: pictures in, lines of words out. The engine is whichever is at hand; to have none is no error."""

from ingest.ocr.engine import Engine, OcrFailedError, OcrLine, OcrTimeoutError, OcrWord
from ingest.ocr.find import engine_absent, find_engine
from ingest.ocr.upright import Placement, Recognised, recognise

__all__ = [
    "Engine",
    "OcrFailedError",
    "OcrLine",
    "OcrTimeoutError",
    "OcrWord",
    "Placement",
    "Recognised",
    "engine_absent",
    "find_engine",
    "recognise",
]
