"""Libraries as earlier versions kept them: each step takes back what its version brought, the latest first."""

from sqlalchemy import Connection

SINCE_6 = (
    "DROP INDEX one_current_version_a_collection",
    "CREATE UNIQUE INDEX one_current_version ON documents (file_name) WHERE state = 'current'",
    "ALTER TABLE documents DROP COLUMN collection",
    "ALTER TABLE documents DROP COLUMN reader",
    *(
        statement
        for table in ("conversations", "boards")
        for statement in (f"DROP INDEX ix_{table}_owner", f"ALTER TABLE {table} DROP COLUMN owner")
    ),
    *(f"DROP TABLE {table}" for table in ("sessions", "api_keys", "people", "collections", "audit")),
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
    for statement in SINCE_6 if schema == "6" else (*SINCE_6, *SINCE_5, *SINCE_4, *SINCE_3):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"UPDATE meta SET value = '{schema}' WHERE key = 'schema'")
