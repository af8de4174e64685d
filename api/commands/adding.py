"""`assistant add` and `assistant watch`: files from the disk into the library."""

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from api.access.audit import TERMINAL, AuditBook
from api.commands.bar import ingest_bar
from api.commands.collections import require
from api.commands.library import line, told
from ingest.errors import CancelledError, LibraryError, LibraryInUseError
from ingest.files import Source, find_sources
from ingest.library import Library
from ingest.programme import load_programme
from ingest.records import OPEN_NAME, DocumentRecord, FileReport
from ingest.settings import IngestSettings

JsonOption = Annotated[bool, typer.Option("--json", help="Write one JSON object a line, and nothing else.")]
PathsArgument = Annotated[
    list[Path], typer.Argument(metavar="PATH…", help="Files, and folders to search for documents.")
]
CollectionOption = Annotated[
    str, typer.Option(metavar="NAME", help="Only for those who may see this collection: see `assistant collections`.")
]
FolderArgument = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to watch, sub-folders included.")]


def add(paths: PathsArgument, collection: CollectionOption = OPEN_NAME, as_json: JsonOption = False) -> None:
    """Add files and folders to the library. Exit code 1 when any file failed."""
    settings = IngestSettings()
    sources = find_sources(paths, settings.data_dir)
    failed = False
    with Library.open(settings, load_programme()) as library, ingest_bar(sources) as progress:
        for report in library.add_sources(sources, progress, require(library, collection)):
            _print(report, as_json)
            _keep(library, report)
            failed = failed or report.status == "failed"
    if failed:
        raise typer.Exit(1)


def watch(folder: FolderArgument, as_json: JsonOption = False) -> None:
    """Add what is in a folder, then what is added to it or changed, until Ctrl+C. Nothing is ever removed."""
    settings = IngestSettings()
    if not folder.is_dir():
        raise LibraryError(f"There is no folder {folder}: make it, or check the path.")
    with _library(settings, folder) as library, _stopped_by_signals() as stop:
        _say(f"Watching {folder}; Ctrl+C stops it. What is taken out of the folder stays in the library.")
        with suppress(CancelledError):
            _watch(library, folder, stop, as_json)
        _say("Stopped watching.")


def add_with_bar(library: Library, paths: Sequence[Path]) -> list[FileReport]:
    """`Library.add` with a progress bar on standard error, where that is a terminal."""
    sources = find_sources(paths)
    with ingest_bar(sources) as progress:
        return list(library.add_sources(sources, progress))


def _keep(library: Library, report: FileReport) -> None:
    """What was added, in the audit trail."""
    if report.status in ("added", "replaced"):
        detail = {"file": report.file, "status": report.status}
        AuditBook(library.engine).write(TERMINAL, "documents.add", report.document_id, detail=detail)


def _watch(library: Library, folder: Path, stop: threading.Event, as_json: bool) -> None:
    from ingest.watch import watch_folder

    for look in watch_folder(folder, stop, library.settings.data_dir):
        if not look.is_there:
            _say(f"The folder {folder} is gone; it is watched again when it is back.")
        for source in look.gone:
            _print_gone(source, library.documents(), as_json)
        for report in _added(library, look.ready, stop):
            _print(report, as_json)
            _keep(library, report)


def _added(library: Library, sources: Sequence[Source], stop: threading.Event) -> Iterator[FileReport]:
    """Raises CancelledError when `stop` is set."""
    with ingest_bar(sources) as show:

        def progress(file: int, files: int, stage: str, done: int, total: int) -> None:
            if stop.is_set():
                raise CancelledError("The watching was stopped.")
            show(file, files, stage, done, total)

        yield from library.add_sources(sources, progress)


@contextmanager
def _library(settings: IngestSettings, folder: Path) -> Iterator[Library]:
    try:
        library = Library.open(settings, load_programme())
    except LibraryInUseError as error:
        raise LibraryInUseError(
            f"{error} A running service watches the folder itself when it is started with ASSISTANT_WATCH_DIR={folder}."
        ) from error
    with library:
        yield library


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """Set at Ctrl+C and SIGTERM; a second one ends the process as usual."""
    stop = threading.Event()
    before = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]

    def put_back() -> None:
        for number, handler in before:
            signal.signal(number, handler)

    def handle(_number: int, _frame: object) -> None:
        stop.set()
        put_back()

    for number, _ in before:
        signal.signal(number, handle)
    try:
        yield stop
    finally:
        put_back()


def _print(report: FileReport, as_json: bool) -> None:
    typer.echo(line(asdict(report)) if as_json else told(report))
    sys.stdout.flush()


def _print_gone(source: Source, records: Sequence[DocumentRecord], as_json: bool) -> None:
    """The library keeps what it was given: only a person takes it out."""
    document = next((record.id for record in records if record.file_name == source.file_name), None)
    remove = f"`assistant remove {document or 'ID'}`"
    reason = f"It is gone from the folder and stays in the library: {remove} takes it out."
    if as_json:
        values = asdict(FileReport(str(source.path), "unchanged", reason, document)) | {"status": "gone"}
        typer.echo(line(values))
    else:
        typer.echo(f"gone       {source.path}: {reason}")
    sys.stdout.flush()


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)
