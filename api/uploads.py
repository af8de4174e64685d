"""Multipart uploads become files in a folder of their own, written as they arrive: none is ever whole in memory."""

import asyncio
import contextlib
import errno
import os
import re
import shutil
import unicodedata
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Self

from fastapi import HTTPException, Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from api.errors import BrokenUploadError, NoFilesError, NoRoomError
from api.security import MB

MAX_FILES = 500
LONGEST_NAME = 200  # bytes of a collection's
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Received:
    """An uploaded file: the name it came with, its bytes, and where it lies or why it was refused."""

    name: str
    path: Path | None
    size: int
    refusal: str | None = None


async def receive(request: Request, uploads: Path, max_file_mb: int) -> tuple[Path, list[Received], str]:
    """A folder of its own in `uploads`, the files in it, and into which collection they go; the open one unless said.

    Files over the limit are refused by name.
    Raises NoFilesError, BrokenUploadError or NoRoomError, and then leaves nothing behind.
    """
    folder = uploads / uuid.uuid4().hex
    try:
        with _room(), Form(request.headers.get("content-type", ""), folder, max_file_mb) as form:
            await asyncio.to_thread(folder.mkdir, parents=True)
            async for piece in _pieces(request):
                await asyncio.to_thread(form.take, piece)
            return folder, form.finish(), form.collection
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    """The body as it arrives. Whoever hangs up is no fault of ours; nobody reads the answer."""
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise BrokenUploadError("The connection was lost before its end.")
        yield message.get("body", b"")
        if not message.get("more_body"):
            return


@contextlib.contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise NoRoomError("Nothing of this upload was kept.") from error
        raise


class Form:
    """Takes a multipart body piece by piece, and writes one file after another."""

    def __init__(self, content_type: str, folder: Path, max_file_mb: int) -> None:
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data" or b"boundary" not in options:
            raise NoFilesError("The request carried no file.")
        self._folder = folder
        self._max_file_mb = max_file_mb
        self._received: list[Received] = []
        self._header = self._value = b""
        self._disposition = b""
        self._file: IO[bytes] | None = None
        self._field = b""  # a field's value, while it comes
        self._in_collection = False
        self.collection = ""
        self._parser = self._parser_for(options[b"boundary"])

    def _parser_for(self, boundary: bytes) -> MultipartParser:
        """Raises BrokenUploadError where nobody could divide parts with this."""
        try:
            return MultipartParser(
                boundary,
                {
                    "on_header_field": self._on_header_field,
                    "on_header_value": self._on_header_value,
                    "on_header_end": self._on_header_end,
                    "on_headers_finished": self._on_headers_finished,
                    "on_part_data": self._on_part_data,
                    "on_part_end": self._on_part_end,
                },
            )
        except FormParserError as error:
            raise BrokenUploadError(str(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()

    def take(self, piece: bytes) -> None:
        """Raises BrokenUploadError, HTTPException for too many files, OSError."""
        try:
            self._parser.write(piece)
        except FormParserError as error:
            raise BrokenUploadError(str(error)) from error

    def finish(self) -> list[Received]:
        if not self._received:
            raise NoFilesError("The request carried no file.")
        if self._file is not None:
            raise BrokenUploadError("It ended in the middle of a file.")
        return self._received

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header = self._value = b""

    def _on_headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._disposition = b""
        if not (name := options.get(b"filename")):  # another field, or a file field that was left empty
            self._in_collection = options.get(b"name") == b"collection"
            self._field = b""
            return
        if len(self._received) == MAX_FILES:
            raise HTTPException(413)
        path = self._folder / f"{len(self._received) + 1}"
        self._file = path.open("wb")
        self._received.append(Received(plain_name(_decode(name)), path, 0))

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._file is None:
            if self._in_collection:
                self._field = (self._field + data[start:end])[:LONGEST_NAME]
            return
        last = self._received[-1]
        size = last.size + end - start
        self._received[-1] = replace(last, size=size)
        if size <= self._max_file_mb * MB:
            self._file.write(memoryview(data)[start:end])
        elif last.path is not None:
            self._received[-1] = Received(last.name, None, size, too_large(self._max_file_mb))
            last.path.unlink()

    def _on_part_end(self) -> None:
        if self._in_collection:
            self.collection, self._in_collection = _decode(self._field).strip(), False
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())  # once the upload is answered, it outlives a power cut
            self._file.close()
            self._file = None


def too_large(max_file_mb: int) -> str:
    return f"This file is larger than {max_file_mb} MB. Split it, or raise ASSISTANT_MAX_FILE_MB."


def plain_name(name: str) -> str:
    """The last part of a file name as a browser sent it, without anything a path or a terminal could act on."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(letter for letter in last if letter.isprintable()).strip(" .")
    return shown[:200] or "unnamed.pdf"


def _decode(name: bytes) -> str:
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("latin-1")
