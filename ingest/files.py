"""Files on their way in: which ones a path stands for, what they may be called, and the copies the library keeps."""

import hashlib
import os
import re
import shutil
import unicodedata
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from ingest.errors import EmptyFileError, LimitError, ReadError

STAGING = ".staging-"
# Documents by their names: those that are read, and those that are refused with a sentence
OFFICE_SUFFIXES = (".docx", ".docm", ".dotx", ".pptx", ".pptm", ".ppsx")
READ_SUFFIXES = (".pdf", *OFFICE_SUFFIXES, ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".text")
REFUSED_SUFFIXES = (".doc", ".dot", ".ppt", ".pps", ".rtf", ".odt", ".odp", ".pages", ".key", ".epub", ".eml", ".msg")
SUFFIXES = frozenset(READ_SUFFIXES + REFUSED_SUFFIXES)
_HEAD = 1024  # a PDF says so within this many bytes
_NAME_BYTES = 200  # file systems take 255
_COPY = re.compile(r"[0-9a-f]{64}(\.pdf)?")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to add and the name it gets; `problem` says why it cannot be added at all."""

    path: Path
    file_name: str
    problem: str | None = None


def find_sources(paths: Sequence[Path], without: Path | None = None) -> list[Source]:
    """Files as they are, folders searched through for documents; nothing asked for is left out in silence.

    `without` is a folder that is not searched: the library's own.
    """
    found = [source for path in paths for source in _sources(path, without)]
    return _tell_apart(list({source.path.absolute(): source for source in found}.values()))


def _sources(path: Path, without: Path | None) -> list[Source]:
    name = safe_name(path.name)
    if not path.exists():
        return [Source(path, name, f"There is no file or folder {path}: check the path.")]
    if path.is_file():
        return [Source(path, name)]
    if not path.is_dir():
        return [Source(path, name, f"{path} is neither a file nor a folder.")]
    inside = [Source(file, safe_name(file.name)) for file in _walk(path, without) if wanted(file)]
    return inside or [Source(path, name, f"There is no document in the folder {path}: add the files themselves.")]


def _walk(folder: Path, without: Path | None) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        if without is not None and Path(place).absolute() == without.absolute():
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(files) if not name.startswith("."))


def wanted(file: Path) -> bool:
    """Whether a file found in a folder is offered to the readers: by its bytes a PDF, by its name a document.

    What only calls itself a document is offered too, so that its failure is reported.
    """
    if not file.is_file():  # a pipe would be waited for without end
        return False
    if file.suffix.lower() in SUFFIXES:
        return not file.name.startswith("~$")  # what Word leaves beside an open document
    try:
        with file.open("rb") as opened:
            return b"%PDF-" in opened.read(_HEAD)
    except OSError:
        return False


def _tell_apart(sources: Sequence[Source]) -> list[Source]:
    """Files of one name in one go are several documents: as many folders' names as it takes are put in front."""
    told = list(sources)
    for depth in range(2, max((len(one.path.absolute().parts) for one in told), default=0)):
        names = Counter(one.file_name for one in told)
        if len(names) == len(told):
            break
        told = [_with_folders(one, depth) if names[one.file_name] > 1 else one for one in told]
    return told


def _with_folders(source: Source, depth: int) -> Source:
    return replace(source, file_name=safe_name(" - ".join(source.path.absolute().parts[-depth:])))


def safe_name(name: str) -> str:
    """A file name that is a name only: no folders, no control or direction marks, no leading dots, not too long."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(" " if c.isspace() else c for c in name if unicodedata.category(c)[0] != "C" or c in "\t\n")
    name = re.sub(r" +", " ", re.sub(r'[<>:"|?*]', "-", name)).strip(" ").lstrip(". ")
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, dot, suffix = name, "", ""
    room = _NAME_BYTES - len((dot + suffix).encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + suffix or "document.pdf"


class FileStore:
    """The copies of the originals, each named by the SHA-256 of its bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        return self.folder / sha256

    @contextmanager
    def staged(self, source: Path | bytes, file_name: str, max_mb: int) -> Iterator[tuple[Path, str]]:
        """A private copy, under the file's own name, and its SHA-256. Raises a ReadError when it cannot be copied."""
        room = self.folder / f"{STAGING}{uuid.uuid4().hex}"
        room.mkdir(parents=True)
        try:
            copy = room / file_name
            yield copy, _copy(source, copy, max_mb)
        finally:
            shutil.rmtree(room, ignore_errors=True)

    def has(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def extra(self, wanted: set[str]) -> list[str]:
        """What is there beside the originals that are wanted."""
        return (
            [entry.name for entry in self.folder.iterdir() if entry.name not in wanted] if self.folder.is_dir() else []
        )

    def sweep(self, wanted: set[str]) -> None:
        """Nothing to do: these are the originals themselves."""

    def holds(self, sha256: str) -> bool:
        """Whether the copy is there and has the bytes that its name says."""
        try:
            with self.path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            return False

    def keep(self, staged: Path, sha256: str) -> None:
        os.replace(staged, self.path(sha256))
        _sync_folder(self.folder)

    def forget(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def tidy(self, wanted: set[str]) -> None:
        """Removes what an ingest that was killed has left; only for the one process that owns the folder."""
        if not self.folder.is_dir():
            return
        for entry in self.folder.iterdir():
            if entry.name.startswith(STAGING):
                shutil.rmtree(entry, ignore_errors=True)
            elif _COPY.fullmatch(entry.name) and entry.stem not in wanted:
                entry.unlink(missing_ok=True)
            elif _COPY.fullmatch(entry.name) and entry.suffix:  # as libraries of version 1 named it
                entry.rename(self.path(entry.stem))


def _copy(source: Path | bytes, copy: Path, max_mb: int) -> str:
    """Copies and hashes in one pass, so that the bytes hashed are the bytes kept."""
    digest = hashlib.sha256()
    size = 0
    with copy.open("wb") as out:
        for part in _parts(source):
            size += len(part)
            if size > max_mb * 1024 * 1024:
                raise LimitError(
                    f"The file is larger than {max_mb:,} MB: split or compress it, or raise ASSISTANT_MAX_FILE_MB."
                )
            digest.update(part)
            out.write(part)
        if not size:
            raise EmptyFileError("The file is empty (0 bytes): download or export it again.")
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()


def _parts(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        if source:
            yield source
        return
    try:
        with source.open("rb") as file:
            yield from _read(file)
    except OSError as error:
        raise ReadError(f"The file cannot be opened ({error.strerror or error}): check its permissions.") from error


def _read(file: IO[bytes]) -> Iterator[bytes]:
    while part := file.read(1024 * 1024):
        yield part


def _sync_folder(folder: Path) -> None:
    """Makes a rename survive a power cut, where the system lets a folder be opened."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
