"""A page as a picture, the cited words marked and nothing else."""

import io
import threading
from pathlib import Path

import pytest
from PIL import Image

from ingest.errors import DamagedError, UnknownPageError
from ingest.pdf import draw_page, read_pdf
from tests.ingest.pdf.drawn import placed, stacked

LINES = [
    "Every family meets its worker at home within five days of the",
    "first call, and the plan is written with them.",
]
Colour = tuple[int, int, int]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.pdf"
    path.write_bytes(placed(stacked(LINES), stacked(LINES[:1])))
    return path


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def colour(image: Image.Image, x: float, y: float) -> Colour:
    found = image.getpixel((int(x), int(y)))
    assert isinstance(found, tuple)
    return found[0], found[1], found[2]


def is_marked(found: Colour) -> bool:
    """Yellow: far less blue than red."""
    return found[0] - found[2] > 40


def test_a_box_is_marked_and_its_surroundings_are_not(report: Path) -> None:
    page = read_pdf(report).pages[0]
    word = next(word for word in page.words if page.text[word.start : word.end] == "worker")
    plain = picture(draw_page(report, 1, []))
    marked = picture(draw_page(report, 1, [(word.x0, word.y0, word.x1, word.y1)]))
    assert plain.size == marked.size == (600, 450)
    left, top, right, bottom = (1.5 * edge for edge in (word.x0, word.y0, word.x1, word.y1))
    changed = [
        (x, y) for x in range(plain.width) for y in range(plain.height) if colour(plain, x, y) != colour(marked, x, y)
    ]
    assert changed
    assert all(left - 4 <= x <= right + 4 and top - 4 <= y <= bottom + 4 for x, y in changed)
    assert is_marked(colour(marked, (left + right) / 2, top))
    assert not is_marked(colour(plain, (left + right) / 2, top))


def test_ink_under_the_mark_stays_dark(report: Path) -> None:
    word = read_pdf(report).pages[0].words[3]
    marked = picture(draw_page(report, 1, [(word.x0, word.y0, word.x1, word.y1)], scale=3))
    box = tuple(int(3 * edge) for edge in (word.x0, word.y0, word.x1, word.y1))
    assert min(sum(colour(marked, x, y)) for x in range(box[0], box[2]) for y in range(box[1], box[3])) < 300


def test_scale_is_pixels_a_point_and_has_a_limit(report: Path) -> None:
    assert picture(draw_page(report, 1, [], scale=2)).size == (800, 600)
    assert max(picture(draw_page(report, 1, [], scale=1000)).size) <= 4000


def test_a_box_beyond_the_page_does_no_harm(report: Path) -> None:
    assert picture(draw_page(report, 1, [(-50, -50, 5000, 10), (390, 290, 900, 900)])).size == (600, 450)


@pytest.mark.parametrize("number", [0, 3, -1, 10_000])
def test_an_unknown_page_is_named(report: Path, number: int) -> None:
    with pytest.raises(UnknownPageError, match=f"pages 1 to 2; page {number} "):
        draw_page(report, number, [])


def test_a_file_that_cannot_be_drawn_is_an_error_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(DamagedError):
        draw_page(path, 1, [])


def test_threads_draw_the_same_picture(report: Path) -> None:
    expected = draw_page(report, 1, [])
    drawn: list[bytes] = []
    threads = [threading.Thread(target=lambda: drawn.append(draw_page(report, 1, []))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [expected] * 8
