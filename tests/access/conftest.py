"""An application that asks people who they are, over a small library of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.programme import Programme
from tests.access.providing import Providing, installed
from tests.serving import free_port, serving

TEXT = "# Kinship notes\n\nThe purple lantern team visits every family on Tuesdays. It began in March 2021.\n"
KEYS = {role: f"a-{role}-key-of-the-tests" for role in ("reader", "editor", "steward")}
GIVEN = ",".join(f"{role}:{role}:{key}" for role, key in KEYS.items())


@dataclass(frozen=True, slots=True)
class Office:
    """`as_` speaks as the holder of a key; `library` is open beside the service."""

    url: str
    library: Library
    settings: Settings

    def as_(self, key: str = "") -> httpx.Client:
        return httpx.Client(base_url=self.url, headers={"x-api-key": key} if key else {}, timeout=60)


OpenOffice = Callable[..., Office]


@contextmanager
def office_of(folder: Path, programme: Programme, **given: object) -> Iterator[Office]:
    settings = Settings.model_validate({"data_dir": folder, **given})
    with Library.open(settings, programme) as library:
        if not library.documents():
            library.add_bytes("kinship.md", TEXT.encode())
        with serving(create_app(settings, library)) as url:
            yield Office(url, library, settings)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, programme: Programme) -> Iterator[Office]:
    """One with a key for each role, for tests that leave it as it is."""
    folder = tmp_path_factory.mktemp("office") / "library"
    limits = dict.fromkeys(("limit_person", "limit_address", "limit_questions", "limit_sign_in"), "100000/minute")
    with office_of(folder, programme, api_keys=GIVEN, **limits) as made:
        yield made


@pytest.fixture
def open_office(tmp_path: Path, programme: Programme) -> Iterator[OpenOffice]:
    """Others, over one library of the test's own."""
    with ExitStack() as stack:
        yield lambda **given: stack.enter_context(office_of(tmp_path / "library", programme, **given))


@pytest.fixture(scope="session")
def running_provider() -> Iterator[Providing]:
    provider = Providing(installed(), free_port())
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture
def provider(running_provider: Providing) -> Providing:
    """It runs, and behaves."""
    if running_provider.process is None:
        running_provider.start()
    running_provider.misbehave()
    return running_provider


@pytest.fixture(scope="session")
def signing_office(
    running_provider: Providing, tmp_path_factory: pytest.TempPathFactory, programme: Programme
) -> Iterator[Office]:
    """One that people sign in to; stewards give roles there."""
    folder = tmp_path_factory.mktemp("signing") / "library"
    given = running_provider.settings(limit_sign_in="1000/minute")
    with office_of(folder, programme, **given) as made:
        yield made
