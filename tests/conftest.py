"""The starter documents are ingested once for all tests, and the embedding model is loaded once."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import delete

from assistant.assistant import Assistant
from ingest.library import Library
from ingest.programme import CORPUS, Programme, load_programme
from ingest.settings import IngestSettings
from ingest.store.people import BoardRow, ConversationRow
from tests.servers import IN_A_FOLDER, ON_BOTH, Servers, started

# Whoever runs the tests may have settings of their own.
for _name in [name for name in os.environ if name.startswith("ASSISTANT_")]:
    del os.environ[_name]

# Files of tests that run side by side share the cores: a model with a thread for each would stand in the others' way.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def programme() -> Programme:
    return load_programme()


@pytest.fixture(scope="session")
def corpus_folder(tmp_path_factory: pytest.TempPathFactory, programme: Programme) -> Path:
    """The library of the starter documents, closed: made once, by whichever process of this run comes first."""
    base = tmp_path_factory.getbasetemp()
    made = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "starter-documents"
    with FileLock(f"{made}.lock"):
        if not made.is_dir():
            half = made.with_suffix(".half")
            with Library.open(IngestSettings(data_dir=half), programme) as library:
                reports = library.add(sorted(CORPUS.glob("*.pdf")))
                assert [report.status for report in reports] == ["added"] * 3, reports
            half.rename(made)
    return made


@pytest.fixture(scope="session")
def corpus_library(
    corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory, programme: Programme
) -> Iterator[Library]:
    """The starter documents; for reading only, because every test shares it."""
    folder = tmp_path_factory.mktemp("corpus-library")
    shutil.copytree(corpus_folder, folder, dirs_exist_ok=True)
    with Library.open(IngestSettings(data_dir=folder), programme) as library:
        yield library


@pytest.fixture(scope="session")
def corpus_assistant(corpus_library: Library, programme: Programme) -> Assistant:
    return Assistant(corpus_library, programme)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if (
        "place" in metafunc.fixturenames
        and metafunc.module.__name__ in ON_BOTH
        and metafunc.function.__name__ not in IN_A_FOLDER
    ):
        metafunc.parametrize("place", ["folder", "servers"], indirect=True)


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """PostgreSQL and Chroma; a test that asks for them is skipped where PostgreSQL is not installed."""
    with started() as both:
        yield both


@pytest.fixture(scope="session")
def corpus_on_servers(
    corpus_library: Library, servers: Servers, tmp_path_factory: pytest.TempPathFactory, programme: Programme
) -> Iterator[Library]:
    """The starter documents once more, on servers."""
    database = servers.postgres.database()
    servers.fill(corpus_library, database, programme)
    settings = {"data_dir": tmp_path_factory.mktemp("corpus-on-servers"), **servers.settings(database)}
    with Library.open(IngestSettings.model_validate(settings), programme) as library:
        with library.begin() as connection:  # what other tests have asked of the first one
            for row in (ConversationRow, BoardRow):
                connection.execute(delete(row))
        yield library


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Servers | None:
    """Where a library stands: None is a folder. Tests named in `tests.servers.ON_BOTH` run in both."""
    if getattr(request, "param", "folder") == "folder":
        return None
    found: Servers = request.getfixturevalue("servers")
    return found


@pytest.fixture
def library(tmp_path: Path, programme: Programme, place: Servers | None) -> Iterator[Library]:
    """An empty one, of the test's own."""
    given = {} if place is None else place.settings()
    settings = IngestSettings.model_validate({"data_dir": tmp_path / "library", **given})
    with Library.open(settings, programme) as opened:
        yield opened
