"""One process owns a data directory: embedded Chroma does not show one process what another has written."""

import json
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import LibraryInUseError

OWNER = ".owner"


class Lock(ABC):
    """Of one process among several; those of PostgreSQL stand in store/postgres_lock.py."""

    @abstractmethod
    def acquire(self, wait: float = 0) -> None:
        """Raises LibraryInUseError when another process still holds it after `wait` seconds."""

    @abstractmethod
    def release(self) -> None: ...

    @contextmanager
    def held(self, wait: float) -> Iterator[None]:
        self.acquire(wait)
        try:
            yield
        finally:
            self.release()


class DirectoryLock(Lock):
    """Held by this process until `release`, or until the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._owner = folder / OWNER
        # thread_local would hide the lock from the thread that closes the library
        self._lock = FileLock(folder / ".lock", thread_local=False)

    def acquire(self, wait: float = 0) -> None:
        """Raises LibraryInUseError when another process still holds it after `wait` seconds."""
        try:
            self._lock.acquire(timeout=wait)
        except Timeout:
            raise LibraryInUseError(self._sentence()) from None
        self._owner.write_text(json.dumps({"pid": os.getpid()}), "utf-8")

    def release(self) -> None:
        if self._lock.is_locked:
            self._owner.unlink(missing_ok=True)
            self._lock.release()

    def _sentence(self) -> str:
        pid = owner_pid(self._folder)
        who = f"Process {pid}" if pid else "Another process"
        return (
            f"{who} is using the library in {self._folder}; stop it first (the chat page and its API can do the same"
            " while it runs), or set ASSISTANT_DATA_DIR to another folder. Several processes"
            " need a library on servers: docs/servers.md says how."
        )


def owner_pid(folder: Path) -> int | None:
    """The process that owns this data directory, or None."""
    try:
        return int(json.loads((folder / OWNER).read_text("utf-8"))["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
