"""Libraries of earlier versions, brought up to date in place: each step is one transaction."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, inspect

from ingest.store import reads, vocabulary, words, writes
from ingest.store.dialect import dialect_of
from ingest.store.people import NOBODY, BoardRow, ConversationRow
from ingest.store.schema import Base, DocumentRow, TermRow

_COLLECTION = "documents ADD COLUMN collection TEXT NOT NULL DEFAULT ''"


def migrate(engine: Engine) -> None:
    """Does nothing to a library that is up to date, or of a version that is not known here."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while step := _STEPS.get(reads.meta(connection).get("schema", "")):
            _apply(connection, step)


def _apply(connection: Connection, step: Callable[[Connection], str]) -> None:
    with dialect_of(connection).altering(connection):
        writes.set_meta(connection, "schema", step(connection))


def _versions_and_jobs(connection: Connection) -> str:
    """1 → 2: documents have versions, a file name is unique only among the current ones; jobs are kept."""
    old = "id, sha256, file_name, title, authors, published, pages, pages_without_text, health, chunks, added_at"
    added = "'pdf', row_number() OVER (ORDER BY added_at, file_name), 'current'"
    _remake(connection, DocumentRow.__table__, f"{old}, format, added_in, state", f"{old}, {added}")
    Base.metadata.create_all(connection)
    return "2"


def _terms(connection: Connection) -> str:
    """2 → 3: words and stems are counted as chunks come and go, no longer whenever the library is opened."""
    Base.metadata.create_all(connection)
    words.create_index(connection)
    _add_column(connection, _COLLECTION)  # they are counted by collection today
    vocabulary.count_anew(connection)
    return "3"


def _conversations(connection: Connection) -> str:
    """3 → 4: conversations have titles and are listed by their last message; what people say of answers is kept."""
    for column in (
        "conversations ADD COLUMN title TEXT",
        "conversations ADD COLUMN updated_at TEXT NOT NULL DEFAULT ''",
        "messages ADD COLUMN filters JSON",
    ):
        connection.exec_driver_sql(f"ALTER TABLE {column}")
    connection.exec_driver_sql(
        "UPDATE conversations SET updated_at = coalesce((SELECT max(created_at) FROM messages"
        " WHERE conversation_id = conversations.id), created_at)"
    )
    Base.metadata.create_all(connection)
    _make_indexes(connection, ConversationRow.__table__)
    return "4"


def _extracts(connection: Connection) -> str:
    """4 → 5: the sentences that tell of councils, models and terms are kept; they are chosen later, by the service."""
    Base.metadata.create_all(connection)
    return "5"


def _examples_and_boards(connection: Connection) -> str:
    """5 → 6: examples are kept by document, and people keep boards of them."""
    Base.metadata.create_all(connection)
    return "6"


def _access(connection: Connection) -> str:
    """6 → 7: documents stand in collections, what people keep has an owner, and who may do what is kept."""
    for column in (
        _COLLECTION,
        "documents ADD COLUMN reader TEXT NOT NULL DEFAULT ''",
        "job_files ADD COLUMN collection TEXT NOT NULL DEFAULT ''",
        f"conversations ADD COLUMN owner TEXT NOT NULL DEFAULT '{NOBODY}'",
        f"boards ADD COLUMN owner TEXT NOT NULL DEFAULT '{NOBODY}'",
    ):
        _add_column(connection, column)
    # The same bytes may stand in two collections, and words are counted for each
    _remake(connection, DocumentRow.__table__)
    _remake(connection, TermRow.__table__)
    Base.metadata.create_all(connection)
    for table in (ConversationRow, BoardRow):
        _make_indexes(connection, table.__table__)
    words.create_index(connection)
    return "7"


def _remake(connection: Connection, table: Any, columns: str = "", values: str = "") -> None:
    """The table as it is today, with the rows it had: their `columns` from `values`, or all that there are."""
    known = inspect(connection).get_columns(table.name)
    columns = columns or ", ".join(column["name"] for column in known)
    renamed = table.to_metadata(MetaData(), name=f"{table.name}_2")
    renamed.indexes.clear()  # made below, under the table's own name
    renamed.create(connection)
    connection.exec_driver_sql(f"INSERT INTO {table.name}_2 ({columns}) SELECT {values or columns} FROM {table.name}")
    connection.exec_driver_sql(f"DROP TABLE {table.name}")
    connection.exec_driver_sql(f"ALTER TABLE {table.name}_2 RENAME TO {table.name}")
    _make_indexes(connection, table)


def _add_column(connection: Connection, column: str) -> None:
    """Unless an earlier step made the whole table as it is today."""
    table, _, _, name, *_ = column.split()
    if name not in {known["name"] for known in inspect(connection).get_columns(table)}:
        connection.exec_driver_sql(f"ALTER TABLE {column}")


def _make_indexes(connection: Connection, table: Any) -> None:
    """Those whose columns are there already: a later step brings the others."""
    held = {known["name"] for known in inspect(connection).get_columns(table.name)}
    for index in table.indexes:
        if held >= {column.name for column in index.columns}:
            index.create(connection, checkfirst=True)


_STEPS: Mapping[str, Callable[[Connection], str]] = {
    "1": _versions_and_jobs,
    "2": _terms,
    "3": _conversations,
    "4": _extracts,
    "5": _examples_and_boards,
    "6": _access,
}
