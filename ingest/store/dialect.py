"""What a database does in its own way: SQLite in `sqlite.py`, PostgreSQL in `postgres.py`; nobody else asks which."""

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, FromClause


class Dialect(Protocol):
    """Each method works inside the caller's connection, and inside its transaction where it writes."""

    def wait_turn(self, connection: Connection) -> None:
        """Until no other process makes the tables; to be called first in the transaction that makes them."""

    def create_index(self, connection: Connection) -> None:
        """The word index over the chunks, and whatever else no table of `schema.py` describes."""

    def with_several_adopters(self, connection: Connection) -> list[tuple[int, tuple[str, ...]]]:
        """Id and adopters of each chunk that names more than two."""

    def find(
        self, connection: Connection, query: str, limit: int, documents: Collection[str] | None
    ) -> list[tuple[int, float]]:
        """Chunk ids and BM25, higher is better; `query` as words.py has it. Raises LibraryError when it is not one."""

    def index_document(self, connection: Connection, document_id: str) -> None: ...

    def forget_document(self, connection: Connection, document_id: str) -> None: ...

    def rebuild_index(self, connection: Connection) -> None: ...

    def difference(self, connection: Connection) -> tuple[int, int]:
        """(chunks whose words are missing or not theirs, rows of the index that should not be)."""

    def faults(self, connection: Connection) -> list[str]:
        """What the database's own checks say; empty when all is well."""

    def citations_in(self, answer: Any) -> tuple[FromClause, ColumnElement[str], ColumnElement[str]]:
        """The citations of a kept answer as rows, each one's document and its quote."""

    def altering(self, connection: Connection) -> AbstractContextManager[None]:
        """One transaction that may change tables which others refer to; `connection` commits by itself otherwise."""

    def counters(self, connection: Connection) -> Mapping[str, int]:
        """The last id that each table gave; such an id is never given twice."""

    def set_counters(self, connection: Connection, last: Mapping[str, int]) -> None: ...


def dialect_of(connection: Connection) -> Dialect:
    if connection.dialect.name == "postgresql":
        from ingest.store.postgres import PostgreSQL  # its driver is asked for only where there is such a server

        return PostgreSQL()
    from ingest.store.sqlite import SQLite

    return SQLite()
