"""One file into the library: copied, read, and staged; what is there already is told from its bytes."""

import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import CancelledError, IngestError
from ingest.files import Source
from ingest.reading_again import read_again, stored_document, worth_another_reading
from ingest.records import OPEN, FileReport
from ingest.staging import Incoming, Steps, read_file, report, stage
from ingest.store.codec import storable
from ingest.store.collections import require

if TYPE_CHECKING:
    from ingest.library import Library

logger = logging.getLogger(__name__)


def add_file(
    library: "Library", source: Source, steps: Steps, data: bytes | None = None, collection: str = OPEN
) -> FileReport:
    """Adds a file, or `data` under its name, to a collection.

    Whatever goes wrong with it is told in the report, not raised; only a CancelledError that `steps` raises passes.
    """
    name = source.file_name if data is not None else storable(str(source.path))
    if source.problem is not None:
        return FileReport(name, "failed", storable(source.problem))
    steps.tell("reading", 0, 0)
    given = source.path if data is None else data
    try:
        with library.files.staged(given, source.file_name, library.settings.max_file_mb) as (copy, sha256):
            return _add(library, name, copy, sha256, steps, collection)
    except CancelledError:
        raise
    except IngestError as error:
        return FileReport(name, "failed", str(error))
    except OSError as error:
        return FileReport(name, "failed", f"The file could not be stored ({error}): see that the disk has room.")
    except Exception as error:
        logger.exception("Adding a file failed")
        return FileReport(name, "failed", f"An error of the program stopped it ({type(error).__name__}: {error}).")


def _add(library: "Library", name: str, copy: Path, sha256: str, steps: Steps, collection: str) -> FileReport:
    with library.connect() as connection:
        require(connection, collection)
    known = library.with_bytes(sha256, collection)
    if known is not None and known.state == "current":
        if not library.files.holds(sha256):  # the kept copy was lost or changed: this puts it back
            library.files.keep(copy, sha256)
        if worth_another_reading(library, known):
            return replace(read_again(library, known, steps), file=name)
        same = None if known.file_name == copy.name else f"The same file is in the library as “{known.file_name}”."
        return report(name, "unchanged", known, same)
    if known is not None and known.state == "superseded":  # back to an earlier version: its pages are still here
        parsed = stored_document(library, known)
    else:
        parsed = read_file(library, copy, steps)
    return stage(library, name, copy, Incoming(sha256, copy.name, parsed, collection), steps)
