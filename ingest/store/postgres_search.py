"""Search in PostgreSQL's word index: BM25 as FTS5 has it, in one statement.

`ts_rank_cd` of one term adds up its occurrences in a chunk, each by the weight of its part: what BM25 counts. The
formula is Robertson's, as on https://www.sqlite.org/fts5.html#the_bm25_function.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from sqlalchemy import Connection, text

from ingest.errors import LibraryError
from ingest.store.postgres_words import words_of
from ingest.store.sqlite import CONTEXT_WEIGHT, TEXT_WEIGHT

K1, B, LEAST = 1.2, 0.75, 1e-6
EXACT, MOST = 20_000, 50_000  # chunks that are ranked for one question; of more, those with the rarer words
OFTEN = (K1 + 1) * 2 / (2 + K1)  # what a term adds that stands in a chunk twice, as a share of its weight

_TERM = re.compile(r'"((?:[^"]|"")*)"')
_QUERY = re.compile(rf"{_TERM.pattern}(?: (?:OR|AND) {_TERM.pattern})*")
_COUNTS = text(
    "SELECT lexeme, chunks, 0 AS length FROM lexemes WHERE lexeme = ANY(:words)"
    " UNION ALL SELECT NULL, chunks, length FROM word_totals"
)


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
