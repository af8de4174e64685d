"""A library from a folder to servers, or back: copied, then compared row by row, file by file, vector by vector.

The one that is there is only read. The new one bears a mark until all of it was compared, and with that mark nothing
opens it; a move that was stopped, however it was, is begun anew by the same command.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from sqlalchemy import Engine, select

from ingest.errors import LibraryInUseError
from ingest.library import Library
from ingest.moving import rows, target
from ingest.programme import Programme
from ingest.settings import IngestSettings
from ingest.shared_files import SharedFileStore, insert_parts, upload_parts
from ingest.store import reads, stored_vectors, words, writes
from ingest.store.dialect import dialect_of
from ingest.store.schema import JobFileRow
from ingest.vectors import VectorIndex, index_name
from ingest.view import LibraryView

VECTORS = 1000  # compared at once
SAME = 1e-6  # Chroma makes a vector's length 1 once more, and rounds
Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """`lines` tell what was moved; `faults` what is not the same on both sides: then the move is not done."""

    lines: tuple[str, ...]
    faults: tuple[str, ...]


def move_library(source: IngestSettings, to: IngestSettings, programme: Programme, step: Step) -> Report:
    """Raises LibraryInUseError while somebody uses the library, LibraryError when the new place is not empty."""
    with _source(source, programme) as old:
        return move_open(old, to, programme, step)


def move_open(old: Library, to: IngestSettings, programme: Programme, step: Step) -> Report:
    """As `move_library`, of a library that is open and that nobody changes meanwhile."""
    with old.connect() as connection:
        meta = reads.meta(connection)
    with target.opened(to, meta["library"]) as engine:
        new = LibraryView(to, programme, engine, read_only=False)
        try:
            lines = _copy(old, new, step)
            faults = _compare(old, new, step)
        finally:
            new.nearest.close()
        if not faults:
            target.finish(engine, to)
        return Report(tuple(lines), tuple(faults))


@contextmanager
def _source(settings: IngestSettings, programme: Programme) -> Iterator[Library]:
    """The library as it is, which nobody changes meanwhile."""
    alone = not settings.is_shared
    with Library.open(settings, programme, read_only=not alone, any_model=True) as library:
        if settings.database is not None:
            from ingest.store.postgres_lock import nobody_else

            with nobody_else(library.engine):
                yield library
        elif not alone:  # a folder that several processes share: one of them works on its uploads
            with _no_worker(settings.data_dir):
                yield library
        else:
            yield library


@contextmanager
def _no_worker(folder: Path) -> Iterator[None]:
    (folder / "uploads").mkdir(exist_ok=True)
    lock = FileLock(folder / "uploads" / ".lock")
    try:
        with lock.acquire(timeout=0):
            yield
    except Timeout:
        raise LibraryInUseError(f"A service uses the library in {folder}: stop it first.") from None


def _copy(old: Library, new: LibraryView, step: Step) -> list[str]:
    lines: list[str] = []
    for table in rows.tables():
        step(f"Copying {table.name} …")
        count = rows.copy_rows(old.engine, new.engine, table)
        if count:
            lines.append(f"{count:>9,}  {table.name}")
    with old.connect() as reading, new.begin() as writing:
        for key, value in rows.facts(reading).items():
            writes.set_meta(writing, key, value)
        dialect_of(writing).set_counters(writing, dialect_of(reading).counters(reading))
        step("Indexing the words …")
        words.rebuild_index(writing)
    lines.append(f"{_copy_files(old, new, step):>9,}  original files")
    if waiting := _copy_uploads(old, new):
        lines.append(f"{waiting:>9,}  uploads that wait")
    step("Writing the vectors …")
    new.nearest.rebuild()
    with new.connect() as connection:
        lines.append(f"{reads.chunk_count(connection):>9,}  vectors")
    return lines


def _copy_files(old: Library, new: LibraryView, step: Step) -> int:
    wanted = sorted(old.kept_files())
    for number, sha256 in enumerate(wanted, 1):
        step(f"Copying file {number} of {len(wanted)} …")
        if old.files.has(sha256):  # one that was lost is told when both are compared
            with new.files.staged(old.files.path(sha256), sha256, sys.maxsize) as (copy, _):
                new.files.keep(copy, sha256)
    return len(wanted)


def _copy_uploads(old: Library, new: LibraryView) -> int:
    """Files that were received and not read yet."""
    row = JobFileRow
    wanted = select(row.job_id, row.number, row.path).where(row.state.in_(("waiting", "running")))
    with old.connect() as connection:
        waiting = [one for one in connection.execute(wanted) if one.path]
    for one in waiting:
        path = new.settings.data_dir / one.path
        with _upload(old, one.job_id, one.number, one.path, path) as found:
            if isinstance(new.files, SharedFileStore):
                with new.begin() as connection:
                    insert_parts(connection, found, "uploads", {"job_id": one.job_id, "number": one.number})
            elif found != path:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(found.read_bytes())
    return len(waiting)


@contextmanager
def _upload(old: Library, job_id: str, number: int, stored: str, path: Path) -> Iterator[Path]:
    if not isinstance(old.files, SharedFileStore):
        yield old.settings.data_dir / stored
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with old.connect() as connection, path.open("wb") as out:
        for part in upload_parts(connection, job_id, number):
            out.write(part)
    yield path


def _compare(old: Library, new: LibraryView, step: Step) -> list[str]:
    faults: list[str] = []
    for table in rows.tables():
        step(f"Comparing {table.name} …")
        count, wrong = rows.differences(old.engine, new.engine, table)
        if wrong:
            faults.append(f"{wrong:,} of {count:,} rows of {table.name} are not the same.")
    with old.connect() as one, new.connect() as other:
        if rows.facts(one) != rows.facts(other):
            faults.append("The facts about the library are not the same.")
        missing, extra = words.difference(other)
        if missing or extra:
            faults.append(f"The word index lacks {missing:,} passages, and has {extra:,} rows too many.")
    step("Comparing files and vectors …")
    lost = [sha256 for sha256 in sorted(old.kept_files()) if not new.files.holds(sha256)]
    if lost:
        faults.append(f"{len(lost):,} original files are missing or changed ({', '.join(lost[:3])} …).")
    if wrong := _wrong_vectors(old.engine, new):
        faults.append(f"{wrong:,} vectors are not the same.")
    return faults


def _wrong_vectors(old: Engine, new: LibraryView) -> int:
    with new.connect() as connection:
        name = index_name(reads.meta(connection))
    index = VectorIndex(new.settings.data_dir, new.settings.chroma_url, name)
    wrong = 0
    try:
        with old.connect() as connection:
            ids = reads.chunk_ids(connection)
            for part in rows.parts(ids, VECTORS):
                known, _, matrix = stored_vectors.read(connection, part)
                held = index.vectors(known)
                wrong += sum(
                    i not in held or not np.allclose(held[i], vector, atol=SAME)
                    for i, vector in zip(known, matrix, strict=True)
                )
        return wrong + abs(index.count() - len(ids))
    finally:
        index.close()
