"""All that is SQLite's own: how it is opened, the FTS5 word index over the chunks, and an index over their lists."""

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
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


def create_index(connection: Connection) -> None:
    connection.execute(text(_CREATE))
    connection.execute(text(_CREATE_SEVERAL))
    connection.execute(text(_CREATE_NAMED))


def with_several_adopters(connection: Connection) -> list[tuple[int, tuple[str, ...]]]:
    """Id and adopters of each chunk that names more than two."""
    return [(row[0], tuple(json.loads(row[1]))) for row in connection.execute(text(_FIND_SEVERAL))]


def quote_term(term: str) -> str:
    """One term for an FTS5 expression, whatever stands in it; never read as an operator."""
    return '"' + term.replace("\x00", " ").replace('"', '""') + '"'


def find(
    connection: Connection, query: str, limit: int, documents: Collection[str] | None = None
) -> list[tuple[int, float]]:
    """Chunk ids and BM25, higher is better; `query` is a MATCH expression. Raises LibraryError when it is not one.

    Of all documents, rows whose chunk is gone may be among them.
    """
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


def index_document(connection: Connection, document_id: str) -> None:
    """Adds the rows of a document's chunks; in the same transaction as the chunks themselves."""
    connection.execute(
        text(
            "INSERT INTO chunk_words(rowid, text, context) SELECT id, text, context FROM chunks WHERE document_id = :id"
        ),
        {"id": document_id},
    )


def forget_document(connection: Connection, document_id: str) -> None:
    """Removes the rows of a document's chunks; to be called before the chunks go."""
    connection.execute(
        text("DELETE FROM chunk_words WHERE rowid IN (SELECT id FROM chunks WHERE document_id = :id)"),
        {"id": document_id},
    )


def rebuild_index(connection: Connection) -> None:
    connection.execute(text("DROP TABLE IF EXISTS chunk_words"))
    create_index(connection)
    connection.execute(text("INSERT INTO chunk_words(rowid, text, context) SELECT id, text, context FROM chunks"))


def difference(connection: Connection) -> tuple[int, int]:
    """(chunks whose words are missing or not theirs, index rows without a chunk)."""
    missing = """SELECT count(*) FROM chunks LEFT JOIN chunk_words ON chunk_words.rowid = chunks.id
    WHERE chunk_words.rowid IS NULL OR chunk_words.text <> chunks.text OR chunk_words.context <> chunks.context"""
    orphans = "SELECT count(*) FROM chunk_words WHERE rowid NOT IN (SELECT id FROM chunks)"
    return int(connection.execute(text(missing)).scalar_one()), int(connection.execute(text(orphans)).scalar_one())


def faults(connection: Connection) -> list[str]:
    """What SQLite's own checks of the file and of the word index say; empty when all is well."""
    found = [row[0] for row in connection.execute(text("PRAGMA quick_check")) if row[0] != "ok"]
    try:
        connection.execute(text("INSERT INTO chunk_words(chunk_words) VALUES ('integrity-check')"))
    except DatabaseError as error:
        found.append(str(error.orig))
    return found
