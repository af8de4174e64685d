"""Killed at any moment of an ingest, the library holds the old version or the new one; and it has one owner."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.doctor import examine
from ingest.errors import LibraryInUseError
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from ingest.store.words import quote_term
from tests.ingest.conftest import Open
from tests.ingest.killed import add_and_die
from tests.ingest.pdfs import report

ROOT = Path(__file__).resolve().parents[2]

MOMENTS = {"reading": "old", "embedding": "old", "storing": "old", "commit": "old", "upsert": "new", "delete": "new"}


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Path:
    """One library for each moment, its process ended at it. They start from one process that has torch loaded."""
    folder = tmp_path_factory.mktemp("killed")
    (folder / "night duty.pdf").write_bytes(report("weekend duty"))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["sentence_transformers", "chromadb", "tests.ingest.killed"])
    for moment in MOMENTS:
        shutil.copytree(filled, folder / moment)
        process = context.Process(target=add_and_die, args=(folder / moment, moment, folder / "night duty.pdf"))
        process.start()
        process.join(120)
        assert process.exitcode == -signal.SIGKILL
    return folder


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_old_version_or_the_new_one(killed: Path, moment: str, open_library: Open, programme: Programme) -> None:
    library = open_library(killed / moment)
    record = next(record for record in library.documents() if record.file_name == "night duty.pdf")
    there, gone = ("night", "weekend") if MOMENTS[moment] == "old" else ("weekend", "night")
    assert library.find_words(quote_term(there), 1)
    assert not library.find_words(quote_term(gone), 1)
    assert f"{there} duty" in library.page(record.id, 1).text
    vector = library.embed([f"Page 1 is about {there} duty."])[0]
    nearest = library.find_nearest(vector, 100)
    assert len(nearest) == library.counts()[1]
    assert f"{there} duty" in library.chunks([nearest[0][0]])[0].chunk.text
    kept = {file.name for file in (killed / moment / "files").iterdir()}
    assert kept == {one.sha256 for one in library.all_versions()}
    library.close()
    assert examine(IngestSettings(data_dir=killed / moment), programme) == []


def test_a_second_process_is_refused_with_a_sentence(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    second = subprocess.run(
        [sys.executable, "-m", "api.cli", "remove", library.documents()[0].id],
        cwd=ROOT,
        env=os.environ | {"ASSISTANT_DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert second.returncode == 1
    assert second.stdout == ""
    assert f"Process {os.getpid()} is using the library" in second.stderr
    assert "Traceback" not in second.stderr
    assert library.counts()[0] == 2


def test_the_directory_is_free_again_after_close(data_dir: Path, programme: Programme) -> None:
    settings = IngestSettings(data_dir=data_dir)
    with Library.open(settings, programme):
        with pytest.raises(LibraryInUseError) as caught:
            Library.open(settings, programme)
        assert caught.value.retryable
        with Library.open(settings, programme, read_only=True) as beside:
            assert beside.counts()[0] == 2
    with Library.open(settings, programme) as again:
        assert again.counts()[0] == 2
