"""Multipart uploads become files in a folder of their own, a piece at a time."""

import asyncio
import re
import shutil
import tempfile
import unicodedata
from pathlib import Path
from typing import IO, Any

from fastapi import Request

from api.errors import NoFilesError
from api.jobs import Received
from api.security import MB

PIECE = 1 << 20
MAX_FILES = 500


async def receive(request: Request, max_file_mb: int) -> tuple[Path, list[Received]]:
    """The folder and its files; raises NoFilesError. Files over the limit are refused by name, the others go on."""
    folder = Path(tempfile.mkdtemp(prefix="assistant-upload-"))
    try:
        async with request.form(max_files=MAX_FILES) as form:
            files = [part for _, part in form.multi_items() if not isinstance(part, str) and part.filename]
            if not files:
                raise NoFilesError("The request carried no file.")
            received = [await _keep(file, folder / f"{n}.pdf", max_file_mb) for n, file in enumerate(files)]
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder, received


def plain_name(name: str) -> str:
    """The last part of a file name as a browser sent it, without anything a path or a terminal could act on."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(letter for letter in last if letter.isprintable()).strip(" .")
    return shown[:200] or "unnamed.pdf"


async def _keep(file: Any, path: Path, max_file_mb: int) -> Received:
    name = plain_name(file.filename or "")
    if (file.size or 0) > max_file_mb * MB:
        reason = f"This file is larger than {max_file_mb} MB. Split it, or raise ASSISTANT_MAX_FILE_MB."
        return Received(name, None, reason)
    # Beyond a megabyte the parser has put it on disk already: neither copy is ever whole in memory.
    await asyncio.to_thread(_copy, file.file, path)
    return Received(name, path)


def _copy(source: IO[bytes], path: Path) -> None:
    with path.open("wb") as target:
        shutil.copyfileobj(source, target, PIECE)
