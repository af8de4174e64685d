"""What a backup says of itself: which files it holds, their hashes, and which version of the library they are."""

import json
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from ingest.errors import BackupError

NAME = "manifest.json"
DATABASE = "library.db"
FORMAT = 1
# What may be unpacked: names that we give, and no way out of the folder
ALLOWED = re.compile(r"library\.db|files/[0-9a-f]{64}(\.pdf)?|uploads/[\w-]{1,64}/[\w.-]{1,200}(/[\w.-]{1,200})?")


@dataclass(frozen=True, slots=True)
class Held:
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`rows` counts the rows of each table; `missing` names originals that the library had lost before."""

    made_at: str
    program: str
    schema: str
    rows: Mapping[str, int]
    files: Mapping[str, Held]
    missing: tuple[str, ...] = ()
    format: int = FORMAT

    @property
    def size(self) -> int:
        return sum(held.size for held in self.files.values())

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1)


@dataclass(slots=True)
class Snapshot:
    """What a copy of the database says about itself; older versions lack some tables and columns."""

    schema: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    originals: list[str] = field(default_factory=list)
    uploads: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> "Snapshot":
        found = cls()
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        for (table,) in rows.fetchall():
            if not table.startswith("chunk_words"):  # the word index, which is derived
                found.rows[table] = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        meta = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        found.schema = meta[0] if meta else ""
        columns = {row[1] for row in connection.execute("PRAGMA table_info(documents)")}
        kept = "WHERE state <> 'removed'" if "state" in columns else ""
        found.originals = [row[0] for row in connection.execute(f"SELECT sha256 FROM documents {kept} ORDER BY sha256")]
        if "job_files" in found.rows:
            waiting = "SELECT path FROM job_files WHERE state IN ('waiting', 'running') AND path IS NOT NULL"
            found.uploads = [row[0] for row in connection.execute(waiting)]
        return found


def program() -> str:
    try:
        return version("programme-assistant")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "unknown"


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def read_manifest(data: bytes) -> Manifest:
    """Raises BackupError."""
    try:
        raw: dict[str, Any] = json.loads(data)
        files = {str(name): Held(int(one["size"]), str(one["sha256"])) for name, one in raw["files"].items()}
        made = Manifest(
            str(raw["made_at"]),
            str(raw["program"]),
            str(raw["schema"]),
            dict(raw["rows"]),
            files,
            tuple(raw["missing"]),
            int(raw["format"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"This is no backup of a library: its {NAME} cannot be read.") from error
    if made.format != FORMAT:
        raise BackupError("This backup was made by a later version of the program: update the program, then restore.")
    if strange := [name for name in files if not ALLOWED.fullmatch(name) or ".." in name]:
        raise BackupError(f"This backup names a file that no backup has ({strange[0][:80]!r}): it is not restored.")
    return made
