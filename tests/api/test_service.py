"""Starting, being ready, and the commands `serve`, `ask` and `search` as separate processes."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.programme import load_programme
from ingest.settings import IngestSettings
from tests.api.conftest import problem
from tests.ingest.pdfs import report
from tests.serving import free_port, serving

ROOT = Path(__file__).resolve().parents[2]


def run(data_dir: Path, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "api.cli", *arguments]
    environment = {"PATH": "", "PYTHONPATH": str(ROOT), "ASSISTANT_DATA_DIR": str(data_dir), **settings}
    return subprocess.run(command, env=environment, cwd=data_dir.parent, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of one document, held open by this process."""
    settings = IngestSettings(data_dir=tmp_path_factory.mktemp("small") / "library")
    with Library.open(settings, load_programme()) as library:
        assert library.add_bytes("team.pdf", report("family meetings", 3)).status == "added"
        yield library


def test_health_is_told_at_once_and_readiness_in_time(site: httpx.Client) -> None:
    assert site.get("/health").json() == {"status": "ok"}
    for _ in range(600):
        ready = site.get("/ready")
        if ready.status_code == 200:
            break
        problem(ready, 503)
        time.sleep(0.1)
    assert ready.json()["documents"] == 3
    assert ready.json()["chunks"] > 100


def test_a_missing_model_is_told_by_ready_and_stops_nothing_else(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "library", embedding_model=str(tmp_path / "nowhere"))
    with serving(create_app(settings)) as url, httpx.Client(base_url=url) as client:
        assert client.get("/health").status_code == 200
        for _ in range(100):
            said = problem(client.get("/ready"), 503)
            if "ASSISTANT_EMBEDDING_MODEL" in said:
                break
            time.sleep(0.1)
        assert "ASSISTANT_EMBEDDING_MODEL" in said
        assert client.get("/api/v1/documents").json() == {"documents": [], "total": 0}


def test_a_second_process_is_refused_in_one_sentence(small: Library) -> None:
    done = run(small.settings.data_dir, "serve", "--port", str(free_port()))
    assert done.returncode == 1
    assert "is using the library" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_busy_port_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(tmp_path / "library", "serve", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port}" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(("arguments", "settings"), [(["--host", "0.0.0.0"], {}), ([], {"ASSISTANT_HOST": "10.0.0.1"})])
def test_an_open_door_is_refused(tmp_path: Path, arguments: list[str], settings: dict[str, str]) -> None:
    done = run(tmp_path / "library", "serve", *arguments, **settings)
    assert done.returncode == 1
    assert "ASSISTANT_API_KEYS" in done.stderr
    assert not (tmp_path / "library").exists()


def test_questions_can_be_asked_beside_a_running_service(small: Library) -> None:
    folder = small.settings.data_dir
    asked = run(folder, "ask", "What is page 2 about?", "--json")
    assert asked.returncode == 0, asked.stderr
    answer = json.loads(asked.stdout)
    assert {"status", "answer", "citations", "passages", "timings_ms"} <= set(answer)
    found = run(folder, "search", "family meetings", "--limit", "2", "--json")
    assert 1 <= len(json.loads(found.stdout)["passages"]) <= 2


def test_answers_in_the_terminal_name_their_pages(small: Library) -> None:
    told = run(small.settings.data_dir, "search", "family meetings")
    assert told.returncode == 0, told.stderr
    assert "PDF page" in told.stdout
    asked = run(small.settings.data_dir, "ask", "What do the social workers plan together?")
    assert asked.returncode == 0, asked.stderr
    assert "PDF page" in asked.stdout


@pytest.mark.parametrize("question", ["", "why " * 750])
def test_questions_in_the_terminal_must_have_a_length(small: Library, question: str) -> None:
    done = run(small.settings.data_dir, "ask", question)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_empty_library_takes_in_the_starter_documents(tmp_path: Path) -> None:
    port = free_port()
    environment = {"PATH": "", "PYTHONPATH": str(ROOT), "ASSISTANT_DATA_DIR": str(tmp_path / "library")}
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            lines = iter(process.stderr.readline, "")
            said = next(line for line in lines if "Serving on" in line)
            assert f"http://127.0.0.1:{port}" in said
            assert len(httpx.get(f"http://127.0.0.1:{port}/api/v1/documents", timeout=60).json()["documents"]) == 3
        finally:
            process.terminate()
    assert process.returncode == 0
