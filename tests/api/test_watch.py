"""The watched folder, as a command and in the running service."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from tests.api.jobs import names
from tests.ingest.pdfs import report
from tests.serving import serving

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    return tmp_path / "in"


def start(data_dir: Path, *arguments: str | Path) -> "subprocess.Popen[str]":
    environment = os.environ | {"ASSISTANT_DATA_DIR": str(data_dir)}
    command = [sys.executable, "-m", "api.cli", "watch", *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.fixture
def rows(folder: Path, tmp_path: Path) -> Iterator[Iterator[tuple[str, str]]]:
    """(status, file name) of each line that `assistant watch --json` prints; at the end it is stopped by Ctrl+C."""
    (folder / "a.pdf").write_bytes(report("apples"))
    with start(tmp_path / "library", folder, "--json") as process:
        try:
            assert process.stdout is not None
            told = map(json.loads, process.stdout)
            yield ((row["status"], Path(row["file"]).name) for row in told)
            process.send_signal(signal.SIGINT)
            rest, said = process.communicate(timeout=60)
            assert (process.returncode, rest) == (0, "")
            assert "Ctrl+C" in said
            assert said.endswith("Stopped watching.\n")
        finally:
            process.kill()


def test_what_is_there_then_what_is_new_or_changed(rows: Iterator[tuple[str, str]], folder: Path) -> None:
    assert next(rows) == ("added", "a.pdf")
    (folder / "b.pdf.part").write_bytes(report("berries"))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and then nothing")
    assert next(rows) == ("failed", "broken.pdf")
    (folder / "b.pdf.part").rename(folder / "sub" / "b.pdf")
    assert next(rows) == ("added", "b.pdf")
    (folder / "a.pdf").write_bytes(report("apricots"))
    assert next(rows) == ("replaced", "a.pdf")
    (folder / "a.pdf").unlink()
    assert next(rows) == ("gone", "a.pdf")
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "a.pdf").write_bytes(report("apricots"))
    assert {next(rows), next(rows), next(rows)} == {("gone", "b.pdf"), ("gone", "broken.pdf"), ("unchanged", "a.pdf")}


def test_a_library_in_use_is_told_in_a_sentence(folder: Path, tmp_path: Path, programme: Programme) -> None:
    settings = IngestSettings(data_dir=tmp_path / "library")
    with Library.open(settings, programme), start(settings.data_dir, folder) as process:
        out, said = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert "ASSISTANT_WATCH_DIR" in said
    assert len(said.strip().splitlines()) == 1


def test_a_folder_that_is_not_there_is_told_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    with start(tmp_path / "library", folder / "nowhere") as process:
        _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.startswith("There is no folder")


def test_the_service_watches_a_folder_by_itself(folder: Path, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "library", watch_dir=folder, max_file_mb=1)
    (folder / "a.pdf").write_bytes(report("apples"))
    (folder / "large.txt").write_bytes(b"0" * 1_100_000)
    with serving(create_app(settings)) as url, httpx.Client(base_url=url, timeout=60) as site:
        until(lambda: names(site) == ["a.pdf"])
        (folder / "sub" / "b.pdf").write_bytes(report("berries"))
        until(lambda: names(site) == ["a.pdf", "b.pdf"])
        (folder / "a.pdf").write_bytes(report("apricots"))
        until(lambda: len(site.get("/api/v1/documents?state=all").json()["documents"]) == 3)
        (folder / "a.pdf").unlink()
        counts = [job["counts"] for job in site.get("/api/v1/jobs").json()["jobs"]]
        assert sum(one["added"] for one in counts) == 2
        assert sum(one["failed"] for one in counts) == 1
    with serving(create_app(settings)) as url, httpx.Client(base_url=url, timeout=60) as site:
        (folder / "c.pdf").write_bytes(report("cherries"))
        until(lambda: names(site) == ["a.pdf", "b.pdf", "c.pdf"])
        newest = site.get("/api/v1/jobs").json()["jobs"][0]["counts"]
        assert newest["unchanged"] == 0


def until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.1)
