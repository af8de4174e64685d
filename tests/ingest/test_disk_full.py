"""A disk without room: the ingest ends with a sentence, the library is as it was, and the next try finishes."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.doctor import examine
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from tests.ingest.pdfs import report

ROOT = Path(__file__).resolve().parents[2]


def add_with_room(data_dir: Path, file: Path, room: int) -> subprocess.CompletedProcess[str]:
    """Adds a file where no file may grow beyond so many bytes: what the system says then, it says of a full disk."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    return subprocess.run(
        [sys.executable, "-m", "api.cli", "add", str(file)],
        cwd=ROOT,
        env=os.environ | {"ASSISTANT_DATA_DIR": str(data_dir)},
        preexec_fn=limit,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("more", [-4096, 16_384], ids=["not even the copy", "the copy, not the text"])
def test_a_full_disk_costs_nothing_that_was_there(
    data_dir: Path, tmp_path: Path, programme: Programme, more: int
) -> None:
    file = tmp_path / "night duty.pdf"
    file.write_bytes(report("weekend duty", pages=60))
    room = file.stat().st_size + more
    told = add_with_room(data_dir, file, room)
    assert told.returncode == 1
    assert "room" in told.stdout + told.stderr
    assert "Traceback" not in told.stdout + told.stderr
    with Library.open(IngestSettings(data_dir=data_dir), programme) as library:
        assert [record.pages for record in library.documents()] == [2, 2]
        assert "night duty" in library.page(library.versions(file.name)[0].id, 1).text
        assert len(library.find_nearest(library.embed(["night duty"])[0], 100)) == library.counts()[1]
        assert library.add([file])[0].status == "replaced"
        assert len(library.find_nearest(library.embed(["weekend duty"])[0], 1000)) == library.counts()[1]
    assert examine(IngestSettings(data_dir=data_dir), programme) == []
