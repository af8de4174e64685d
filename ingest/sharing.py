"""What a library needs when several processes use it: whose turn it is to write, and who is there."""

from typing import TYPE_CHECKING

from sqlalchemy import Engine

from ingest.lock import DirectoryLock, Lock
from ingest.settings import IngestSettings

if TYPE_CHECKING:
    from ingest.store.postgres_lock import Presence


def lock_of(settings: IngestSettings, engine: Engine, folder: DirectoryLock) -> Lock:
    """The database's own lock where there is a server: the processes may be on several machines."""
    if settings.database is None:
        return folder
    from ingest.store.postgres_lock import WriterLock

    return WriterLock(engine)


def presence_of(settings: IngestSettings, engine: Engine) -> "Presence | None":
    """None for a library in a folder, whose lock file says who is there."""
    if settings.database is None:
        return None
    from ingest.store.postgres_lock import Presence

    return Presence(engine)
