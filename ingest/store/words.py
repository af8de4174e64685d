"""The word index over the chunks, whichever database holds it: see dialect.py.

A query is one or more terms as `quote_term` writes them, with ` OR ` or ` AND ` between all of them. A term is found
where its words follow each other, by their stems.
"""

from collections.abc import Collection

from sqlalchemy import Connection

from ingest.store.dialect import dialect_of


def quote_term(term: str) -> str:
    """One term of a query, whatever stands in it; never read as an operator."""
    return '"' + term.replace("\x00", " ").replace('"', '""') + '"'


def create_index(connection: Connection) -> None:
    dialect_of(connection).create_index(connection)


def with_several_adopters(connection: Connection) -> list[tuple[int, tuple[str, ...]]]:
    """Id and adopters of each chunk that names more than two."""
    return dialect_of(connection).with_several_adopters(connection)


def find(
    connection: Connection, query: str, limit: int, documents: Collection[str] | None = None
) -> list[tuple[int, float]]:
    """Chunk ids and BM25, higher is better. Raises LibraryError when `query` is not one.

    Of all documents, rows whose chunk is gone may be among them.
    """
    return dialect_of(connection).find(connection, query, limit, documents)


def index_document(connection: Connection, document_id: str) -> None:
    """Adds the rows of a document's chunks; in the same transaction as the chunks themselves."""
    dialect_of(connection).index_document(connection, document_id)


def forget_document(connection: Connection, document_id: str) -> None:
    """Removes the rows of a document's chunks; to be called before the chunks go."""
    dialect_of(connection).forget_document(connection, document_id)


def rebuild_index(connection: Connection) -> None:
    dialect_of(connection).rebuild_index(connection)


def difference(connection: Connection) -> tuple[int, int]:
    """(chunks whose words are missing or not theirs, index rows without a chunk)."""
    return dialect_of(connection).difference(connection)


def faults(connection: Connection) -> list[str]:
    """What the database's own checks say; empty when all is well."""
    return dialect_of(connection).faults(connection)
