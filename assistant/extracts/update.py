"""Brings the extracts up to date: a document at a time, in the background, and written down by document."""

from collections.abc import Callable, Sequence

from assistant.extracts.derive import Deriver
from assistant.shelf import Shelf
from ingest.errors import UnknownDocumentError
from ingest.library import Library
from ingest.programme import Programme
from ingest.store import extracts

RULES = "1"  # to be counted up when the rules of this package change


class Extractor:
    """What `Background` asks: which documents have no extracts of the present rules, and to make those of one."""

    def __init__(self, library: Library, programme: Programme) -> None:
        self._library = library
        self._deriver = Deriver(programme)
        self.rules = f"{RULES}-{programme.fingerprint[:12]}"

    def lacking(self, shelf: Shelf) -> Sequence[str]:
        with self._library.connect() as connection:
            missing = extracts.missing(connection, self.rules)
        return [one for one in missing if one in shelf.documents]

    def look(self, shelf: Shelf, document_id: str, stopped: Callable[[], bool]) -> None:
        """Raises UnknownDocumentError or RemovedError when the document goes in the meantime."""
        found = self._deriver.derive(document_id, shelf, stopped)
        if stopped():
            return
        with self._library.changing(), self._library.begin() as connection:
            if not extracts.is_as_it_was(connection, document_id, {one.chunk_id for one in found}):
                raise UnknownDocumentError(document_id)
            extracts.replace(connection, document_id, self.rules, found)
