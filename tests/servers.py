"""A real PostgreSQL and a real Chroma server for the tests: started once a run, stopped and slowed by some tests."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ingest.library import Library
from ingest.moving.move import move_open
from ingest.programme import Programme
from ingest.settings import IngestSettings
from tests.serving import free_port

# Tests of these modules that have a library of their own run in a folder and on servers, but for those that look into
# the folder itself
ON_BOTH = (
    "tests.access.test_tables",
    "tests.api.test_boards",
    "tests.api.test_cited",
    "tests.api.test_jobs",
    "tests.ingest.test_collections",
    "tests.ingest.test_library",
    "tests.ingest.test_versions",
)
IN_A_FOLDER = (
    "test_a_full_disk_is_told_and_nothing_is_left",
    "test_a_library_of_schema_1_is_brought_up_to_date",
    "test_a_removed_document_takes_its_earlier_versions_with_it",
    "test_no_term_breaks_the_word_search",
)
_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))


class Server:
    """A process that listens on a port, and can be stopped, slowed and started again with what it held."""

    def __init__(self) -> None:
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def options(self) -> dict[str, Any]:
        return {}

    def start(self) -> None:
        self._process = subprocess.Popen(
            self.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self.options()
        )
        for _ in range(600):
            assert self._process.poll() is None, f"{self.command()[0]} did not start"
            if self.answers():
                return
            time.sleep(0.05)
        raise AssertionError(f"{self.command()[0]} did not start")

    def answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(60)
            self._process = None

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """It is there, and says nothing."""
        assert self._process is not None
        family = [self._process.pid, *_children(self._process.pid)]
        for pid in family:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in family:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)


class Postgres(Server):
    """A cluster of its own in a folder of its own; never as root, which PostgreSQL refuses."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = _folder("assistant-pg-")
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(self.folder, self._user)
        init = [str(_BINARIES[-1] / "initdb"), "-D", str(self.folder / "data"), "-U", "postgres", "-A", "trust"]
        init += ["-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(init, check=True, capture_output=True, **self.options())

    def command(self) -> list[str]:
        settings = ("fsync=off", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}")
        given = [part for one in settings for part in ("-c", one)]
        return [str(_BINARIES[-1] / "postgres"), "-D", str(self.folder / "data"), "-p", str(self.port), *given]

    def options(self) -> dict[str, Any]:
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        return {"user": self._user, "cwd": self.folder, "env": environment, "extra_groups": [] if self._user else None}

    def answers(self) -> bool:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.url("postgres"), connect_timeout=2):
            return True
        return False

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def database(self, template: str = "template0") -> str:
        """The address of a new one, empty or as another is."""
        name = f"t{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE {name} TEMPLATE "{template}"')
        return self.url(name)

    def stop(self, how: int = signal.SIGINT) -> None:
        super().stop(how)  # PostgreSQL's fast way: it does not wait for those who are connected


class Chroma(Server):
    def __init__(self) -> None:
        super().__init__()
        self.folder = _folder("assistant-chroma-")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        program = str(Path(sys.executable).parent / "chroma")
        return [program, "run", "--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]


class Servers:
    """Both, and the libraries on them."""

    def __init__(self, postgres: Postgres, chroma: Chroma) -> None:
        self.postgres, self.chroma = postgres, chroma
        self._copies: dict[Path, str] = {}

    def settings(self, database: str | None = None) -> dict[str, str]:
        """Of a new library, or of the one in this database."""
        return {"database_url": database or self.postgres.database(), "chroma_url": self.chroma.address}

    def copy_of(self, folder: Path, programme: Programme) -> dict[str, str]:
        """Of a library of its own that holds what the one in this folder does."""
        with Library.open(IngestSettings(data_dir=folder), programme) as library:
            known = library.documents()
            key = Path(*[record.id for record in known])
            if key not in self._copies:
                self._copies[key] = self.settings()["database_url"]
                self.fill(library, self._copies[key], programme)
        shutil.rmtree(folder)
        folder.mkdir()
        return self.clone(self._copies[key])

    def fill(self, library: Library, database: str, programme: Programme) -> None:
        to = IngestSettings.model_validate({"data_dir": self.chroma.folder / "unused", **self.settings(database)})
        report = move_open(library, to, programme, lambda _: None)
        assert not report.faults

    def clone(self, database: str) -> dict[str, str]:
        copy = self.settings(self.postgres.database(database.rpartition("/")[2]))
        with psycopg.connect(copy["database_url"]) as connection:  # its vectors are not those of the other one
            connection.execute("UPDATE meta SET value = %s WHERE key = 'library'", (uuid.uuid4().hex[:12],))
            connection.execute("UPDATE meta SET value = '-1' WHERE key = 'vectors'")
        return copy


def settings_for(request: pytest.FixtureRequest, folder: Path) -> IngestSettings:
    """Of a new library, where a fixture has the parameters “folder” and “servers”."""
    given = {} if request.param == "folder" else request.getfixturevalue("servers").settings()
    return IngestSettings.model_validate({"data_dir": folder, **given})


@contextlib.contextmanager
def started() -> Iterator[Servers]:
    if not _BINARIES:
        pytest.skip("PostgreSQL is not installed here (Debian: postgresql)")
    servers = Servers(Postgres(), Chroma())
    both: tuple[Server, ...] = (servers.postgres, servers.chroma)
    try:
        for one in both:
            one.start()
        yield servers
    finally:
        for one in both:
            one.stop(signal.SIGKILL)
        for folder in (servers.postgres.folder, servers.chroma.folder):
            shutil.rmtree(folder, ignore_errors=True)


def _folder(prefix: str) -> Path:
    """In memory where there is room: a hundred databases are many files."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 4 * 1024**3
    return Path(tempfile.mkdtemp(prefix=prefix, dir=memory if roomy else None))


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == pid:
                found.append(int(stat.parent.name))
    return found
