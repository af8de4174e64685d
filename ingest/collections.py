"""Collections of documents that only some may see: made, renamed, emptied, and documents moved between them."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from ingest.errors import CollectionError, RemovedError
from ingest.records import OPEN, OPEN_NAME, DocumentRecord, Sight
from ingest.removing import gone
from ingest.store import collections as store
from ingest.store import reads, writes
from ingest.store.collections import CollectionRecord

if TYPE_CHECKING:
    from ingest.library import Library

LONGEST = 80  # characters of a title
OPEN_TITLE = "Everybody"
_RESERVED = frozenset({OPEN_NAME, "all", "none"})


class Collections:
    """Every method may raise a LibraryError; where a collection is named, UnknownCollectionError."""

    def __init__(self, library: "Library") -> None:
        self._library = library

    def known(self, sight: Sight = None) -> list[CollectionRecord]:
        """Those that somebody may see, by their titles."""
        with self._library.connect() as connection:
            return store.known(connection, sight)

    def require(self, name: str, sight: Sight = None) -> None:
        with self._library.connect() as connection:
            store.require(connection, name, sight)

    def make(self, title: str) -> CollectionRecord:
        """Raises CollectionError when the title cannot be used, or is taken."""
        title = _checked(title)
        made = CollectionRecord(name_of(title), title, datetime.now(UTC).isoformat(timespec="milliseconds"), 0)
        if not made.name or made.name in _RESERVED:
            raise CollectionError(f"A collection cannot be called “{title}”: choose another name.")
        with self._library.changing(), self._library.begin() as connection:
            store.make(connection, made.name, title, made.created_at)
        return made

    def rename(self, name: str, title: str) -> None:
        """What people read; the name that grants say stays. Raises CollectionError."""
        with self._library.changing(), self._library.begin() as connection:
            store.rename(connection, name, _checked(title))

    def empty(self, name: str) -> list[DocumentRecord]:
        """Removes all its documents, each as `Library.remove` does; what was removed."""
        self.require(name)
        with self._library.connect() as connection:
            ids = [row.id for row in reads.document_rows(connection) if row.collection == name]
        return [one for document in ids for one in self._library.remove(document)]

    def delete(self, name: str) -> None:
        """Raises CollectionError while it holds documents."""
        with self._library.changing(), self._library.begin() as connection:
            store.delete_empty(connection, name)

    def move(self, document_id: str, collection: str) -> DocumentRecord:
        """A document with all its versions; who may not see the collection does not see them from now on.

        Raises UnknownDocumentError, RemovedError, or CollectionError where one of its name or bytes stands there.
        """
        library = self._library
        with library.changing():
            record = library.document(document_id)
            if record.state == "removed":
                raise RemovedError(gone(record))
            with library.begin() as connection:
                store.require(connection, collection)
                family = reads.versions(connection, record.file_name, record.collection)
                if record.collection != collection:
                    _require_room(connection, record, family, collection)
                    for one in family:
                        writes.move_document(connection, one.id, collection)
                    generation = writes.next_generation(connection)
            if record.collection != collection:
                library.nearest.follow(generation)
            return library.document(document_id)


def _require_room(connection: Connection, record: DocumentRecord, family: Sequence[Any], collection: str) -> None:
    """Raises CollectionError. A tombstone of the same bytes gives way."""
    present = [row for row in reads.versions(connection, record.file_name, collection) if row.state == reads.CURRENT]
    for one in family:
        same = reads.document_with(connection, one.sha256, collection)
        if same is not None and same.state == reads.REMOVED:
            writes.delete_document(connection, same.id)
        elif same is not None:
            present.append(same)
    if present:
        raise CollectionError(
            f"“{record.file_name}” or the same file under another name stands there already:"
            " remove one of them, then move the other."
        )


def name_of(title: str) -> str:
    """«Kinship team» → «kinship-team»: letters and digits that anybody can type."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")


def title_of(name: str, known: Sequence[CollectionRecord]) -> str:
    return OPEN_TITLE if name == OPEN else next((one.title for one in known if one.name == name), name)


def _checked(title: str) -> str:
    title = " ".join("".join(c if c.isprintable() else " " for c in title).split())
    if not 1 <= len(title) <= LONGEST:
        raise CollectionError(f"Give the collection a name of 1 to {LONGEST} characters.")
    return title
