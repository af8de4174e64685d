"""The library's tables of who may come in, for commands: beside a running service too, for nothing else is touched."""

from collections.abc import Iterator
from contextlib import contextmanager

from api.access.access import Access
from api.settings import Settings
from ingest.errors import LibraryError
from ingest.library import Library
from ingest.programme import load_programme


@contextmanager
def opened_access() -> Iterator[Access]:
    """Makes the library first where there is none: keys are made before the first start."""
    settings, programme = Settings(), load_programme()
    try:
        library = Library.open(settings, programme, read_only=True, any_model=True)
    except LibraryError:
        library = Library.open(settings, programme, any_model=True)
    with library:
        yield Access.of(settings, library.engine)
