"""Pages as text, as pictures and as HTML."""

import io

import httpx
import pytest
from PIL import Image

from tests.api.conftest import problem


def path(document: str, page: int | str) -> str:
    return f"/api/v1/documents/{document}/pages/{page}"


def test_a_page_has_text_label_and_health(site: httpx.Client, handbook: str) -> None:
    page = site.get(path(handbook, 8)).json()
    assert page["page"] == 8
    assert page["page_label"] not in (None, "8")
    assert len(page["text"]) > 200
    assert page["health"] == "read"
    assert page["width"] < page["height"]


@pytest.mark.parametrize("suffix", ["", ".png"])
def test_pages_out_of_range_are_problems(site: httpx.Client, handbook: str, suffix: str) -> None:
    assert "30" in problem(site.get(path(handbook, f"9999{suffix}")), 404)
    for number in ("0", "-1", "one", "1e3", "9" * 30):
        problem(site.get(path(handbook, f"{number}{suffix}")), 422)


def test_a_picture_marks_its_boxes(site: httpx.Client, handbook: str) -> None:
    plain = site.get(path(handbook, "8.png"))
    marked = site.get(path(handbook, "8.png"), params={"boxes": "100,100,300,120;100,130.5,300,150"})
    assert plain.headers["content-type"] == "image/png"
    assert plain.content != marked.content
    before, after = (Image.open(io.BytesIO(response.content)) for response in (plain, marked))
    assert before.size == after.size
    scale = before.width / site.get(path(handbook, 8)).json()["width"]
    inside, outside = (round(200 * scale), round(110 * scale)), (round(400 * scale), round(110 * scale))
    assert before.getpixel(inside) != after.getpixel(inside)
    assert before.getpixel(outside) == after.getpixel(outside)


def test_a_picture_is_sent_once(site: httpx.Client, handbook: str) -> None:
    first = site.get(path(handbook, "2.png"))
    assert first.headers["cache-control"] == "private, no-cache", "a removed document's pictures must go"
    again = site.get(path(handbook, "2.png"), headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    other = site.get(path(handbook, "2.png"), params={"boxes": "1,1,9,9"})
    assert other.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    "boxes",
    ["1,2,3", "1,2,3,4,5", "a,b,c,d", "nan,1,2,3", "0,0,inf,9", "9,9,1,1", "0,0,1e9,1e9", ";".join(["1,1,2,2"] * 201)],
)
def test_boxes_that_are_none_are_problems(site: httpx.Client, handbook: str, boxes: str) -> None:
    problem(site.get(path(handbook, "2.png"), params={"boxes": boxes}), 422)
    problem(site.get(f"/documents/{handbook}", params={"boxes": boxes}), 422)


def test_a_page_can_be_read_without_scripts(site: httpx.Client, handbook: str) -> None:
    page = site.get(f"/documents/{handbook}", params={"page": 8, "boxes": "100,100,300,120"})
    assert page.status_code == 200
    assert f"{path(handbook, '8.png')}?boxes=100%2C100%2C300%2C120" in page.text
    assert f'href="/documents/{handbook}?page=7"' in page.text
    assert f"/api/v1/documents/{handbook}/file#page=8" in page.text
    problem(site.get(f"/documents/{handbook}", params={"page": 9999}), 404)


def test_the_programme_is_told(site: httpx.Client) -> None:
    told = site.get("/api/v1/programme").json()
    assert {"models", "adopters", "innovators", "partners", "glossary", "questions"} <= set(told)
    assert len(told["adopters"]) == 17


def test_the_chat_page_and_its_parts_are_small(site: httpx.Client) -> None:
    page = site.get("/")
    assert page.status_code == 200
    parts = {part.split('"')[0] for part in page.text.split("/static/")[1:]}
    weight = len(page.content) + sum(len(site.get(f"/static/{part}").content) for part in parts)
    assert len(parts) > 8
    assert weight < 150_000
    assert "http://" not in page.text.replace(str(site.base_url), "")
    assert "https://" not in page.text
