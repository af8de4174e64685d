"""Several processes on one library on servers: what one does the others see, and what one drops another takes up."""

import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.queue import queue_of
from api.settings import Settings
from api.worker import Worker
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from ingest.timing import Timing
from tests.api.jobs import Job, follow, names, reports, send
from tests.api.office import command, said
from tests.ingest.pdfs import make_pdf, report
from tests.servers import Servers
from tests.serving import free_port, serving

HELD = "A family group conference was held within nine working days."
QUESTION = "Within how many working days was a family group conference held?"
LONG = report("a very long journey", 120)


@dataclass
class Office:
    """Two services, one of them a process of its own, and a worker that is one too."""

    settings: dict[str, str]
    here: httpx.Client
    there: httpx.Client
    folder: Path


@pytest.fixture(scope="module")
def office(servers: Servers, tmp_path_factory: pytest.TempPathFactory, programme: Programme) -> Iterator[Office]:
    settings, folder = servers.settings(), tmp_path_factory.mktemp("office")
    with Library.open(_ingest(settings, folder / "first"), programme) as library:
        library.add_bytes("harbour.pdf", make_pdf([["The Harbour project began.", HELD]], "The Harbour project"))
    port = free_port()
    serves, here = settings | {"ingest": "workers"}, folder / "here"
    app = create_app(Settings.model_validate({"data_dir": here, **serves}))
    with (
        command(folder / "there", serves, "serve", "--port", str(port)) as process,
        serving(app) as url,
        httpx.Client(base_url=url, timeout=60) as one,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as other,
    ):
        said(process, "Serving on")
        yield Office(settings, one, other, folder)


def _ingest(settings: dict[str, str], folder: Path) -> IngestSettings:
    return IngestSettings.model_validate({"data_dir": folder, **settings})


def _is_in_hand(job: Job) -> bool:
    return bool(job["files"][0]["state"] == "running")


def test_a_conversation_goes_on_wherever_it_is_asked(office: Office) -> None:
    first = office.here.post("/api/v1/ask", json={"question": QUESTION}).json()
    assert first["status"] == "answered", first
    follow_up = {"question": "And who held it?", "conversation_id": first["conversation_id"]}
    assert office.there.post("/api/v1/ask", json=follow_up).status_code == 200
    kept = office.here.get(f"/api/v1/conversations/{first['conversation_id']}").json()
    assert [message["role"] for message in kept["messages"]] == ["user", "assistant"] * 2


def test_a_file_goes_from_a_service_to_a_worker_and_is_found_everywhere(office: Office, programme: Programme) -> None:
    job_id = send(office.here, ("night.pdf", report("night duty")), ("empty.pdf", b""))
    job = office.there.get(f"/api/v1/jobs/{job_id}").json()
    assert job["state"] == "waiting"  # neither of the services reads anything itself
    assert not (office.folder / "here" / "uploads" / job_id).exists()
    with command(office.folder / "worker", office.settings, "work") as worker:
        assert reports(follow(office.there, job_id, seconds=200)) == ["added", "failed"]
        assert worker.poll() is None
    for service in (office.here, office.there):
        assert "night.pdf" in names(service)
        found = service.get("/api/v1/search", params={"q": "night duty"}).json()["passages"]
        assert found[0]["file_name"] == "night.pdf"
        page = service.get(f"/api/v1/documents/{found[0]['document_id']}/pages/1.png")
        assert page.headers["content-type"] == "image/png"
    document = found[0]["document_id"]
    copies = office.folder / "here" / "copies"
    assert any(copies.iterdir())
    assert office.there.delete(f"/api/v1/documents/{document}").status_code == 204
    assert office.here.get(f"/api/v1/documents/{document}/pages/1").status_code == 410
    assert (
        office.here.get("/api/v1/search", params={"q": "night duty"}).json()["passages"][0]["file_name"] != "night.pdf"
    )
    _until(lambda: not list(copies.iterdir()))  # what was removed there goes here too


def test_what_a_dead_worker_had_in_hand_is_taken_up(office: Office, programme: Programme) -> None:
    job_id = send(office.here, ("long.pdf", LONG))
    with command(office.folder / "worker", office.settings, "work") as worker:
        follow(office.there, job_id, _is_in_hand)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert office.here.get(f"/api/v1/jobs/{job_id}").json()["files"][0]["stage"] is None
    with Library.open(_ingest(office.settings, office.folder / "second"), programme) as library:
        worker_here = Worker(library, queue_of(library), Timing())
        assert reports(follow(office.there, job_id, seconds=200)) == ["added"]
        assert "long.pdf" in names(office.here)

        again = send(office.here, ("longer.pdf", report("another long journey", 120)))
        follow(office.there, again, _is_in_hand)
        office.there.delete(f"/api/v1/jobs/{again}")
        assert follow(office.here, again, seconds=30)["state"] == "cancelled"
        assert "longer.pdf" not in names(office.there)
        worker_here.stop()
        with library.connect() as connection:
            left = [
                connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in ("uploads", "hands")
            ]
        assert left == [0, 0]


def _until(done: object) -> None:
    import time

    assert callable(done)
    for _ in range(200):
        if done():
            return
        time.sleep(0.1)
    raise AssertionError("It did not happen")
