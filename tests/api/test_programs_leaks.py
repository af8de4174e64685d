"""Other programs are answered with what their person may see: closed documents leave no trace by any protocol."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.programme import Programme
from tests.api.test_collections_leaks import ASKED
from tests.asynchronous import finished
from tests.closed import CLOSED, leaks, with_and_without, with_people
from tests.serving import serving

KINSHIP = "How many kinship placements did Norfolk begin with?"
DRAWN = re.compile(r'"(?:id|created)": ?(?:"chatcmpl-\w+"|\d+)|http://127\.0\.0\.1:\d+')


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory, programme: Programme) -> Iterator[tuple[Library, Library]]:
    with with_and_without(tmp_path_factory.mktemp("closed"), programme) as both:
        yield both


@pytest.fixture(scope="module")
def closed(libraries: tuple[Library, Library]) -> str:
    return next(record.id for record in libraries[1].documents() if record.collection == CLOSED)


@pytest.fixture(scope="module")
def sites(libraries: tuple[Library, Library], tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    apps = [with_people(create_app(Settings(data_dir=tmp_path_factory.mktemp("no")), one)) for one in libraries]
    with serving(apps[0]) as first, serving(apps[1]) as second:
        for app in apps:
            app.state.service.readiness.ready_or_raise()
            assert app.state.service.gallery.background.is_done(60)
        yield [first, second]


def completed(site: str, question: str, person: str = "reader", **more: Any) -> str:
    body = {"model": "assistant", "messages": [{"role": "user", "content": question}], **more}
    answer = httpx.post(f"{site}/v1/chat/completions", json=body, headers={"x-person": person}, timeout=60)
    assert answer.status_code == 200, answer.text
    return DRAWN.sub("", answer.text)


def called(site: str, person: str, *calls: tuple[str, dict[str, Any]]) -> list[str]:
    """What tools say, and what the list of documents says."""

    async def talk() -> list[str]:
        async with (
            httpx2.AsyncClient(headers={"x-person": person}, timeout=60) as http,
            Client(streamable_http_client(f"{site}/mcp", http_client=http)) as client,
        ):
            told = [await client.call_tool(name, arguments) for name, arguments in calls]
            listed = await client.read_resource("assistant://documents")
            return [DRAWN.sub("", one.model_dump_json()) for one in (*told, listed)]

    return finished(talk())


@pytest.mark.parametrize("question", [*ASKED[:4], KINSHIP])
def test_a_completion_is_the_same_as_without_closed_documents(sites: list[str], question: str) -> None:
    for stream in (False, True):
        without, having = (completed(site, question, stream=stream) for site in sites)
        assert without == having
        assert not leaks(having.replace(question, "").encode())


def test_tools_tell_the_same_as_without_closed_documents(sites: list[str], closed: str) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [("ask", {"question": KINSHIP}), ("ask", {"question": ASKED[1]})]
    calls += [("search", {"query": word}) for word in ("Zzyzx", "7,391", "Norfolk")]
    calls += [("examples", {"words": words}) for words in ("", "flibbertigibbet")]
    calls += [("search", {"query": "Norfolk", "filters": {"documents": [closed]}})]
    calls += [("open_page", {"document_id": closed, "page": 1})]
    without, having = (called(site, "reader", *calls) for site in sites)
    assert without == having
    assert not leaks("".join(having).encode())


def test_who_may_see_them_is_answered_from_them(sites: list[str], closed: str) -> None:
    """The tests above would pass where nobody finds anything."""
    for person in ("kin", "steward"):
        assert "7,391" in completed(sites[1], KINSHIP, person)
        told = called(
            sites[1], person, ("search", {"query": "Zzyzx"}), ("open_page", {"document_id": closed, "page": 1})
        )
        assert all(leaks(one.encode()) for one in told)
