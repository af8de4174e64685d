"""The Chroma server and PostgreSQL stopped, slowed and started again: clear answers meanwhile, and nothing lost."""

import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import ingest.nearest
import ingest.store.postgres_link
import ingest.vectors
from api.app import create_app
from api.settings import Settings
from assistant.answerers import BY_WORDS
from ingest.doctor import examine
from ingest.programme import Programme
from ingest.settings import IngestSettings
from tests.api.conftest import problem
from tests.api.jobs import follow, names, reports, send
from tests.ingest.pdfs import make_pdf, report
from tests.servers import Servers
from tests.serving import serving
from tests.under_load import asking

HELD = "A family group conference was held within nine working days."
QUESTION = "Within how many working days was a family group conference held?"


@pytest.fixture
def given(servers: Servers, tmp_path: Path) -> dict[str, Any]:
    return {"data_dir": tmp_path / "machine", **servers.settings()}


@pytest.fixture
def site(given: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    monkeypatch.setattr(ingest.nearest, "REST", 0.5)
    monkeypatch.setattr(ingest.vectors, "KNOCK", 2.0)
    monkeypatch.setattr(ingest.vectors, "PATIENCE", 2.0)
    monkeypatch.setattr(ingest.store.postgres_link, "SILENCE", 1.0)
    monkeypatch.setattr(ingest.store.postgres_link, "REST", 0.5)
    monkeypatch.setattr("api.worker.RETRY", 0.2)
    with serving(create_app(Settings.model_validate(given))) as url, httpx.Client(base_url=url, timeout=60) as client:
        _until(lambda: client.get("/ready").status_code == 200)
        harbour = make_pdf(
            [["The Harbour project began.", HELD], ["The team meets on Mondays."]], "The Harbour project"
        )
        assert reports(follow(client, send(client, ("harbour.pdf", harbour)))) == ["added"]
        yield client


def _ask(site: httpx.Client) -> dict[str, Any]:
    response = site.post("/api/v1/ask", json={"question": QUESTION})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    assert answer["citations"][0]["quote"] == HELD
    return answer


def _is_sound(site: httpx.Client, given: dict[str, Any], programme: Programme) -> bool:
    """Once a question has been asked: that is when what the vectors missed is brought to them."""
    _ask(site)
    return examine(IngestSettings.model_validate(given), programme) == []


def _until(done: Any) -> None:
    for _ in range(300):
        if done():
            return
        threading.Event().wait(0.1)
    raise AssertionError("It did not come back")


@pytest.mark.parametrize("how", ["stopped", "frozen"])
def test_without_vectors_words_answer_and_say_so(
    how: str,
    site: httpx.Client,
    given: dict[str, Any],
    servers: Servers,
    programme: Programme,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert _ask(site)["notes"] == []
    if how == "frozen":
        with servers.chroma.frozen():
            _without_vectors(site, monkeypatch)
    else:
        servers.chroma.stop(signal.SIGKILL)
        _without_vectors(site, monkeypatch)
        servers.chroma.start()
    monkeypatch.setattr(ingest.nearest, "CHEAP", 0)
    _until(lambda: _ask(site)["notes"] == [])  # by itself, and with what was added meanwhile
    _until(lambda: _is_sound(site, given, programme))


def _without_vectors(site: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _ask(site)["notes"] == []  # so small a library is compared as a whole
    monkeypatch.setattr(ingest.nearest, "CHEAP", 0)
    answer = _ask(site)
    assert answer["notes"] == [BY_WORDS]
    assert answer["answer"].endswith(BY_WORDS)
    assert site.get("/api/v1/search", params={"q": "Harbour"}).json()["passages"]
    assert site.get("/ready").status_code == 200
    job = follow(site, send(site, ("night.pdf", report("night duty"))))
    assert reports(job) == ["added"]
    assert "vector index" in job["files"][0]["report"]["reason"]
    monkeypatch.undo()


@pytest.mark.parametrize("how", ["stopped", "frozen"])
def test_without_the_database_every_request_says_so(
    how: str, site: httpx.Client, given: dict[str, Any], servers: Servers, programme: Programme
) -> None:
    kept = _ask(site)
    if how == "frozen":
        with servers.postgres.frozen():
            _without_database(site)
    else:
        servers.postgres.stop()
        _without_database(site)
        servers.postgres.start()
    _until(lambda: site.get("/api/v1/documents").status_code == 200)
    assert _ask(site)["status"] == "answered"
    assert site.get(f"/api/v1/conversations/{kept['conversation_id']}").status_code == 200
    assert reports(follow(site, send(site, ("night.pdf", report("night duty"))))) == ["added"]
    _until(lambda: _is_sound(site, given, programme))


def _without_database(site: httpx.Client) -> None:
    for path in ("/api/v1/documents", "/api/v1/search?q=harbour", "/api/v1/conversations", "/api/v1/boards"):
        assert "Nothing is lost" in problem(site.get(path), 503), path
    assert problem(site.get("/ready"), 503)
    assert "Nothing is lost" in problem(site.post("/api/v1/ask", json={"question": QUESTION}), 503)
    files = [("files", ("late.pdf", report("too late")))]
    assert "Nothing is lost" in problem(site.post("/api/v1/documents", files=files), 503)
    with site.stream("POST", "/api/v1/chat", json={"question": QUESTION}) as response:
        told = "".join(response.iter_text())
        # Known to be away before the stream began, or found out within it
        assert "Nothing is lost" in told
        assert response.status_code == 503 or "event: error" in told
    assert site.get("/health").status_code == 200


@pytest.mark.parametrize("how", ["stopped", "frozen"])
def test_whatever_happens_under_load_nothing_is_lost(
    how: str, site: httpx.Client, given: dict[str, Any], servers: Servers, programme: Programme
) -> None:
    job_id = send(site, *((f"{n}.pdf", report(f"subject {n}")) for n in range(6)))
    with asking(3, site.base_url, _status) as told:
        follow(site, job_id, lambda job: job["counts"]["added"] > 1)
        for server in (servers.postgres, servers.chroma):
            if how == "frozen":
                with server.frozen():
                    threading.Event().wait(3)  # longer than anybody waits for it
            else:
                server.stop(signal.SIGQUIT if server is servers.postgres else signal.SIGKILL)  # as when the power goes
                threading.Event().wait(1)
                server.start()
        _until(lambda: site.get("/api/v1/documents").status_code == 200)
        told.next("200", 3)
    assert set(told.counts) <= {"200", "503"}, told.counts
    job = follow(site, job_id)
    assert set(reports(job)) <= {"added", "unchanged"}
    assert names(site) == sorted(["harbour.pdf", *(f"{n}.pdf" for n in range(6))])
    _until(lambda: _is_sound(site, given, programme))


def _status(client: httpx.Client) -> str:
    return f"{client.post('/api/v1/ask', json={'question': QUESTION}).status_code}"
