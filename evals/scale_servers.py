"""The libraries of `evals scale` on servers: each is moved there as `assistant move` does it, and asked there.

For the figures alone: give a PostgreSQL server whose role may make databases, and a Chroma server that holds nothing.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql
from rich.console import Console

from ingest.library import Library
from ingest.moving.move import move_open
from ingest.programme import load_programme
from ingest.settings import IngestSettings


@dataclass(frozen=True, slots=True)
class Servers:
    """`chroma_folder` is where the Chroma server keeps its index, when that is on this machine."""

    postgres: str
    chroma: str
    chroma_folder: Path | None = None

    def settings(self, data_dir: Path, name: str) -> IngestSettings:
        database = urlunsplit(urlsplit(self.postgres)._replace(path=f"/{name}"))
        return IngestSettings.model_validate(
            {"data_dir": data_dir, "database_url": database, "chroma_url": self.chroma}
        )

    def move(self, data_dir: Path, console: Console) -> tuple[IngestSettings, float]:
        """The library in `data_dir`, copied to a database of its own and compared; the seconds by the clock."""
        name = "scale_" + "".join(c for c in data_dir.name if c.isdigit())
        to = self.settings(data_dir.with_name(f"{data_dir.name} on servers"), name)
        if self._make(name):
            began = time.monotonic()
            source = IngestSettings.model_validate({"data_dir": data_dir, "database_url": None, "chroma_url": None})
            with Library.open(source, load_programme()) as library:
                report = move_open(library, to, load_programme(), lambda line: console.print(line, highlight=False))
            if report.faults:
                raise SystemExit("\n".join(report.faults))
            return to, time.monotonic() - began
        return to, 0.0

    def database_mb(self, to: IngestSettings) -> int:
        with psycopg.connect(to.database or "") as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        return round(int(row[0]) / 1_000_000) if row else 0

    def _make(self, name: str) -> bool:
        """Whether it had to be made: one of that name is there from a run before."""
        with psycopg.connect(self.postgres, autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
                return False
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return True
