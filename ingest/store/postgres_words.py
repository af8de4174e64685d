"""PostgreSQL's full-text index over the chunks, with the words and stems of FTS5; `postgres_search.py` asks it.

Its own stemmer is not used: it would find other chunks in the same library than SQLite does. Words are stemmed here and
stored as they are.
"""

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import snowballstemmer
from sqlalchemy import Connection, text

GAP = 10  # places between text and context, so that no phrase reaches over
LONGEST = 200  # characters of a stem
LAST_PLACE = 16_383  # that PostgreSQL counts in one text

_WORD = re.compile(r"[^\W_]+")
_BLY = re.compile(r"(.*[aeiouy][^aeiou].*)bl(?:y|ies)")
_LOGI = re.compile(r".*[aeiouy][^aeiouy].*logi")
_stemmer = snowballstemmer.stemmer("porter")
_stemming = threading.Lock()  # a stemmer holds the word that it works on

TABLES = (
    """CREATE TABLE IF NOT EXISTS chunk_words (
    chunk_id integer PRIMARY KEY REFERENCES chunks (id) ON DELETE CASCADE,
    document_id text COLLATE "C" NOT NULL, length integer NOT NULL, words tsvector NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS chunk_words_of_a_document ON chunk_words (document_id)",
    "CREATE INDEX IF NOT EXISTS chunk_words_words ON chunk_words USING gin (words) WITH (fastupdate = off)",
    'CREATE TABLE IF NOT EXISTS lexemes (lexeme text COLLATE "C" PRIMARY KEY, chunks integer NOT NULL)',
    "CREATE TABLE IF NOT EXISTS word_totals (chunks bigint NOT NULL, length bigint NOT NULL)",
)
_INSERT = text(
    "INSERT INTO chunk_words (chunk_id, document_id, length, words)"
    " VALUES (:id, :document, :length, CAST(:words AS tsvector))"
)
_COUNT = """INSERT INTO lexemes SELECT lexeme, count(*) FROM chunk_words, unnest(words) {which} GROUP BY 1 ORDER BY 1
ON CONFLICT (lexeme) DO UPDATE SET chunks = lexemes.chunks + excluded.chunks"""
_UNCOUNT = """UPDATE lexemes SET chunks = lexemes.chunks - gone.chunks FROM (SELECT lexeme, count(*) AS chunks
FROM chunk_words, unnest(words) WHERE document_id = :id GROUP BY 1 ORDER BY 1) AS gone
WHERE lexemes.lexeme = gone.lexeme"""
_TOTALS = """UPDATE word_totals SET chunks = word_totals.chunks {sign} added.chunks,
length = word_totals.length {sign} added.length
FROM (SELECT count(*) AS chunks, coalesce(sum(length), 0) AS length FROM chunk_words {which}) AS added"""
_OF_ONE = "WHERE document_id = :id"


def words_of(content: str) -> list[str]:
    """Stems as FTS5's `porter unicode61 remove_diacritics 2` makes them."""
    plain = unicodedata.normalize("NFD", content.lower())
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return [_stem(word) for word in _WORD.findall(plain)]


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    if len(word) < 3 or len(word) >= 64 or not word.isascii():
        return word[:LONGEST]
    # Two rules of Porter's own later version, which FTS5 has and Snowball has not: -bly as -ble, -logi as -log
    if found := _BLY.fullmatch(word):
        word = f"{found[1]}ble"
    with _stemming:
        stemmed = str(_stemmer.stemWord(word))
    return stemmed[:-1] if _LOGI.fullmatch(stemmed) else stemmed


def vector_of(content: str, context: str) -> tuple[str, int]:
    """A tsvector as PostgreSQL reads it, and how many words there are; those of the context bear the mark A."""
    own, around = words_of(content), words_of(context)
    places: dict[str, list[str]] = {}
    for at, word in enumerate(own, 1):
        places.setdefault(word, []).append(f"{min(at, LAST_PLACE)}")
    for at, word in enumerate(around, len(own) + GAP):
        places.setdefault(word, []).append(f"{min(at, LAST_PLACE)}A")
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items()), len(own) + len(around)


def create(connection: Connection) -> None:
    for statement in TABLES:
        connection.execute(text(statement))
    connection.execute(text("INSERT INTO word_totals SELECT 0, 0 WHERE NOT EXISTS (SELECT FROM word_totals)"))


def add(connection: Connection, document_id: str) -> None:
    _insert(connection, _OF_ONE, {"id": document_id})
    connection.execute(text(_COUNT.format(which=_OF_ONE)), {"id": document_id})
    connection.execute(text(_TOTALS.format(sign="+", which=_OF_ONE)), {"id": document_id})


def forget(connection: Connection, document_id: str) -> None:
    for statement in (
        _UNCOUNT,
        "DELETE FROM lexemes WHERE chunks <= 0",
        _TOTALS.format(sign="-", which=_OF_ONE),
        f"DELETE FROM chunk_words {_OF_ONE}",
    ):
        connection.execute(text(statement), {"id": document_id} if ":id" in statement else {})


def rebuild(connection: Connection, damaged: bool) -> None:
    """Who searches meanwhile finds what there was; only damaged tables are made anew, and are waited for."""
    for table in ("chunk_words", "lexemes", "word_totals") if damaged else ():
        connection.execute(text(f"DROP TABLE IF EXISTS {table}"))
    create(connection)
    for statement in (
        "DELETE FROM chunk_words",
        "DELETE FROM lexemes",
        "UPDATE word_totals SET chunks = 0, length = 0",
    ):
        connection.execute(text(statement))
    _insert(connection, "", {})
    connection.execute(text(_COUNT.format(which="")))
    connection.execute(text(_TOTALS.format(sign="+", which="")))


def difference(connection: Connection) -> tuple[int, int]:
    """(chunks whose words are missing or not theirs, stems that are counted wrongly)."""
    right = 0
    counts: Counter[str] = Counter()
    same = text(
        "SELECT count(*) FROM chunk_words"
        " JOIN unnest(CAST(:ids AS integer[]), CAST(:words AS text[])) AS now (id, words)"
        " ON now.id = chunk_words.chunk_id WHERE chunk_words.words = CAST(now.words AS tsvector)"
    )
    for part in _parts(connection, "", {}):
        vectors = [vector_of(row.text, row.context)[0] for row in part]
        right += connection.execute(same, {"ids": [row.id for row in part], "words": vectors}).scalar_one()
        for row in part:
            counts.update({*words_of(row.text), *words_of(row.context)})
    chunks = connection.execute(text("SELECT count(*) FROM chunks")).scalar_one()
    held: dict[str, int] = dict(connection.execute(text("SELECT lexeme, chunks FROM lexemes")).all())
    wrong = sum(counts[key] != held.get(key, 0) for key in counts.keys() | held.keys())
    return chunks - right, wrong


def _insert(connection: Connection, which: str, values: dict[str, Any]) -> None:
    for part in _parts(connection, which, values):
        rows = []
        for row in part:
            words, length = vector_of(row.text, row.context)
            rows.append({"id": row.id, "document": row.document_id, "length": length, "words": words})
        connection.execute(_INSERT, rows)


def _parts(connection: Connection, which: str, values: dict[str, Any]) -> Iterable[Sequence[Any]]:
    """A thousand chunks at a time, by their ids: a list of all would not fit into memory."""
    last = 0
    wanted = f"SELECT id, document_id, text, context FROM chunks {which or 'WHERE true'} AND id > :last"
    statement = text(f"{wanted} ORDER BY id LIMIT 1000")
    while part := connection.execute(statement, values | {"last": last}).all():
        yield part
        last = part[-1].id
