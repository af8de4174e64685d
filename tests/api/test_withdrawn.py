"""What the documents did not prove is left out, and their own sentences on the question stand in its place."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.programme import load_programme
from tests import behaviours as does
from tests.endpoints import MODEL, Endpoint, serving_model
from tests.ingest.pdfs import make_pdf
from tests.replies import replying
from tests.serving import serving

BEDS, WORKERS = (
    "The Harbour hub has nine beds for young people.",
    "The Harbour hub has four key workers for young people.",
)
QUESTION = "How many beds and how many key workers does the Harbour hub have?"
TRUE, FALSE = "The hub has nine beds.", "The hub has twelve key workers."


@pytest.fixture(scope="module")
def model() -> Iterator[Endpoint]:
    with serving_model(does.says(replying(TRUE))) as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def site(model: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("withdrawn"), llm_base_url=model.url, llm_model=MODEL)
    with Library.open(settings, load_programme()) as library:
        assert library.add_bytes("hub.pdf", make_pdf([[BEDS], [WORKERS]], "The hub")).status == "added"
        with serving(create_app(settings, library)) as url, httpx.Client(base_url=url, timeout=60) as client:
            yield client


def ask(site: httpx.Client) -> dict[str, Any]:
    answer: dict[str, Any] = site.post("/api/v1/ask", json={"question": QUESTION}).raise_for_status().json()
    return answer


def told(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["text"], one["support"]) for one in answer["statements"]]


def test_a_quote_stands_in_for_what_was_withdrawn(site: httpx.Client, model: Endpoint) -> None:
    assert told(site.post("/api/v1/ask", json={"question": QUESTION, "answerer": "quotes"}).json()) == [
        (BEDS, "verbatim"),
        (WORKERS, "verbatim"),
    ]
    model.now(does.says(replying(TRUE, FALSE)))
    answer = ask(site)
    assert told(answer) == [(TRUE, "verified"), (WORKERS, "verbatim")]
    assert (answer["answerer"], answer["withdrawn"]) == ("llm", 1)
    cited = {one["number"]: one for one in answer["citations"]}
    assert [[cited[n]["quote"] for n in one["citations"]] for one in answer["statements"]] == [[BEDS], [WORKERS]]
    for one in cited.values():
        text = site.get(f"/api/v1/documents/{one['document_id']}/pages/{one['page']}").json()["text"]
        assert text[one["start"] : one["end"]] == one["quote"]


def test_nothing_stands_in_where_nothing_was_withdrawn_or_all_is_said(site: httpx.Client, model: Endpoint) -> None:
    model.now(does.says(replying(TRUE)))
    assert told(ask(site)) == [(TRUE, "verified")]
    model.now(does.says(replying(TRUE, "The hub has four key workers.", FALSE)))
    assert told(ask(site)) == [(TRUE, "verified"), ("The hub has four key workers.", "verified")]


def test_a_stream_tells_it_as_a_statement_of_its_own(site: httpx.Client, model: Endpoint) -> None:
    model.now(does.says(replying(TRUE, FALSE)))
    with site.stream("POST", "/api/v1/chat", json={"question": QUESTION}) as stream:
        lines = [line for line in stream.iter_lines() if line]
    events = [
        (name.removeprefix("event: "), json.loads(data.removeprefix("data: ")))
        for name, data in zip(lines[::2], lines[1::2], strict=False)
        if name.startswith("event: ") and data.startswith("data: ")
    ]
    texts = "".join(data.get("text", "") for name, data in events if name == "delta")
    assert TRUE in texts
    assert WORKERS in texts
    assert told(dict(events)["done"]) == [(TRUE, "verified"), (WORKERS, "verbatim")]
