"""Jobs outlive the process: what was waiting or in hand goes on at the next start."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from ingest.doctor import examine
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from tests.api.jobs import follow, names, reports, send
from tests.ingest.pdfs import report
from tests.serving import free_port, process_serving, serving


@contextmanager
def service(data_dir: Path) -> Iterator[tuple[httpx.Client, "subprocess.Popen[str]"]]:
    """`assistant serve` as a process of its own."""
    port = free_port()
    with (
        process_serving(data_dir, port) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client,
    ):
        yield client, process


@contextmanager
def served(settings: Settings, library: Library | None = None) -> Iterator[httpx.Client]:
    with serving(create_app(settings, library)) as url, httpx.Client(base_url=url, timeout=60) as site:
        yield site


@pytest.fixture
def data_dir(tmp_path: Path, programme: Programme) -> Path:
    """A library that is not empty: the service adds no starter documents to it."""
    folder = tmp_path / "library"
    with Library.open(IngestSettings(data_dir=folder), programme) as library:
        assert library.add_bytes("first.pdf", report("the first")).status == "added"
    return folder


def test_a_job_outlives_a_kill(data_dir: Path, programme: Programme) -> None:
    files = [(f"{n}.pdf", report(f"subject {n}")) for n in range(6)]
    with service(data_dir) as (site, process):
        job_id = send(site, *files)
        follow(site, job_id, lambda job: job["files"][2]["stage"] == "reading")
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert (data_dir / "uploads" / job_id).is_dir()
    with service(data_dir) as (site, process):
        job = follow(site, job_id)
        assert set(reports(job)) <= {"added", "unchanged"}
        assert reports(job)[3:] == ["added"] * 3
        assert names(site) == sorted(["first.pdf", *(name for name, _ in files)])
        process.terminate()
        assert process.wait() == 0
    assert [file.name for file in (data_dir / "uploads").iterdir()] == [".lock"]
    assert examine(IngestSettings(data_dir=data_dir), programme) == []


def test_a_stop_gives_up_the_file_in_hand_and_begins_it_again(data_dir: Path) -> None:
    with served(Settings(data_dir=data_dir)) as site:
        job_id = send(site, ("long.pdf", report("a long road", 60)), ("short.pdf", report("a short road")))
        follow(site, job_id, lambda job: job["files"][0]["stage"] is not None)
    (data_dir / "uploads" / "left over").mkdir()
    with served(Settings(data_dir=data_dir)) as site:
        assert reports(follow(site, job_id)) == ["added", "added"]
        assert names(site) == ["first.pdf", "long.pdf", "short.pdf"]
    assert [file.name for file in (data_dir / "uploads").iterdir()] == [".lock"]


def test_two_services_that_share_a_library_add_each_file_once(data_dir: Path, programme: Programme) -> None:
    """As with a Chroma server: one of them works on the queue, and the other takes over when that stops."""
    settings = Settings(data_dir=data_dir)
    with Library.open(settings, programme) as library, served(settings, library) as one:
        with served(settings, library) as two:
            ids = [send(site, (f"{n}.pdf", report(f"road {n}"))) for n, site in enumerate((one, two, one, two))]
            assert [reports(follow(two, job_id)) for job_id in ids] == [["added"]] * 4
        assert reports(follow(one, send(one, ("last.pdf", report("the last"))))) == ["added"]
