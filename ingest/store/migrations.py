"""Libraries of earlier versions, brought up to date in place: each step is one transaction."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, Engine, MetaData

from ingest.store import reads, vocabulary, words, writes
from ingest.store.people import ConversationRow
from ingest.store.schema import Base, DocumentRow


def migrate(engine: Engine) -> None:
    """Does nothing to a library that is up to date, or of a version that is not known here."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while step := _STEPS.get(reads.meta(connection).get("schema", "")):
            _apply(connection, step)


def _apply(connection: Connection, step: Callable[[Connection], str]) -> None:
    # Dropping a table that others refer to would empty those too
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        writes.set_meta(connection, "schema", step(connection))
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
    else:
        connection.exec_driver_sql("COMMIT")
    finally:
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def _versions_and_jobs(connection: Connection) -> str:
    """1 → 2: documents have versions, a file name is unique only among the current ones; jobs are kept."""
    table = DocumentRow.__table__
    renamed = table.to_metadata(MetaData(), name="documents_2")  # type: ignore[attr-defined]
    renamed.indexes.clear()  # made below, under the table's own name
    renamed.create(connection)
    old = "id, sha256, file_name, title, authors, published, pages, pages_without_text, health, chunks, added_at"
    connection.exec_driver_sql(
        f"INSERT INTO documents_2 ({old}, format, added_in, state)"
        f" SELECT {old}, 'pdf', row_number() OVER (ORDER BY added_at, file_name), 'current' FROM documents"
    )
    connection.exec_driver_sql("DROP TABLE documents")
    connection.exec_driver_sql("ALTER TABLE documents_2 RENAME TO documents")
    Base.metadata.create_all(connection)
    for index in table.indexes:  # type: ignore[attr-defined]
        index.create(connection, checkfirst=True)
    return "2"


def _terms(connection: Connection) -> str:
    """2 → 3: words and stems are counted as chunks come and go, no longer whenever the library is opened."""
    Base.metadata.create_all(connection)
    words.create_index(connection)
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
    for index in ConversationRow.__table__.indexes:  # type: ignore[attr-defined]
        index.create(connection, checkfirst=True)
    return "4"


def _extracts(connection: Connection) -> str:
    """4 → 5: the sentences that tell of councils, models and terms are kept; they are chosen later, by the service."""
    Base.metadata.create_all(connection)
    return "5"


def _examples_and_boards(connection: Connection) -> str:
    """5 → 6: examples are kept by document, and people keep boards of them."""
    Base.metadata.create_all(connection)
    return "6"


_STEPS: Mapping[str, Callable[[Connection], str]] = {
    "1": _versions_and_jobs,
    "2": _terms,
    "3": _conversations,
    "4": _extracts,
    "5": _examples_and_boards,
}
