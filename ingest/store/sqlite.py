"""All that is SQLite's own: how it is opened, the FTS5 word index over the chunks, and an index over their lists."""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, FromClause, create_engine, event, func, inspect, text
from sqlalchemy.exc import DatabaseError

from ingest.errors import LibraryError
from ingest.store.rarer import narrowed

CONNECTIONS = 32  # kept open: with fewer, many people at once would open and prepare one for each statement
TEXT_WEIGHT = 1.0
CONTEXT_WEIGHT = 0.5

_CREATE = """CREATE VIRTUAL TABLE IF NOT EXISTS chunk_words
USING fts5(text, context, tokenize='porter unicode61 remove_diacritics 2')"""

# Chunks that name several councils: few, and asked for together
_CREATE_SEVERAL = """CREATE INDEX IF NOT EXISTS chunks_with_several_adopters
ON chunks (id, adopters) WHERE json_array_length(adopters) > 2"""

# How many chunks of each document name the same: counted from this index alone, without a look at a single text
_CREATE_NAMED = "CREATE INDEX IF NOT EXISTS chunks_named ON chunks (document_id, models, adopters)"

_FIND_SEVERAL = "SELECT id, adopters FROM chunks WHERE json_array_length(adopters) > 2 ORDER BY id"

_RANK = f"rank MATCH 'bm25({TEXT_WEIGHT}, {CONTEXT_WEIGHT})'"

# Ordered by `rank` alone FTS5 sorts by itself, without handing out every row
_FIND = (
    f"""SELECT rowid, -rank FROM chunk_words WHERE chunk_words MATCH :query AND {_RANK} ORDER BY rank LIMIT :limit"""
)

_FIND_IN = f"""SELECT chunk_words.rowid, -rank FROM chunk_words JOIN chunks ON chunks.id = chunk_words.rowid
WHERE chunk_words MATCH :query AND {_RANK} AND chunks.document_id IN (SELECT value FROM json_each(:documents))
ORDER BY rank, chunk_words.rowid LIMIT :limit"""

_ADD_WORDS = "INSERT INTO chunk_words(rowid, text, context) SELECT id, text, context FROM chunks"


def open_engine(path: Path) -> Engine:
    """An engine on the file, in WAL mode so that readers and the one writer don't wait for each other."""
    engine = create_engine(
        f"sqlite:///{path}",
        hide_parameters=True,  # errors are logged, people's words are not
        pool_size=CONNECTIONS,
        max_overflow=CONNECTIONS,
    )
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # this file is the truth: what was committed survives a power cut
        "foreign_keys=ON",
        "busy_timeout=10000",
        "secure_delete=ON",  # a removed document leaves no text behind in free pages
    ):
        connection.execute(f"PRAGMA {pragma}")


class SQLite:
    """See `Dialect`."""

    def wait_turn(self, connection: Connection) -> None:
        """The process owns the folder."""

    def create_index(self, connection: Connection) -> None:
        connection.execute(text(_CREATE))
        connection.execute(text(_CREATE_SEVERAL))
        if "models" in {row[1] for row in connection.execute(text("PRAGMA table_info(chunks)"))}:  # see own_words.py
            connection.execute(text(_CREATE_NAMED))

    def with_several_adopters(self, connection: Connection) -> list[tuple[int, tuple[str, ...]]]:
        return [(row[0], tuple(json.loads(row[1]))) for row in connection.execute(text(_FIND_SEVERAL))]

    def find(
        self, connection: Connection, query: str, limit: int, documents: Collection[str] | None
    ) -> list[tuple[int, float]]:
        values: dict[str, Any] = {"query": narrowed(connection, query), "limit": limit}
        if documents is not None:
            values["documents"] = json.dumps(sorted(documents))
        statement = text(_FIND if documents is None else _FIND_IN)
        try:
            return [(int(row[0]), float(row[1])) for row in connection.execute(statement, values)]
        except DatabaseError as error:
            # Without the query, which holds a person's words
            sentence = f"The word index could not answer ({error.orig}); run `assistant doctor`."
            raise LibraryError(sentence) from error

    def index_document(self, connection: Connection, document_id: str) -> None:
        connection.execute(text(f"{_ADD_WORDS} WHERE document_id = :id"), {"id": document_id})

    def forget_document(self, connection: Connection, document_id: str) -> None:
        connection.execute(
            text("DELETE FROM chunk_words WHERE rowid IN (SELECT id FROM chunks WHERE document_id = :id)"),
            {"id": document_id},
        )

    def rebuild_index(self, connection: Connection) -> None:
        connection.execute(text("DROP TABLE IF EXISTS chunk_words"))
        self.create_index(connection)
        connection.execute(text(_ADD_WORDS))

    def difference(self, connection: Connection) -> tuple[int, int]:
        missing = """SELECT count(*) FROM chunks LEFT JOIN chunk_words ON chunk_words.rowid = chunks.id
        WHERE chunk_words.rowid IS NULL OR chunk_words.text <> chunks.text OR chunk_words.context <> chunks.context"""
        orphans = "SELECT count(*) FROM chunk_words WHERE rowid NOT IN (SELECT id FROM chunks)"
        return int(connection.execute(text(missing)).scalar_one()), int(connection.execute(text(orphans)).scalar_one())

    def faults(self, connection: Connection) -> list[str]:
        found = [row[0] for row in connection.execute(text("PRAGMA quick_check")) if row[0] != "ok"]
        try:
            connection.execute(text("INSERT INTO chunk_words(chunk_words) VALUES ('integrity-check')"))
        except DatabaseError as error:
            found.append(str(error.orig))
        return found

    def citations_in(self, answer: Any) -> tuple[FromClause, ColumnElement[str], ColumnElement[str]]:
        cited = func.json_each(answer, "$.citations").table_valued("value")
        return (
            cited,
            func.json_extract(cited.c.value, "$.document_id"),
            func.json_extract(cited.c.value, "$.quote"),
        )

    @contextmanager
    def altering(self, connection: Connection) -> Iterator[None]:
        # Dropping a table that others refer to would empty those too
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        else:
            connection.exec_driver_sql("COMMIT")
        finally:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")

    def counters(self, connection: Connection) -> Mapping[str, int]:
        if not inspect(connection).has_table("sqlite_sequence"):
            return {}
        return dict(connection.execute(text("SELECT name, seq FROM sqlite_sequence")).all())

    def set_counters(self, connection: Connection, last: Mapping[str, int]) -> None:
        for name, seq in last.items():
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
            connection.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :seq)"), {"name": name, "seq": seq})
