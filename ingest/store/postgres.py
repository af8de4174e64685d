"""All that is PostgreSQL's own, beside how it is reached (`postgres_link.py`) and its words (`postgres_words.py`)."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, column, func, inspect, text
from sqlalchemy.types import JSON

from ingest.store import postgres_search, postgres_words
from ingest.store.postgres_lock import LIBRARY, MAKING

# Chunks that name several councils: few, and asked for together
_CREATE_SEVERAL = """CREATE INDEX IF NOT EXISTS chunks_with_several_adopters
ON chunks (id) WHERE jsonb_array_length(adopters) > 2"""
_FIND_SEVERAL = "SELECT id, adopters FROM chunks WHERE jsonb_array_length(adopters) > 2 ORDER BY id"

# What stands in files beside an embedded library: originals, uploads on their way, and who has which in hand
_TABLES = (
    """CREATE TABLE IF NOT EXISTS originals (
    sha256 text COLLATE "C", part integer, data bytea NOT NULL, PRIMARY KEY (sha256, part))""",
    """CREATE TABLE IF NOT EXISTS uploads (
    job_id text COLLATE "C", number integer, part integer, data bytea NOT NULL, PRIMARY KEY (job_id, number, part),
    FOREIGN KEY (job_id, number) REFERENCES job_files (job_id, number) ON DELETE CASCADE)""",
    """CREATE TABLE IF NOT EXISTS hands (
    job_id text COLLATE "C", number integer, worker integer NOT NULL, stage text, done integer NOT NULL DEFAULT 0,
    total integer NOT NULL DEFAULT 0, page integer NOT NULL DEFAULT 0, pages integer NOT NULL DEFAULT 0,
    PRIMARY KEY (job_id, number),
    FOREIGN KEY (job_id, number) REFERENCES job_files (job_id, number) ON DELETE CASCADE)""",
)
_DAMAGED_INDEXES = """SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace"""
_CHECKSUMS = "SELECT coalesce(checksum_failures, 0) FROM pg_stat_database WHERE datname = current_database()"
_NUMBERED = """SELECT table_name, column_name, pg_get_serial_sequence(quote_ident(table_name), column_name) AS sequence
FROM information_schema.columns WHERE table_schema = current_schema() AND column_default LIKE 'nextval(%'"""


class PostgreSQL:
    """See `Dialect`."""

    def wait_turn(self, connection: Connection) -> None:
        connection.execute(text("SELECT pg_advisory_xact_lock(:a, :b)"), {"a": LIBRARY, "b": MAKING})

    def create_index(self, connection: Connection) -> None:
        postgres_words.create(connection)
        for statement in (_CREATE_SEVERAL, *_TABLES):
            connection.execute(text(statement))

    def with_several_adopters(self, connection: Connection) -> list[tuple[int, tuple[str, ...]]]:
        return [(row.id, tuple(row.adopters)) for row in connection.execute(text(_FIND_SEVERAL))]

    def find(
        self, connection: Connection, query: str, limit: int, documents: Collection[str] | None
    ) -> list[tuple[int, float]]:
        return postgres_search.find(connection, query, limit, documents)

    def index_document(self, connection: Connection, document_id: str) -> None:
        postgres_words.add(connection, document_id)

    def forget_document(self, connection: Connection, document_id: str) -> None:
        postgres_words.forget(connection, document_id)

    def rebuild_index(self, connection: Connection) -> None:
        postgres_words.rebuild(connection, damaged=bool(self.faults(connection)))
        self.create_index(connection)

    def difference(self, connection: Connection) -> tuple[int, int]:
        return postgres_words.difference(connection)

    def faults(self, connection: Connection) -> list[str]:
        found = [f"its index {row[0]} is not whole" for row in connection.execute(text(_DAMAGED_INDEXES))]
        if bad := connection.execute(text(_CHECKSUMS)).scalar():
            found.append(f"{bad} of its pages failed their checksum")
        return found

    def citations_in(self, answer: Any) -> tuple[FromClause, ColumnElement[str], ColumnElement[str]]:
        cited = func.json_array_elements(answer["citations"]).table_valued(column("value", JSON), name="cited")
        value: Any = cited.c.value
        return cited, value["document_id"].as_string(), value["quote"].as_string()

    @contextmanager
    def altering(self, connection: Connection) -> Iterator[None]:
        with connection.execution_options(isolation_level="READ COMMITTED").begin():
            yield

    def counters(self, connection: Connection) -> Mapping[str, int]:
        return {
            row.table_name: connection.execute(text(f"SELECT last_value FROM {row.sequence}")).scalar_one()
            for row in connection.execute(text(_NUMBERED)).all()
        }

    def set_counters(self, connection: Connection, last: Mapping[str, int]) -> None:
        for row in connection.execute(text(_NUMBERED)).all():
            highest = f"SELECT coalesce(max({row.column_name}), 0) FROM {row.table_name}"
            values = {"sequence": row.sequence, "last": last.get(row.table_name, 0)}
            connection.execute(text(f"SELECT setval(:sequence, greatest(:last, ({highest}), 1))"), values)


def is_empty(connection: Connection) -> bool:
    """Whether there is nothing at all in this database."""
    return not inspect(connection).get_table_names()
