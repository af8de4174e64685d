"""`assistant documents`, `remove`, `rebuild`, `doctor`: the library from the terminal."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.programme import load_programme
from ingest.records import DocumentRecord, FileReport, Finding, Progress
from ingest.settings import IngestSettings
from ingest.store.opening import is_there

if TYPE_CHECKING:
    from ingest.library import Library

JsonOption = Annotated[bool, typer.Option("--json", help="Write one JSON object a line, and nothing else.")]
IdArgument = Annotated[
    str | None, typer.Argument(metavar="[ID]", help="Show every page of this document, and how it was read.")
]
AllOption = Annotated[bool, typer.Option("--all", help="Superseded versions and removed documents too.")]
IdsArgument = Annotated[list[str], typer.Argument(metavar="ID…", help="Ids as `assistant documents` shows them.")]


def documents(document_id: IdArgument = None, all_states: AllOption = False, as_json: JsonOption = False) -> None:
    """List the documents of the library, or how each page of one was read."""
    from api.commands.listing import print_documents

    if document_id is not None:
        _one_document(document_id, as_json)
        return
    records: Sequence[DocumentRecord] = []
    settings = IngestSettings()
    if is_there(settings.data_dir, settings.database):
        with _library(read_only=True) as library:
            records = library.all_versions() if all_states else library.documents()
    if as_json:
        for record in records:
            typer.echo(line(asdict(record)))
    elif records:
        print_documents(records, all_states)
    else:
        typer.echo("The library is empty: `assistant add` with a file or folder fills it.")


def _one_document(document_id: str, as_json: bool) -> None:
    from api.commands.listing import page_values, print_pages

    with _library(read_only=True) as library:
        record, states = library.document(document_id), library.page_states(document_id)
    if as_json:
        typer.echo(line(asdict(record) | {"page_health": [page_values(state) for state in states]}))
    else:
        print_pages(record, states)


def remove(ids: IdsArgument) -> None:
    """Remove documents and their earlier versions, with all that is derived from them and the kept files."""
    from api.access.audit import TERMINAL, AuditBook

    with _library(any_model=True) as library:
        records = [library.document(document_id) for document_id in dict.fromkeys(ids)]
        gone: set[str] = set()
        for record in records:
            if record.id in gone:  # an earlier version of one that was named before
                continue
            removed = library.remove(record.id)
            gone.update(one.id for one in removed)
            told = {"file": record.file_name, "versions": len(removed)}
            AuditBook(library.engine).write(TERMINAL, "documents.remove", record.id, detail=told)
            earlier = len(removed) - 1
            and_earlier = f" (and {earlier} earlier version{'s' if earlier > 1 else ''})" if earlier else ""
            typer.echo(f"removed  {record.id}  {record.file_name}{and_earlier}")


def rebuild() -> None:
    """Mend all that is derived: the word and vector indexes, documents that are not whole, pages that can be read now.

    Exit code 1 when a document could not be read again.
    """
    from ingest.rebuild import rebuild as mend
    from ingest.staging import Steps

    with _library(any_model=True) as library, _bar() as progress:
        reports = mend(library, Steps(progress, 0, 1), lambda done, total: progress(0, 1, "embedding", done, total))
        documents, chunks = library.counts()
    for report in reports:
        typer.echo(told(report))
    typer.echo(f"Rebuilt the indexes: {documents} documents, {chunks} chunks.")
    if any(report.status == "failed" for report in reports):
        raise typer.Exit(1)


def doctor(as_json: JsonOption = False) -> None:
    """Check the library, and say how to mend what is wrong. Exit code 1 when something is."""
    from ingest.doctor import examine

    findings = examine(IngestSettings(), load_programme())
    for finding in findings:
        typer.echo(line(asdict(finding)) if as_json else _diagnosis(finding))
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)
    if not findings and not as_json:
        typer.echo("The library is sound.")


@contextmanager
def _library(*, read_only: bool = False, any_model: bool = False) -> "Iterator[Library]":
    from ingest.library import Library

    settings, programme = IngestSettings(), load_programme()
    with Library.open(settings, programme, read_only=read_only, any_model=any_model or read_only) as library:
        yield library


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=None)

        def show(file: int, files: int, stage: str, done: int, total: int) -> None:
            bar.update(task, description=f"File {file + 1} of {files}: {stage}", completed=done, total=total or None)

        yield show


def line(values: dict[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False)


def told(report: FileReport) -> str:
    if report.status == "failed":
        return f"failed     {report.file}: {report.reason}"
    bare = len(report.pages_without_text)
    pages = f"{report.pages} pages" + (f", {bare} without text" if bare else "")
    return f"{report.status:<10} {report.file} ({pages})" + (f": {report.reason}" if report.reason else "")


def _diagnosis(finding: Finding) -> str:
    return f"{finding.severity}: {finding.what}\n  {finding.mend}"
