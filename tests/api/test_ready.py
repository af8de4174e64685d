"""/ready tells the truth: which parts do their work, whether questions are answered, and when all is well again."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from api.app import create_app
from api.health import HealthBook
from api.service import Service
from api.settings import Settings
from ingest.library import Library
from ingest.programme import Programme
from tests.api.conftest import problem
from tests.api.telemetry.process import until
from tests.ingest.pdfs import report
from tests.serving import serving

Site = tuple[httpx.Client, Service, Library]


@pytest.fixture
def own(tmp_path: Path, programme: Programme, request: pytest.FixtureRequest) -> Iterator[Site]:
    settings = Settings.model_validate({"data_dir": tmp_path / "library", **getattr(request, "param", {})})
    with Library.open(settings, programme) as library:
        library.add_bytes("team.pdf", report("family meetings"))
        app = create_app(settings, library)
        with serving(app) as url, httpx.Client(base_url=url, timeout=60) as client:
            until(lambda: client.get("/ready").status_code == 200)
            yield client, app.state.service, library


def ready(site: httpx.Client) -> dict[str, object]:
    time.sleep(1.1)  # an answer stands for a second
    told: dict[str, object] = site.get("/ready").raise_for_status().json()
    return told


def up(site: httpx.Client, part: str) -> str:
    lines = site.get("/metrics").text.splitlines()
    return next(line for line in lines if line.startswith(f'assistant_part_up{{part="{part}"}}')).split()[-1]


def test_all_is_well_until_the_worker_stops(own: Site) -> None:
    site, service, _ = own
    assert ready(site)["parts"] == dict.fromkeys(("model", "database", "vectors", "worker"), "ok")
    assert ready(site)["status"] == "ready"
    service.jobs.stop()
    told = ready(site)
    assert told["status"] == "degraded"
    assert "worker" in str(told["parts"])
    assert up(site, "worker") == "0.0"
    assert site.post("/api/v1/ask", json={"question": "What is page 2 about?"}).json()["status"] == "answered"


def test_a_database_that_fails_is_told_and_its_return_too(own: Site) -> None:
    site, _, library = own
    with library.begin() as connection:
        connection.execute(text("ALTER TABLE chunks RENAME TO away"))
    time.sleep(1.1)
    said = problem(site.get("/ready"), 503)
    assert "database" in said
    assert "/" not in said  # anybody may ask this
    assert up(site, "database") == "0.0"
    assert "assistant_documents" not in site.get("/metrics").text
    assert site.get("/health").json() == {"status": "ok"}
    with library.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO chunks"))
    assert ready(site)["status"] == "ready"
    assert up(site, "database") == "1.0"


@pytest.mark.parametrize("own", [{"chroma_url": "http://127.0.0.1:9"}], indirect=True)
def test_without_vectors_it_is_ready_and_says_what_is_less(own: Site) -> None:
    site, _, _ = own
    told = ready(site)
    assert told["status"] == "degraded"
    assert "127.0.0.1:9" not in str(told)  # anybody may ask this
    assert up(site, "vectors") == "0.0"
    assert up(site, "database") == "1.0"
    assert site.post("/api/v1/ask", json={"question": "What is page 2 about?"}).json()["status"] == "answered"


def test_a_part_that_hangs_hides_no_other() -> None:
    over = threading.Event()

    def hang() -> None:
        assert over.wait(60)

    book = HealthBook({"database": hang, "vectors": lambda: "Gone.", "model": lambda: None})
    try:
        told = {part.name: part.trouble for part in book.look().parts}
        assert told["vectors"] == "Gone."
        assert told["model"] is None
        assert "not answered" in str(told["database"])
        assert book.look().status == "not ready"
        over.set()
        until(lambda: book.look().status == "degraded")
    finally:
        over.set()
        book.close()
