"""Libraries as earlier versions kept them: each step takes back what its version brought, the latest first."""

from sqlalchemy import Connection

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
    """Says that the library is of `schema`, 3 or earlier; what versions up to 3 brought is the caller's to take."""
    for statement in (*SINCE_5, *SINCE_4, *SINCE_3):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"UPDATE meta SET value = '{schema}' WHERE key = 'schema'")
