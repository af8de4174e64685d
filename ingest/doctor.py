"""Examines a library without changing it: each finding says what is wrong and what mends it."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from ingest.errors import IndexDamagedError, LibraryError, LibraryInUseError, ModelError
from ingest.library import Library
from ingest.lock import DirectoryLock, owner_pid
from ingest.ocr import find_engine
from ingest.outdated import outdated
from ingest.probe import held_ids
from ingest.programme import Programme
from ingest.reading_again import worth_another_reading
from ingest.records import DocumentRecord, Finding
from ingest.settings import IngestSettings
from ingest.soundness import faults_of
from ingest.staging import pages_in_words
from ingest.store import reads, sentences, stored_vectors, vocabulary, words
from ingest.store.opening import FILE_NAME, is_there, place_of
from ingest.types import PageHealth
from ingest.vectors import FOLDER, index_name

REBUILD = "Run `assistant rebuild`; if the library is in use, stop the process that uses it first."
NO_ENGINE = "Install a text recognition engine (Debian: tesseract-ocr; or this package's extra `ocr`), then rebuild."
LITTLE_SPACE_MB = 500


def examine(settings: IngestSettings, programme: Programme) -> list[Finding]:
    """All that is wrong, the truth first. May run beside the process that owns the library."""
    try:
        if not is_there(settings.data_dir, settings.database):
            return _nothing(settings)
    except LibraryError as error:
        return [Finding("error", "The database cannot be used.", str(error))]
    return _examine(settings, programme)


def _nothing(settings: IngestSettings) -> list[Finding]:
    what = f"There is no library in {settings.data_dir if settings.database is None else _place(settings)}."
    return [Finding("warning", what, "`assistant add` with a file or folder makes one; see ASSISTANT_DATA_DIR.")]


def _place(settings: IngestSettings) -> str:
    return place_of(settings.data_dir, settings.database)


def _examine(settings: IngestSettings, programme: Programme) -> list[Finding]:
    checks: tuple[Callable[[Library], Iterator[Finding]], ...] = (
        _database,
        _documents,
        _files,
        _unread,
        _outdated,
        _words,
        _vectors,
        _sentences,
        _model,
        _space,
    )
    try:
        with _owned(settings), Library.open(settings, programme, read_only=True, any_model=True) as library:
            return [finding for check in checks for finding in _run(check, library)]
    except LibraryError as error:
        return [Finding("error", "The library cannot be opened.", str(error))]


def _run(check: Callable[[Library], Iterator[Finding]], library: Library) -> list[Finding]:
    try:
        return list(check(library))
    except (LibraryError, SQLAlchemyError) as error:
        what = f"A check could not be made ({' '.join(str(error).split())[:300]})."
        return [Finding("error", what, "Put back a copy of the data directory, or begin in a new one.")]


@contextmanager
def _owned(settings: IngestSettings) -> Iterator[None]:
    """Keeps other processes out, where none is in: else one that starts meanwhile would look like a fault."""
    lock = DirectoryLock(settings.data_dir)
    try:
        if not settings.is_shared:
            lock.acquire()
    except LibraryInUseError:
        pass
    try:
        yield
    finally:
        lock.release()


def _database(library: Library) -> Iterator[Finding]:
    with library.connect() as connection:
        for fault in words.faults(connection):
            name = FILE_NAME if library.settings.database is None else _place(library.settings)
            mend = f"{REBUILD} If that does not help, put back a copy of {name}."
            yield Finding("error", f"{name} is damaged: {fault}.", mend)


def _documents(library: Library) -> Iterator[Finding]:
    for record in library.all_versions():
        for fault in faults_of(library, record):
            yield Finding("error", f"{record.file_name} {fault}.", REBUILD)
        if record.state != "removed":
            yield from _file_copy(library, record)
    with library.connect() as connection:
        for what in reads.orphans(connection):
            yield Finding("error", f"The library holds {what} of documents that it does not know.", REBUILD)


def _file_copy(library: Library, record: DocumentRecord) -> Iterator[Finding]:
    mend = f"Add the original of {record.file_name} again; its copy is then put back."
    if record.state == "superseded":
        mend = f"Put a copy of the data directory back, or remove this version: `assistant remove {record.id}`."
    if not library.files.has(record.sha256):
        yield Finding("error", f"The kept copy of {record.file_name} is missing ({record.sha256}).", mend)
    elif not library.files.holds(record.sha256):
        yield Finding("error", f"The kept copy of {record.file_name} has changed ({record.sha256}).", mend)


def _files(library: Library) -> Iterator[Finding]:
    """Copies that no document needs; the process that owns the library removes them when it opens it."""
    extra: list[str] = []
    place = "the database"
    if library.settings.database is not None:
        with suppress(LibraryInUseError), library.changing(0):  # else one may be on its way in
            extra = library.files.extra(library.kept_files())
    elif owner_pid(library.settings.data_dir) in (None, os.getpid()):
        extra, place = library.files.extra(library.kept_files()), str(library.files.folder)
    if extra:
        what = f"{len(extra)} files in {place} belong to no document."
        yield Finding("warning", what, "`assistant rebuild` removes what an ingest that was stopped has left there.")


def _unread(library: Library) -> Iterator[Finding]:
    engine = find_engine(library.settings)
    for record in library.documents():
        count = record.health.get(PageHealth.NO_TEXT, 0)
        if count and (engine is None or worth_another_reading(library, record)):
            what = f"{record.file_name} has {pages_in_words(count)} without a text layer, not read so far."
            yield Finding("warning", what, "`assistant rebuild` reads them." if engine else NO_ENGINE)


def _outdated(library: Library) -> Iterator[Finding]:
    count = len(outdated(library))
    if count:
        what = f"{count} {'document was' if count == 1 else 'documents were'} read by an earlier version, which did not"
        mend = "`assistant rebuild` reads them again; `assistant serve` does so by itself, in the background."
        yield Finding("warning", f"{what} leave out hidden text.", mend)


def _words(library: Library) -> Iterator[Finding]:
    with library.connect() as connection:
        missing, orphans = words.difference(connection)
        wrong = vocabulary.difference(connection)
    if missing:
        yield Finding("error", f"The word index lacks {missing} chunks, or has other words for them.", REBUILD)
    if orphans:
        yield Finding("error", f"The word index has {orphans} rows of chunks that are gone.", REBUILD)
    if wrong:
        yield Finding("error", f"{wrong} words are counted in more or fewer chunks than hold them.", REBUILD)


def _vectors(library: Library) -> Iterator[Finding]:
    with library.connect() as connection:
        wanted = set(reads.chunk_ids(connection))
        meta = reads.meta(connection)
        name = index_name(meta)
        sample = stored_vectors.sample(connection)
        if not stored_vectors.are_sound(connection):
            yield Finding("error", "Some stored vectors are not whole.", REBUILD)
    url = library.settings.chroma_url
    if not wanted:
        return
    if url is None and not (library.settings.data_dir / FOLDER / "chroma.sqlite3").is_file():
        if meta["vectors"] == "0":  # as in a library that was restored
            made = "It is made when the library is next served or added to, or by `assistant rebuild`."
            yield Finding("warning", "The vector index is not made yet.", made)
            return
        yield Finding("error", "The vector index is gone: its folder `chroma` is missing or empty.", REBUILD)
        return
    try:
        with _copied(library.settings.data_dir, url) as data_dir:
            held = held_ids(data_dir, url, name, *sample)
    except IndexDamagedError as error:
        yield Finding("error", f"The vector index is damaged: {error}", REBUILD)
        return
    if wanted - held:
        yield Finding("error", f"The vector index lacks {len(wanted - held)} chunks.", REBUILD)
    if held - wanted:
        yield Finding("warning", f"The vector index holds {len(held - wanted)} chunks that are gone.", REBUILD)


def _sentences(library: Library) -> Iterator[Finding]:
    with library.connect() as connection:
        count = len(sentences.lacking(connection))
    if count:
        what = f"{count} chunks lack the vectors of their sentences: answers choose their sentences less well."
        yield Finding("warning", what, REBUILD)


@contextmanager
def _copied(data_dir: Path, url: str | None) -> Iterator[Path]:
    """A copy to look into: the look changes nothing, and does not disturb a process that uses the original."""
    if url is not None:
        yield data_dir
        return
    with tempfile.TemporaryDirectory(prefix="assistant-doctor-", ignore_cleanup_errors=True) as copy:
        shutil.copytree(data_dir / FOLDER, Path(copy) / FOLDER)
        yield Path(copy)


def _model(library: Library) -> Iterator[Finding]:
    try:
        library.embedder.check_files()
        library.check_model()
    except ModelError as error:
        yield Finding("error", "The embedding model cannot be used with this library.", str(error))


def _space(library: Library) -> Iterator[Finding]:
    if not library.settings.data_dir.is_dir():  # a machine that only looks at a library on servers
        return
    free = shutil.disk_usage(library.settings.data_dir).free // (1024 * 1024)
    if free < LITTLE_SPACE_MB:
        what = f"Only {free:,} MB are free on the disk of {library.settings.data_dir}."
        yield Finding("warning", what, "Make room before you add documents.")
