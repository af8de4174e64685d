"""GET /examples, and pictures cut to the place that is marked."""

import io
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.api.conftest import problem

EXAMPLES = "/api/v1/examples"


@pytest.fixture(scope="module")
def found(site: httpx.Client) -> dict[str, Any]:
    for _ in range(60):
        page: dict[str, Any] = site.get(EXAMPLES, params={"limit": 50}).json()
        if page["whole"]:
            return page
    raise AssertionError("the starter documents are not gone over")


def test_an_example_is_a_citation_and_more(site: httpx.Client, found: dict[str, Any]) -> None:
    assert found["total"] > 50
    for item in found["items"][:20]:
        page = site.get(f"/api/v1/documents/{item['document_id']}/pages/{item['page']}").json()
        for line in filter(None, (item | {"text": item["quote"]}, item["speaker"], item["lead"])):
            assert page["text"][line["start"] : line["end"]] == line["text"]
        assert item["document_title"] in item["reference"]
        assert item["in_text"].startswith("(")


def test_filters_and_the_next_part(site: httpx.Client, found: dict[str, Any]) -> None:
    wanted: dict[str, Any] = {"kind": ["figure", "story"], "model": "family-valued", "limit": 5}
    first = site.get(EXAMPLES, params=wanted).json()
    assert all(one["kind"] in ("figure", "story") and "family-valued" in one["models"] for one in first["items"])
    second = site.get(EXAMPLES, params=wanted | {"cursor": first["cursor"]}).json()
    assert not {one["id"] for one in first["items"]} & {one["id"] for one in second["items"]}
    document = found["items"][0]["document_id"]
    assert site.get(EXAMPLES, params={"document": document}).json()["total"] == found["counts"]["document"][document]
    assert site.get(EXAMPLES, params={"q": "zzz"}).json()["items"] == []
    assert site.get(EXAMPLES, params={"adopter": "nowhere"}).json()["total"] == 0


def test_bad_requests_are_problems(site: httpx.Client, found: dict[str, Any]) -> None:
    assert "Kinds are" in problem(site.get(EXAMPLES, params={"kind": "poem"}), 422)
    assert "1 to 50" in problem(site.get(EXAMPLES, params={"limit": 0}), 422)
    assert "Load it again" in problem(site.get(EXAMPLES, params={"cursor": "123456789"}), 409)
    problem(site.get(EXAMPLES, params={"q": "x" * 201}), 422)


def test_the_page_holds_the_first_part_without_any_script(site: httpx.Client, found: dict[str, Any]) -> None:
    answer = site.get("/examples", params={"kind": "story"})
    assert answer.status_code == 200
    assert answer.text.count('class="example story"') == found["counts"]["kind"]["story"]
    assert 'value="story" checked' in answer.text
    assert site.get("/examples", params={"kind": "<script>"}).status_code == 200
    assert site.get("/board").status_code == 200


def test_a_picture_is_cut_to_its_boxes(site: httpx.Client, handbook: str) -> None:
    at = f"/api/v1/documents/{handbook}/pages/8.png"
    sizes = [
        Image.open(io.BytesIO(site.get(at, params=params).content)).size
        for params in (
            {"boxes": "100,100,300,120"},
            {"boxes": "100,100,300,120", "crop": "1"},
            {"boxes": "0,0,14400,14400", "crop": "1"},
            {"boxes": "9000,9000,9001,9001", "crop": "1"},
            {"crop": "1"},
        )
    ]
    whole, cut, *odd, plain = sizes
    assert plain == whole
    assert cut[0] < whole[0] * 0.7
    assert cut[1] < whole[1] * 0.2
    assert all(1 <= one[0] <= whole[0] and 1 <= one[1] <= whole[1] for one in odd)
