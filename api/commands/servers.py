"""`assistant work` and `assistant move`: a library that several processes and machines use."""

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from api.commands.adding import _say, _stopped_by_signals
from api.commands.library import told
from api.telemetry.log_settings import LogSettings
from api.telemetry.logs import Say, configure
from ingest.errors import LibraryError
from ingest.programme import load_programme
from ingest.records import FileReport
from ingest.settings import IngestSettings

DatabaseOption = Annotated[
    str | None, typer.Option("--to-database", metavar="URL", help="An empty PostgreSQL database: postgresql://…")
]
ChromaOption = Annotated[str | None, typer.Option("--to-chroma", metavar="URL", help="A Chroma server: http://…")]
FolderOption = Annotated[
    Path | None, typer.Option("--to-folder", metavar="DIR", help="A new folder, for one machine without servers.")
]


def work() -> None:
    """Read the uploads of a library on servers, beside its services, until Ctrl+C. As many workers as you like."""
    from api.queue import queue_of
    from api.worker import Worker
    from ingest.library import Library
    from ingest.outdated import outdated, read_in_background
    from ingest.timing import Timing

    settings = LogSettings()
    configure(settings)
    say = Say(settings)
    if not settings.is_shared:
        raise LibraryError(
            f"The library in {settings.data_dir} lies in a folder that one process owns, and `assistant serve` reads"
            " its uploads itself. Workers need a library on servers: docs/servers.md says how."
        )
    logging.getLogger("api.worker").setLevel(logging.INFO)
    with Library.open(settings, load_programme()) as library, _stopped_by_signals() as stop:
        library.embedder.load_early()
        worker = Worker(library, queue_of(library), Timing(), _count if settings.log_format == "json" else _print)
        say.print("Waiting for uploads; Ctrl+C stops this worker. What it has in hand then goes to another one.")
        for record in outdated(library):  # a stop ends each of them at once
            read_in_background(library, record.id, stop.is_set)
        stop.wait()
        worker.stop()
        say.print("Stopped.")


def move(to_database: DatabaseOption = None, to_chroma: ChromaOption = None, to_folder: FolderOption = None) -> None:
    """Copy the library to servers, or from servers into a folder, and compare both. The one you have stays as it is.

    Exit code 1 when anything differs.
    """
    from ingest.moving.move import Report, move_library

    source, target = IngestSettings(), _target(to_database, to_chroma, to_folder)
    report: Report = move_library(source, target, load_programme(), _step)
    for line in report.lines:
        typer.echo(line)
    if report.faults:
        for fault in report.faults:
            typer.echo(fault, err=True)
        typer.echo("The move is not done: the new library is not used. Run the same command again.", err=True)
        raise typer.Exit(1)
    typer.echo("Both libraries are the same, row by row, file by file and vector by vector.")
    typer.echo(_what_next(target))


def _target(database: str | None, chroma: str | None, folder: Path | None) -> IngestSettings:
    """Raises LibraryError when the options don't say one place."""
    if (folder is None) == (database is None and chroma is None) or (database is None) != (chroma is None):
        raise LibraryError("Say where to: --to-database URL and --to-chroma URL together, or --to-folder DIR alone.")
    given = {"data_dir": folder} if folder else {"data_dir": IngestSettings().data_dir}
    try:
        # As arguments, so that the settings of this library do not mix with those of the other
        return IngestSettings.model_validate(given | {"database_url": database, "chroma_url": chroma})
    except ValidationError as error:
        raise LibraryError(
            "; ".join(str(one["msg"]).removeprefix("Value error, ") for one in error.errors())
        ) from error


def _what_next(target: IngestSettings) -> str:
    if target.database is None:
        return (
            f"To use it: set ASSISTANT_DATA_DIR={target.data_dir}, take ASSISTANT_DATABASE_URL and"
            " ASSISTANT_CHROMA_URL out, and start `assistant serve`. The servers still hold the library as it was."
        )
    return (
        "To use it: set ASSISTANT_DATABASE_URL and ASSISTANT_CHROMA_URL to what you gave here, and start"
        " `assistant serve`. The folder still holds the library as it was; delete it when all is well."
    )


def _step(what: str) -> None:
    if sys.stderr.isatty():
        _say(what)


def _count(report: FileReport) -> None:
    """For the log, without the file's name."""
    facts = {"outcome": report.status, "pages": report.pages}
    logging.getLogger("api.worker").info("A file was worked on: %s", report.status, extra={"facts": facts})


def _print(report: FileReport) -> None:
    typer.echo(told(report))
    sys.stdout.flush()
