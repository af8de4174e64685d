"""What somebody may not see is not there: in no page, picture, count, suggestion or answer, and not in the work.

The same requests go to a library with closed documents and to one that never had them; the answers must be the same.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from itertools import product

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import api.routes
from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.programme import Programme
from tests.closed import CANARIES, CLOSED, FILES, leaks, steady, with_and_without, with_people
from tests.serving import serving

NOTHING_MORE: frozenset[str] = frozenset()
VOLATILE = ("date", "content-length", "x-request-id")
SKIPPED = ("/metrics",)  # counts what the process does, for whoever runs it
ASKED = (
    "What is No Wrong Door?",
    "When did Norfolk begin?",
    "How many family group conferences did Leeds hold?",
    "What did the Zzyzx council do?",
    "What is a flibbertigibet?",  # as a misspelling of what only a closed document says
    "Who is Quentin Vauxhall-Trent?",
    "What did Rochdale do?",
    "How many kinship placements were there?",
)
ADDRESSES = (
    *(f"/api/v1/search?q={word}" for word in (*CANARIES, "Norfolk", "family group conference")),
    *(f"/api/v1/examples?q={word}" for word in ("zzyzx", "social worker", "7,391")),
    *(f"/examples?q={word}" for word in ("zzyzx", "first year")),
    *(f"/api/v1/conversations?q={word}" for word in ("zzyzx", "Norfolk")),
    "/api/v1/documents?state=all",
    "/library?part=1",
    f"/api/v1/filters?collection={CLOSED}",
    f"/api/v1/suggestions?collection={CLOSED}",
)


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory, programme: Programme) -> Iterator[tuple[Library, Library]]:
    with with_and_without(tmp_path_factory.mktemp("closed"), programme) as both:
        yield both


@pytest.fixture(scope="module")
def closed(libraries: tuple[Library, Library]) -> list[str]:
    return [record.id for record in libraries[1].documents() if record.collection == CLOSED]


@pytest.fixture(scope="module")
def sites(libraries: tuple[Library, Library], tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[httpx.Client]]:
    apps = [with_people(create_app(Settings(data_dir=tmp_path_factory.mktemp("no")), one)) for one in libraries]
    with serving(apps[0]) as first, serving(apps[1]) as second:
        clients = [httpx.Client(base_url=url, timeout=120) for url in (first, second)]
        for app, client in zip(apps, clients, strict=True):
            made_ready(app)
            for question in ASKED[:2]:  # kept by a person who sees no closed documents
                client.post("/api/v1/ask", json={"question": question})
        yield clients
        for client in clients:
            client.close()


def made_ready(app: FastAPI) -> None:
    """What is derived in the background is there."""
    service = app.state.service
    service.readiness.ready_or_raise()
    service.suggestions.prepare()
    assert service.guide.guide(120, NOTHING_MORE) is not None
    assert service.gallery.background.is_done(60)
    assert service.guide.is_read(60)


def addresses(site: httpx.Client, ids: list[str]) -> list[str]:
    """Every address that can be read, for each of these documents and whatever else stands in an address."""
    schema = site.get("/api/v1/openapi.json").json()
    paths = [path for path, methods in schema["paths"].items() if "get" in methods]
    for module in pkgutil.iter_modules(api.routes.__path__):
        routes = importlib.import_module(f"api.routes.{module.name}").router.routes
        paths += [route.path for route in routes if "GET" in route.methods and not route.include_in_schema]
    assert len(paths) > 40, paths
    values = {
        "document_id": ids,
        "n": ["1"],
        "entity_id": ["norfolk", "leeds", "no-wrong-door"],
        "board_id": ["default"],
    }
    found: list[str] = list(ADDRESSES)
    for path in dict.fromkeys(paths):
        names = re.findall(r"{(\w+)}", path)
        for chosen in product(*(values.get(name, ["0"]) for name in names)):
            found.append(path.format(**dict(zip(names, chosen, strict=True))))
    return [path for path in found if not path.startswith(SKIPPED)]


def read(site: httpx.Client, path: str, **headers: str) -> tuple[int, dict[str, str], bytes | str]:
    got = site.get(path, headers=headers)
    told = {name: value for name, value in got.headers.items() if name not in VOLATILE}
    if path.endswith("/file"):  # of the copy's own age
        told = {name: value for name, value in told.items() if name not in ("etag", "last-modified")}
    text = got.headers.get("content-type", "").split(";")[0] != "image/png"
    return got.status_code, told, steady(got.text) if text else got.content


def test_a_reader_is_answered_as_if_closed_documents_had_never_been_there(
    sites: list[httpx.Client], closed: list[str], libraries: tuple[Library, Library]
) -> None:
    """Every address there is, with the ids of open and of closed documents."""
    without, having = sites
    ids = [record.id for record in libraries[0].documents()] + closed
    different = [path for path in addresses(having, ids) if read(without, path) != read(having, path)]
    assert not different
    seen = [path for path in addresses(having, ids) if read(having, path)[0] == 200]
    assert len(seen) > 60, "too few addresses show anything"
    silent = [path for path in seen if "?q=" not in path]  # a page may say the words again that it was asked for
    told = {path: found for path in silent if (found := leaks(having.get(path).content))}
    assert not told


def test_a_closed_document_is_unknown_and_not_forbidden(sites: list[httpx.Client], closed: list[str]) -> None:
    for document in closed:
        for path in ("", "/file", "/pages/1", "/pages/1.png", "/answers"):
            got = sites[1].get(f"/api/v1/documents/{document}{path}")
            unknown = sites[1].get(f"/api/v1/documents/{'0' * 16}{path}")
            told = steady(got.text.replace(document, "0" * 16))
            assert (got.status_code, told) == (404, steady(unknown.text))
        assert sites[1].get(f"/api/v1/documents/{document}", headers={"x-person": "kin"}).status_code == 200


@pytest.mark.parametrize("question", ASKED)
def test_an_answer_is_the_same_as_without_closed_documents(sites: list[httpx.Client], question: str) -> None:
    without, having = (site.post("/api/v1/ask", json={"question": question}) for site in sites)
    assert steady(without.text) == steady(having.text)
    assert not leaks(having.content.replace(question.encode(), b""))
    streams = [site.post("/api/v1/chat", json={"question": question}).text for site in sites]
    assert steady(streams[0]) == steady(streams[1])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(sorted({*" ".join(FILES.values()).split(), *CANARIES, "zzyxz", "councel", "placments"})),
        min_size=1,
        max_size=6,
    )
)
def test_words_of_any_kind_find_the_same(sites: list[httpx.Client], words: list[str]) -> None:
    query = " ".join(words)
    without, having = (site.get("/api/v1/search", params={"q": query, "insist": True}) for site in sites)
    assert steady(without.text) == steady(having.text)
    without, having = (site.post("/api/v1/ask", json={"question": f"What of {query}?"}) for site in sites)
    assert steady(without.text) == steady(having.text)


def test_who_may_see_a_collection_is_answered_from_it(sites: list[httpx.Client], closed: list[str]) -> None:
    """The tests above would pass where nobody finds anything."""
    question = {"question": "How many kinship placements did Norfolk begin with?"}
    for person in ("kin", "steward"):
        answer = sites[1].post("/api/v1/ask", json=question, headers={"x-person": person}).json()
        assert "7,391" in answer["answer"], person
        assert {cited["document_id"] for cited in answer["citations"]} & set(closed)
        options = sites[1].get("/api/v1/filters", headers={"x-person": person}).json()["collections"]
        assert [one["name"] for one in options] == ["Everybody", "Kinship team"]
    assert sites[1].get("/api/v1/filters").json()["collections"] == []
