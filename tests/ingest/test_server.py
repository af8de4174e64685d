"""Several processes share a library through a Chroma server; here two libraries in one process stand for them."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.doctor import examine
from ingest.library import Library
from ingest.programme import Programme
from ingest.rebuild import rebuild_indexes
from ingest.settings import IngestSettings
from tests.ingest.pdfs import report
from tests.serving import free_port


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    program = Path(sys.executable).parent / "chroma"
    folder = str(tmp_path_factory.mktemp("chroma"))
    command = [str(program), "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The Chroma server did not start")


def test_what_one_process_adds_another_finds(server: str, tmp_path: Path, programme: Programme) -> None:
    settings = IngestSettings(data_dir=tmp_path, chroma_url=server)
    with Library.open(settings, programme) as one, Library.open(settings, programme) as other:
        assert one.add_bytes("a.pdf", report("kinship care")).status == "added"
        vector = other.embed(["Page 1 is about kinship care."])[0]
        found = other.find_nearest(vector, 100)
        assert len(found) == other.counts()[1]
        assert other.add_bytes("b.pdf", report("night duty")).status == "added"
        assert len(one.find_nearest(vector, 100)) == one.counts()[1] > len(found)
        assert one.generation == 2
        one.remove(one.documents()[0].id)
        assert len(other.find_nearest(vector, 100)) == other.counts()[1]
        rebuild_indexes(one)
        assert len(other.find_nearest(vector, 100)) == other.counts()[1]
        assert not (tmp_path / "chroma").exists()
    assert examine(settings, programme) == []


def test_a_server_that_is_gone_costs_speed_and_no_answers(tmp_path: Path, programme: Programme) -> None:
    settings = IngestSettings(data_dir=tmp_path, chroma_url="http://127.0.0.1:9")
    with Library.open(settings, programme) as library:
        told = library.add_bytes("a.pdf", report("kinship care"))
        assert told.status == "added"
        assert "vector index" in (told.reason or "")
        assert len(library.find_nearest(library.embed(["kinship"])[0], 100)) == library.counts()[1]
    (finding,) = examine(settings, programme)
    assert "vector index" in finding.what
