"""Of very many documents the page Library shows some at a time, and the service finds the rest."""

import re
import time

import httpx
import pytest


@pytest.fixture
def many(own_site: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> httpx.Client:
    """A page that shows two documents at once, of a library of three."""
    monkeypatch.setattr("api.shelves.SHOWN", 2)
    names = ("alder.md", "birch.md", "cedar.md")
    parts = [("files", (name, f"# The {name[:-3]} report\n\nThe {name[:-3]} team met families.\n")) for name in names]
    job = own_site.post("/api/v1/documents", files=parts).json()["job_id"]
    while own_site.get(f"/api/v1/jobs/{job}").json()["state"] != "done":
        time.sleep(0.05)
    return own_site


def _shown(page: httpx.Response) -> list[str]:
    assert page.status_code == 200
    return re.findall(r"<h3><a [^>]*>The (\w+) report</a>", page.text)


def test_the_list_goes_on_where_it_stopped(many: httpx.Client) -> None:
    first = many.get("/library")
    assert "3 documents" in first.text
    assert "1 to 2 of 3" in first.text
    further = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert further is not None
    second = many.get(further[1].replace("&amp;", "&"))
    assert sorted(_shown(first) + _shown(second)) == ["alder", "birch", "cedar"]
    assert 'rel="prev"' in second.text
    assert 'rel="next"' not in second.text


def test_words_are_looked_for_in_all_documents(many: httpx.Client) -> None:
    last = many.get("/library", params={"from": 2, "part": 1})
    [name] = _shown(last)
    found = many.get("/library", params={"find": f"REPORT {name}", "part": 1})
    assert _shown(found) == [name]
    assert f"1 with “REPORT {name}”" in found.text
    nothing = many.get("/library", params={"find": "<b>nobody</b>"})
    assert _shown(nothing) == []
    assert "0 with “&lt;b&gt;nobody&lt;/b&gt;”" in nothing.text


def test_a_place_behind_the_end_is_the_beginning(many: httpx.Client) -> None:
    assert _shown(many.get("/library", params={"from": 1000})) == _shown(many.get("/library"))


def test_the_interface_gives_documents_in_parts_and_says_how_many_there_are(many: httpx.Client) -> None:
    whole = many.get("/api/v1/documents").json()
    assert whole["total"] == len(whole["documents"]) == 3
    assert many.get("/api/v1/documents", params={"limit": 0}).json() == {"documents": [], "total": 3}
    part = many.get("/api/v1/documents", params={"limit": 2, "offset": 2}).json()
    assert part == {"documents": whole["documents"][2:], "total": 3}
