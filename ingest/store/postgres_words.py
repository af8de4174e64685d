"""PostgreSQL's full-text index over the chunks, ranked as FTS5 ranks them: Porter stems and BM25.

Its own stemmer and its own ranks are not used: they would rank the same library otherwise than SQLite does. Words are
stemmed here and stored as they are; `ts_rank_cd` of one term counts its occurrences, each by the weight of its part.
BM25 is Robertson's, as FTS5 has it: https://www.sqlite.org/fts5.html#the_bm25_function.
"""

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Any

import snowballstemmer
from sqlalchemy import Connection, text

from ingest.errors import LibraryError
from ingest.store.sqlite import CONTEXT_WEIGHT, TEXT_WEIGHT

K1, B, LEAST = 1.2, 0.75, 1e-6
EXACT, MOST = 20_000, 50_000  # chunks that are ranked for one question; of more, those with the rarer words
OFTEN = (K1 + 1) * 2 / (2 + K1)  # what a term adds that stands in a chunk twice, as a share of its weight
GAP = 10  # places between text and context, so that no phrase reaches over
LONGEST = 200  # characters of a stem
LAST_PLACE = 16_383  # that PostgreSQL counts in one text

_WORD = re.compile(r"[^\W_]+")
_BLY = re.compile(r"(.*[aeiouy][^aeiou].*)bl(?:y|ies)")
_LOGI = re.compile(r".*[aeiouy][^aeiouy].*logi")
_TERM = re.compile(r'"((?:[^"]|"")*)"')
_QUERY = re.compile(rf"{_TERM.pattern}(?: (?:OR|AND) {_TERM.pattern})*")
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
_COUNTS = text(
    "SELECT lexeme, chunks, 0 AS length FROM lexemes WHERE lexeme = ANY(:words)"
    " UNION ALL SELECT NULL, chunks, length FROM word_totals"
)
_OF_ONE = "WHERE document_id = :id"


# Texts to words


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


# The index


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


# The search


@dataclass(frozen=True, slots=True)
class _Term:
    """`written` is the tsquery; `chunks` in how many it stands, of a phrase at most; `times` how often it is asked for.

    Terms that differ have the same stems at times, and then count for as many.
    """

    written: str
    chunks: int
    is_phrase: bool
    times: int


def find(connection: Connection, query: str, limit: int, documents: Collection[str] | None) -> list[tuple[int, float]]:
    """See `Dialect`. Of words that stand in very many chunks, only those are ranked that hold a rarer one too."""
    phrases, every = _read(query)
    terms, chunks, length = _weigh(connection, phrases)
    if not terms or not chunks or (every and len(terms) < len(phrases)):
        return []
    enough = len(terms) if every else _enough(terms, chunks, limit)
    values: dict[str, Any] = {
        "weights": [TEXT_WEIGHT, 1.0, 1.0, CONTEXT_WEIGHT],
        "average": length / chunks,
        "all": chunks,
        "limit": limit,
        "wanted": (" & " if every else " | ").join(one.written for one in terms[:enough]),
    }
    if documents is not None:
        values["documents"] = sorted(documents)
    for number, term in enumerate(terms):
        values |= {f"q{number}": term.written, f"n{number}": term.chunks}
    found = connection.execute(text(_statement(terms, enough, documents is not None)), values)
    return [(int(row[0]), float(row[1])) for row in found]


def _read(query: str) -> tuple[Counter[tuple[str, ...]], bool]:
    """The words of each term and how often it is there, and whether every term must be. Raises LibraryError."""
    between = set(_TERM.sub(" ", query).split())
    if not _QUERY.fullmatch(query) or len(between) > 1:
        raise LibraryError(
            "The word index could not answer (this is no query of quoted terms); run `assistant doctor`."
        )
    terms = Counter(tuple(words_of(term.replace('""', '"'))) for term in _TERM.findall(query))
    return terms, between == {"AND"}


def _weigh(connection: Connection, phrases: Mapping[tuple[str, ...], int]) -> tuple[list[_Term], int, int]:
    """Those that can stand somewhere, the rarest first; how many chunks there are, and of how many words."""
    wanted = sorted({word for phrase in phrases for word in phrase})
    counts: dict[str, int] = {}
    chunks = length = 0
    for row in connection.execute(_COUNTS, {"words": wanted}):
        if row.lexeme is None:
            chunks, length = row.chunks, row.length
        else:
            counts[row.lexeme] = row.chunks
    known = [phrase for phrase in phrases if phrase and all(word in counts for word in phrase)]
    terms = [
        _Term(_written(phrase), min(counts[word] for word in phrase), len(phrase) > 1, phrases[phrase])
        for phrase in known
    ]
    return sorted(terms, key=lambda one: one.chunks), chunks, length


def _written(phrase: Sequence[str]) -> str:
    words = " <-> ".join(f"'{word}'" for word in phrase)
    return f"({words})" if len(phrase) > 1 else words


def _enough(terms: Sequence[_Term], chunks: int, limit: int) -> int:
    """How many of them, the rarest first, must be looked for.

    The most common are left out while what is found without them outweighs all that they could add.
    """
    weights = [one.times * log(max(chunks - one.chunks + 0.5, 1.0) / (one.chunks + 0.5)) for one in terms]
    taken, found, least = 0, 0, 0.0
    for term in terms:
        rest = OFTEN * sum(max(one, 0.0) for one in weights[taken:])
        if found >= 2 * limit:  # all of them hold a term at least as rare as this one's forerunner
            least = least or weights[taken - 1]
            if found + term.chunks > (EXACT if rest <= least else MOST):
                break
        taken, found = taken + 1, found + term.chunks
    return taken


def _statement(terms: Sequence[_Term], enough: int, limited: bool) -> str:
    counted = ", ".join(
        f"ts_rank_cd(CAST(:weights AS real[]), words, CAST(:q{n} AS tsquery)) AS f{n}" for n in range(len(terms))
    )
    rarities = ", ".join(f"({_rarity(n, one.is_phrase and n < enough)}) AS i{n}" for n, one in enumerate(terms))
    score = " + ".join(f"{one.times} * i{n} * f{n} * {K1 + 1} / (f{n} + k)" for n, one in enumerate(terms))
    return f"""WITH found AS MATERIALIZED (
    SELECT chunk_id, {K1} * ({1 - B} + {B} * length / CAST(:average AS float8)) AS k, {counted}
    FROM chunk_words WHERE words @@ CAST(:wanted AS tsquery)
    {"AND document_id = ANY(:documents)" if limited else ""}
    ), rarity AS (SELECT {rarities})
    SELECT chunk_id, {score} AS score FROM found, rarity ORDER BY score DESC, chunk_id LIMIT :limit"""


def _rarity(number: int, to_be_counted: bool) -> str:
    """A phrase that was looked for is counted in what was found; else it counts as common as its rarest word."""
    n = f"(SELECT count(*) FROM found WHERE f{number} > 0)" if to_be_counted else f"CAST(:n{number} AS float8)"
    return (
        f"SELECT greatest({LEAST}, ln(greatest({LEAST}, (CAST(:all AS float8) - n + 0.5) / (n + 0.5))))"
        f" FROM (SELECT {n} AS n) AS counted"
    )
