"""A new file of a known name replaces the old one for answers; what was said before says what has become of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from tests.api.conftest import problem
from tests.api.test_documents import upload
from tests.ingest.pdfs import make_pdf
from tests.serving import serving

QUESTION = "Within how many days was a family group conference held?"
NAME = "harbour.pdf"


def harbour(days: str, pages: int = 2) -> bytes:
    said = ("The Harbour project began in Seahaven.", f"A family group conference was held within {days} days.")
    rest = [(f"Appendix {n} lists the members of the steering group.",) for n in range(pages - 1)]
    return make_pdf([said, *rest], "Report on the Harbour project")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[httpx.Client]:
    app = create_app(Settings(data_dir=tmp_path / "library"))
    with serving(app) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


def add(site: httpx.Client, data: bytes, name: str = NAME) -> str:
    (file,) = upload(site, (name, data))["files"]
    assert file["report"]["status"] in ("added", "replaced"), file
    return str(file["report"]["document_id"])


def ask(site: httpx.Client) -> dict[str, Any]:
    answer: dict[str, Any] = site.post("/api/v1/ask", json={"question": QUESTION}).json()
    assert answer["status"] == "answered", answer
    return answer


def kept_citation(site: httpx.Client, answer: dict[str, Any]) -> dict[str, Any]:
    kept = site.get(f"/api/v1/conversations/{answer['conversation_id']}").json()["messages"][-1]["answer"]
    citation: dict[str, Any] = kept["citations"][0]
    return citation


def test_an_earlier_answer_still_opens_the_version_it_cited(site: httpx.Client) -> None:
    first = add(site, harbour("ten"))
    answer = ask(site)
    cited = answer["citations"][0]
    assert (cited["state"], cited["superseded_by"], cited["format"]) == ("current", None, "pdf")
    second, third = add(site, harbour("twelve")), add(site, harbour("fourteen", pages=3))
    kept = kept_citation(site, answer)
    assert (kept["state"], kept["superseded_by"]) == ("superseded", third)
    assert kept["state_at"]
    assert kept["quote"] == cited["quote"]
    page = site.get(f"/api/v1/documents/{first}/pages/{cited['page']}").json()
    assert page["text"][cited["start"] : cited["end"]] == cited["quote"]
    assert page["state"] == "superseded"
    assert site.get(f"/api/v1/documents/{first}/pages/2.png").headers["content-type"] == "image/png"
    assert site.get(f"/api/v1/documents/{first}/file").content == harbour("ten")
    versions = site.get(f"/api/v1/documents/{first}").json()["versions"]
    assert [row["id"] for row in versions] == [third, second, first]
    assert [row["state"] for row in versions] == ["current", "superseded", "superseded"]
    found = site.get("/api/v1/search", params={"q": QUESTION}).json()["passages"]
    assert {passage["document_id"] for passage in found} == {third}


def test_the_page_of_a_superseded_version_leads_to_the_present_one(site: httpx.Client) -> None:
    first = add(site, harbour("ten", pages=4))
    second = add(site, harbour("twelve", pages=3))
    here = site.get(f"/documents/{first}", params={"page": 3})
    assert "superseded on" in here.text
    assert f'href="/documents/{second}?page=3"' in here.text
    beyond = site.get(f"/documents/{first}", params={"page": 4})
    assert f'href="/documents/{second}?page=1"' in beyond.text, "the present version has no page 4"
    assert "superseded" not in site.get(f"/documents/{second}").text


def test_a_removed_document_leaves_a_tombstone_in_every_answer(site: httpx.Client) -> None:
    first = add(site, harbour("ten"))
    answer = ask(site)
    second = add(site, harbour("twelve"))
    assert site.delete(f"/api/v1/documents/{second}").status_code == 204
    for gone in (first, second):
        assert NAME in problem(site.get(f"/api/v1/documents/{gone}/pages/1"), 410)
        shown = site.get(f"/documents/{gone}")
        assert shown.status_code == 410
        assert shown.headers["content-type"].startswith("text/html")
        assert NAME in shown.text
    kept = kept_citation(site, answer)
    assert (kept["state"], kept["quote"], kept["boxes"]) == ("removed", "", [])
    assert kept["document_title"] == "Report on the Harbour project"
    assert "ten days" not in site.get(f"/api/v1/conversations/{answer['conversation_id']}").text
    add(site, harbour("ten"))
    assert kept_citation(site, answer)["state"] == "removed", "the quote did not come back with the document"


def test_an_earlier_version_can_be_removed_alone(site: httpx.Client) -> None:
    first, second = add(site, harbour("ten")), add(site, harbour("twelve"))
    assert site.delete(f"/api/v1/documents/{first}").status_code == 204
    problem(site.get(f"/api/v1/documents/{first}"), 410)
    assert site.get(f"/api/v1/documents/{second}").json()["state"] == "current"


def test_a_state_that_is_none_is_a_problem(site: httpx.Client) -> None:
    problem(site.get("/api/v1/documents", params={"state": "lost"}), 422)
