"""Each engine that this machine has reads scans that are upright, turned and askew, and says how sure it is."""

import re

import pytest
from PIL import Image

from ingest.ocr import engine_absent, find_engine, recognise
from ingest.ocr.engine import Engine, OcrLine, OcrTimeoutError, OcrWord
from ingest.ocr.order import in_columns
from ingest.ocr.tesseract import find_tesseract
from ingest.ocr.upright import find_skew, turned
from ingest.settings import IngestSettings
from tests.ingest.ocr.scans import DPI, ENGINES, LEFT, LINES, RIGHT, sheet


def engine_of(name: str) -> Engine:
    engine = find_engine(IngestSettings.model_validate({"ocr": name}))
    assert engine is not None
    return engine


def words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


def share_found(wanted: str, lines: tuple[OcrLine, ...]) -> float:
    found = words(" ".join(word.text for line in lines for word in line.words))
    return sum(word in found for word in words(wanted)) / len(words(wanted))


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("degrees", [0, 90, 180, 3])
def test_a_scan_is_read_whichever_way_up_it_is(name: str, degrees: float) -> None:
    if name == "rapidocr" and degrees == 180:
        pytest.skip("two readings of a whole page: shown by 90")
    engine = engine_of(name)
    assert re.fullmatch(r"(tesseract|rapidocr) \d+\.\d+\.\d+", engine.name)
    found = recognise(sheet(LINES, degrees=degrees), engine, DPI, 60)
    assert share_found(" ".join(LINES), found.lines) >= 0.95
    assert found.confidence > 0.8


@pytest.mark.parametrize("name", ENGINES[:1])
def test_words_stand_where_the_picture_has_them(name: str) -> None:
    """Turned by 90 degrees, the first line runs up at the left; its boxes lead back to there."""
    image = sheet(LINES, degrees=90)
    found = recognise(image, engine_of(name), DPI, 60)
    first = next(word for line in found.lines for word in line.words if word.text == "Every")
    x0, y0, x1, y1 = found.placement.box(*first.box)
    assert 190 < x0 < x1 < 240
    assert 1240 - 200 < y0 < y1 < 1240 - 115


@pytest.mark.parametrize("name", ENGINES)
def test_columns_are_read_one_after_the_other(name: str) -> None:
    found = recognise(sheet(LEFT, RIGHT), engine_of(name), DPI, 60)
    text = " ".join(word.text for line in found.lines for word in line.words)
    assert text.index("together") < text.index("right column")


def test_no_engine_is_a_value_that_says_what_to_do() -> None:
    off = IngestSettings(ocr="off")
    assert find_engine(off) is None
    assert "ASSISTANT_OCR" in engine_absent(off)
    assert "tesseract" in engine_absent(IngestSettings())


def test_tesseract_without_the_wanted_language_is_no_engine() -> None:
    assert find_tesseract("tlh") is None


@pytest.mark.parametrize("name", ENGINES[:1])
def test_time_out_is_an_error_of_its_own(name: str) -> None:
    with pytest.raises(OcrTimeoutError, match="longer than"):
        engine_of(name).read(sheet(LINES), DPI, 0.001)


@pytest.mark.parametrize("degrees", [-7.0, -1.5, 0.0, 4.0])
def test_skew_is_found(degrees: float) -> None:
    angle, sideways = find_skew(sheet(LINES, degrees=degrees))
    assert angle == pytest.approx(-degrees, abs=0.3)
    assert not sideways
    assert find_skew(sheet(LINES, degrees=90))[1]


def test_an_empty_sheet_is_not_askew() -> None:
    assert find_skew(Image.new("L", (400, 400), 250)) == (0.0, False)


@pytest.mark.parametrize("degrees", [0.0, 90.0, 180.0, 270.0, 5.0])
def test_a_turned_picture_knows_the_way_back(degrees: float) -> None:
    image = Image.new("L", (300, 200), 255)
    image.paste(0, (40, 60, 52, 70))
    upright, placement = turned(image, degrees)
    spot = upright.point(lambda grey: 255 * (grey < 128)).getbbox()
    assert spot is not None
    x0, y0, x1, y1 = placement.box(*spot)
    assert (x0 + x1) / 2 == pytest.approx(46, abs=1)
    assert (y0 + y1) / 2 == pytest.approx(65, abs=1)


def line(text: str, x: float, y: float, width: float = 200) -> OcrLine:
    return OcrLine((OcrWord(text, (x, y, x + width, y + 12), 0.9),), 10)


def test_lines_go_down_each_column_between_lines_across() -> None:
    left, right = ([line(f"{side}{n}", x, 40 + 16 * n) for n in range(5)] for side, x in (("l", 0.0), ("r", 230.0)))
    head, foot = line("head", 0, 0, 430), line("foot", 0, 200, 430)
    told = [one.words[0].text for one in in_columns([head, *left, *right, foot])]
    assert told == ["head", *(f"l{n}" for n in range(5)), *(f"r{n}" for n in range(5)), "foot"]


def test_rows_of_a_table_stay_together() -> None:
    cells = [
        line(f"{n}{side}", x, 16 * n, 20 if n else 200) for n in range(5) for side, x in (("a", 0.0), ("b", 300.0))
    ]
    told = [one.words[0].text for one in in_columns(cells)]
    assert told == [f"{n}{side}" for n in range(5) for side in "ab"]
