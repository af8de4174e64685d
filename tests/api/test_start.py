"""The pages for new people and what they are made of, over HTTP."""

import re
import time

import httpx
import pytest

from tests.api.conftest import problem

PAGES = ["/start", "/start?role=coach", "/glossary", "/models/family-valued", "/innovators/leeds", "/adopters/norfolk"]


@pytest.fixture(scope="module")
def ready(site: httpx.Client) -> httpx.Client:
    """The site once its guide is made."""
    end = time.monotonic() + 300
    while not site.get("/api/v1/start").json()["ready"]:
        assert time.monotonic() < end
        time.sleep(0.2)
    return site


def test_a_path_by_role(ready: httpx.Client) -> None:
    (path,) = ready.get("/api/v1/start", params={"role": "manager"}).json()["paths"]
    assert path["role"] == "Manager"
    assert [len(step["questions"]) for step in path["steps"]] == [3] * 6
    assert len(ready.get("/api/v1/start").json()["paths"]) == 4
    assert "“king”" in problem(ready.get("/api/v1/start", params={"role": "king"}), 404)
    problem(ready.get("/start", params={"role": "king"}), 404)


def test_glossary_and_timeline(ready: httpx.Client) -> None:
    terms = ready.get("/api/v1/glossary").json()["terms"]
    assert len(terms) > 80
    assert {"id", "term", "names", "marked", "definition", "citations"} == set(terms[0])
    events = ready.get("/api/v1/timeline").json()["events"]
    assert all(event["text"].startswith(event["citation"]["quote"]) for event in events)
    assert [event["date"] for event in events if event["council"] == "norfolk"] == ["2020-10", "2021-06"]


def test_a_council_and_a_model(ready: httpx.Client) -> None:
    council = ready.get("/api/v1/adopters/rochdale").json()
    assert council["ready"]
    assert council["model"] == "no-wrong-door"
    numbers = {one["number"] for one in council["citations"]}
    lines = [line for lines in council["sections"].values() for line in lines]
    assert len(lines) > 8
    assert all(set(line["citations"]) <= numbers for line in lines)
    quote = council["citations"][0]
    page = ready.get(f"/api/v1/documents/{quote['document_id']}/pages/{quote['page']}").json()
    assert page["text"][quote["start"] : quote["end"]] == quote["quote"]
    assert ready.get("/api/v1/innovators/leeds").json()["sections"]["reports"]
    assert ready.get("/api/v1/models/no-wrong-door").json()["sections"]["is"]


@pytest.mark.parametrize("path", ["adopters/leeds", "innovators/rochdale", "models/x", "adopters/<script>"])
def test_what_the_programme_does_not_know_is_a_problem(site: httpx.Client, path: str) -> None:
    problem(site.get(f"/api/v1/{path}"), 404)
    problem(site.get(f"/{path}"), 404)


@pytest.mark.parametrize("path", PAGES)
def test_pages_need_no_script_and_their_links_lead_somewhere(ready: httpx.Client, path: str) -> None:
    page = ready.get(path)
    assert page.status_code == 200
    assert "style=" not in page.text
    assert page.headers["cache-control"] == "no-store"
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]+)"', page.text)}
    assert links
    cited = sorted(link for link in links if link.startswith("/documents/"))
    others = sorted(link for link in links if re.match(r"/(start|glossary|models|innovators|adopters|static)", link))
    for link in [*cited[:3], *others]:
        assert ready.get(link).status_code == 200, link
    weight = sum(len(ready.get(link).content) for link in others if link.startswith("/static/"))
    assert weight < 40_000


def test_the_timeline_is_a_picture_with_links(ready: httpx.Client) -> None:
    page = ready.get("/start").text
    assert page.count("<svg") == 2
    marks = re.findall(r'<a href="(/documents/[^"]+)" class="mark', page)
    assert len(marks) == 2 * len(ready.get("/api/v1/timeline").json()["events"])
    assert "<table>" in page


def test_a_library_that_says_nothing_says_so(own_site: httpx.Client) -> None:
    end = time.monotonic() + 120
    while not own_site.get("/api/v1/adopters/walsall").json()["ready"]:
        assert time.monotonic() < end
        time.sleep(0.2)
    assert "say nothing of Walsall" in own_site.get("/adopters/walsall").text
