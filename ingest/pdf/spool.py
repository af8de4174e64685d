"""The pages' contents on disk between the two passes, so that a page is read once and a long file stays small.

A file that the parent process holds open outlives a reader that was killed: the next one goes on after the last page
that is whole. Pickle serves, because only reading processes of one file ever open it.
"""

import pickle
import struct
import zlib
from collections.abc import Iterator
from typing import IO

from ingest.pdf.content import Content

_HEAD = struct.Struct("<I")


class Spool:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.pages = 0
        end = 0
        file.seek(0)
        for data in self._records():
            self.pages += 1
            end += _HEAD.size + len(data)
        file.seek(end)
        file.truncate()

    def append(self, content: Content) -> None:
        data = zlib.compress(pickle.dumps(content, pickle.HIGHEST_PROTOCOL), 1)
        self._file.write(_HEAD.pack(len(data)) + data)
        self._file.flush()
        self.pages += 1

    def __iter__(self) -> Iterator[Content]:
        self._file.seek(0)
        for data in self._records():
            yield pickle.loads(zlib.decompress(data))

    def _records(self) -> Iterator[bytes]:
        """Every whole record; the last one is cut short where its writer was killed."""
        while len(head := self._file.read(_HEAD.size)) == _HEAD.size:
            (length,) = _HEAD.unpack(head)
            if len(data := self._file.read(length)) < length:
                return
            yield data
