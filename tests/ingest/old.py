"""Libraries as earlier versions kept them: each step takes back what its version brought, the latest first."""

from sqlalchemy import Connection, inspect

_DOCUMENTS = """id TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, file_name TEXT NOT NULL,
title TEXT NOT NULL, authors JSON NOT NULL, published TEXT, pages INTEGER NOT NULL, pages_without_text JSON NOT NULL,
health JSON NOT NULL, chunks INTEGER NOT NULL, added_at TEXT NOT NULL, format TEXT NOT NULL, added_in INTEGER NOT NULL,
state TEXT NOT NULL, state_at TEXT, superseded_by TEXT"""
_COLUMNS = ", ".join(column.split()[0] for column in _DOCUMENTS.replace("\n", " ").split(", "))
SINCE_6 = (
    "PRAGMA foreign_keys=OFF",
    f"CREATE TABLE documents_6 ({_DOCUMENTS})",
    f"INSERT INTO documents_6 SELECT {_COLUMNS} FROM documents",
    "DROP TABLE documents",
    "ALTER TABLE documents_6 RENAME TO documents",
    "CREATE UNIQUE INDEX one_current_version ON documents (file_name) WHERE state = 'current'",
    "ALTER TABLE job_files DROP COLUMN collection",
    *(
        statement
        for table in ("conversations", "boards")
        for statement in (f"DROP INDEX ix_{table}_owner", f"ALTER TABLE {table} DROP COLUMN owner")
    ),
    *(f"DROP TABLE {table}" for table in ("sessions", "api_keys", "people", "collections", "audit")),
    "PRAGMA foreign_keys=ON",
)
TERMS_OF_6 = (
    "CREATE TABLE terms_6 (kind TEXT NOT NULL, term TEXT NOT NULL, chunks INTEGER NOT NULL, PRIMARY KEY (kind, term))"
    " WITHOUT ROWID",
    "INSERT INTO terms_6 SELECT kind, term, chunks FROM terms",
    "DROP TABLE terms",
    "ALTER TABLE terms_6 RENAME TO terms",
)
SINCE_5 = ("DROP TABLE board_items", "DROP TABLE boards", "DROP TABLE examined", "DROP TABLE examples")
SINCE_4 = ("DROP TABLE extracted", "DROP TABLE extracts")
SINCE_3 = (
    "DROP TABLE feedback",
    "DROP INDEX ix_conversations_updated_at",
    "ALTER TABLE conversations DROP COLUMN title",
    "ALTER TABLE conversations DROP COLUMN updated_at",
    "ALTER TABLE messages DROP COLUMN filters",
)


def become(connection: Connection, schema: str) -> None:
    """Says that the library is of `schema`: 6, or 3 or earlier, where what versions up to 3 brought is the caller's."""
    terms = TERMS_OF_6 if inspect(connection).has_table("terms") else ()  # else the caller took it away
    # A table that others refer to is dropped without them only while nobody looks after that, and outside of all this
    connection.connection.commit()
    for statement in (*SINCE_6, *terms) if schema == "6" else (*SINCE_6, *terms, *SINCE_5, *SINCE_4, *SINCE_3):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"UPDATE meta SET value = '{schema}' WHERE key = 'schema'")
