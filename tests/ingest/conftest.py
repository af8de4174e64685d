import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from tests.ingest.pdfs import report
from tests.servers import Servers

Open = Callable[..., Library]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, programme: Programme) -> Path:
    """A closed library of two documents; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("filled")
    with Library.open(IngestSettings(data_dir=folder), programme) as library:
        for subject in ("kinship care", "night duty"):
            assert library.add_bytes(f"{subject}.pdf", report(subject)).status == "added"
    return folder


@pytest.fixture
def data_dir(tmp_path: Path, filled: Path) -> Path:
    """A copy of the filled library."""
    return Path(shutil.copytree(filled, tmp_path / "library"))


@pytest.fixture
def open_library(programme: Programme, place: Servers | None) -> Iterator[Open]:
    """Opens libraries that are closed after the test; on servers, a folder stands for a library of its own there."""
    opened: list[Library] = []
    there: dict[Path, dict[str, str]] = {}

    def open_it(folder: Path, **settings: object) -> Library:
        if place is not None and folder not in there:
            is_filled = (folder / "library.db").is_file()
            there[folder] = place.copy_of(folder, programme) if is_filled else place.settings()
        given = IngestSettings.model_validate({"data_dir": folder, **there.get(folder, {}), **settings})
        opened.append(Library.open(given, programme))
        return opened[-1]

    yield open_it
    for library in opened:
        library.close()
