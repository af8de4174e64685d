"""What is built is whole: installed elsewhere, without the checkout, it serves the page and answers."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from tests.api.telemetry.process import until
from tests.ingest.pdfs import report
from tests.serving import ROOT, free_port

PACKAGES = ("ingest", "assistant", "api", "corpus", "evals")


def _tracked(*folders: str) -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so there is no list of tracked files")
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", *folders], capture_output=True, check=True
    ).stdout
    return [name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of the tracked files, so that nothing else can slip in."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in _tracked(*PACKAGES, "pyproject.toml", "README.md", "LICENSE"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        os.link(ROOT / name, source / name)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(out), str(source)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel's contents and nothing else; the dependencies are those of this environment."""
    folder = tmp_path_factory.mktemp("installed")
    quiet = ["--no-deps", "--no-index", "--disable-pip-version-check", "-q"]
    subprocess.run([sys.executable, "-m", "pip", "install", *quiet, "--target", str(folder), str(wheel)], check=True)
    return folder


def test_every_file_is_in_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        held = set(packed.namelist())
    assert not set(_tracked(*PACKAGES)) - held
    assert not [name for name in held if name.startswith("tests/") or name.endswith((".pyc", ".env"))]


def test_it_serves_from_another_folder(installed: Path, tmp_path: Path, programme: Programme) -> None:
    data_dir, port = tmp_path / "library", free_port()
    with Library.open(IngestSettings(data_dir=data_dir), programme) as library:
        library.add_bytes("night.pdf", report("night duty"))
    environment = {"PATH": "", "PYTHONPATH": str(installed), "ASSISTANT_DATA_DIR": str(data_dir)}
    where = subprocess.run(
        [sys.executable, "-c", "import api, ingest; print(api.__path__[0], ingest.__path__[0])"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.split() == [str(installed / "api"), str(installed / "ingest")]
    command = [sys.executable, str(installed / "bin" / "assistant"), "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, cwd=tmp_path) as process:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as site:
                until(lambda: _is_ready(site), process, seconds=200)
                _look_around(site)
        finally:
            process.terminate()
    assert process.returncode == 0


def _look_around(site: httpx.Client) -> None:
    page = site.get("/")
    assert page.status_code == 200
    assert "/static/js/main.js" in page.text
    for name in ("js/main.js", "css/base.css", "icon.svg"):
        assert site.get(f"/static/{name}").status_code == 200
    assert len(site.get("/api/v1/programme").json()["models"]) > 0  # from corpus/programme.toml
    sent = site.post("/api/v1/documents", files=[("files", ("kinship.pdf", report("kinship care")))])
    assert sent.status_code == 202
    until(lambda: len(site.get("/api/v1/documents").json()["documents"]) == 2)  # read by a child process of the wheel's
    answer = site.post("/api/v1/ask", json={"question": "What is page 2 about?"}).json()
    assert answer["status"] == "answered"


def _is_ready(site: httpx.Client) -> bool:
    try:
        return site.get("/ready").status_code == 200
    except httpx.TransportError:
        return False
