"""A language model's service that stops, slows and comes back while several ask: nobody is left without an answer."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.programme import load_programme
from tests import behaviours as does
from tests.endpoints import MODEL, serving_model
from tests.ingest.pdfs import make_pdf
from tests.replies import replying
from tests.serving import free_port, serving
from tests.under_load import asking

HELD = "The hub has nine beds and a team of four key workers."
QUESTION = "How many beds does the hub have?"
GOOD = does.says(replying("The hub has nine beds."))
PEOPLE = 4


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def site(tmp_path: Path, port: int) -> Iterator[httpx.Client]:
    settings = Settings(
        data_dir=tmp_path / "library",
        llm_base_url=f"http://127.0.0.1:{port}/v1",
        llm_model=MODEL,
        llm_silence=2,
        llm_timeout=6,
        llm_at_once=PEOPLE,
    )
    with Library.open(settings, load_programme()) as library:
        assert library.add_bytes("hub.pdf", make_pdf([[HELD]], "The hub")).status == "added"
        with serving(create_app(settings, library)) as url, httpx.Client(base_url=url, timeout=60) as client:
            yield client


def ask(http: httpx.Client) -> str:
    """Who wrote the answer; whoever it was, its quote is the page's."""
    answer = http.post("/api/v1/ask", json={"question": QUESTION}).raise_for_status().json()
    assert answer["status"] == "answered"
    assert "nine beds" in answer["answer"]
    assert {one["quote"] for one in answer["citations"]} == {HELD}
    assert (answer["answerer"] == "quotes") == (answer["fallback"] is not None)
    return str(answer["answerer"])


def test_it_stops_slows_and_comes_back(site: httpx.Client, port: int) -> None:
    with asking(PEOPLE, site.base_url, ask) as told:
        told.next("quotes", PEOPLE)  # it is not there yet
        with serving_model(GOOD, port=port) as model:
            told.next("llm", PEOPLE)
            model.now(does.stalls_after(""))
            told.next("quotes", PEOPLE)
            model.now(GOOD)
            told.next("llm", PEOPLE)
            model.now(does.stalls_after(replying("The hub has nine", part=slice(-4))))
            told.next("quotes", PEOPLE)
        told.next("quotes", PEOPLE)  # stopped, with requests on their way
        with serving_model(GOOD, port=port):
            told.next("llm", PEOPLE)
    assert set(told.counts) == {"llm", "quotes"}


def test_a_stream_under_way_ends_in_quotes_when_it_stops(site: httpx.Client, port: int) -> None:
    told: list[str] = []
    with (
        serving_model(does.stalls_after(""), port=port) as model,
        site.stream("POST", "/api/v1/chat", json={"question": QUESTION}) as stream,
    ):
        for line in stream.iter_lines():
            told.append(line)
            if model.at_once:
                model.over.set()
    assert "event: done" in told
    assert HELD in "\n".join(told)
