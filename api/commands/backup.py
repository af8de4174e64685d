"""`assistant backup` and `assistant restore`."""

from pathlib import Path
from typing import Annotated

import typer

from ingest.backup.make import back_up
from ingest.backup.manifest import Manifest
from ingest.backup.restore import restore as bring_back
from ingest.settings import IngestSettings

TargetArgument = Annotated[
    Path, typer.Argument(metavar="PLACE", help="A new folder, or a file ending in .tar or .tar.gz.")
]
SourceArgument = Annotated[Path, typer.Argument(metavar="PLACE", help="What `assistant backup` made.")]


def backup(place: TargetArgument) -> None:
    """Copy the library to a folder or a tar file, also while the service runs."""
    manifest = back_up(IngestSettings(), place)
    typer.echo(f"Backed up {_told(manifest)} to {place}.")
    if manifest.missing:
        typer.echo(
            f"The library had lost {len(manifest.missing)} originals before: `assistant doctor` names them.", err=True
        )
        raise typer.Exit(1)


def restore(place: SourceArgument) -> None:
    """Put a backup into ASSISTANT_DATA_DIR, which must be empty; one of an earlier version is brought up to date."""
    settings = IngestSettings()
    manifest = bring_back(settings, place)
    typer.echo(f"Restored {_told(manifest)}, as of {manifest.made_at}, into {settings.data_dir}.")


def _told(manifest: Manifest) -> str:
    documents, talks = manifest.rows.get("documents", 0), manifest.rows.get("conversations", 0)
    parts = f"{documents:,} documents with their versions, {talks:,} conversations"
    return f"{parts} ({len(manifest.files):,} files, {manifest.size / 1e6:,.1f} MB)"
