"""How many chunks hold each word and each stem: counted when chunks come and go, in the same transaction.

Chunks that only list pages are left out: they hold every title's words, and answer nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from sqlalchemy import Connection, delete, select, text

from ingest.stems import stem, words_of
from ingest.store.reads import IN_ONE_STATEMENT
from ingest.store.schema import ChunkRow, TermRow

Kind = Literal["word", "stem", "chunk"]
Counts = Counter[tuple[Kind, str]]

_CONTENTS = re.compile(r"\bcontents$", re.I)
_ADD = text(
    "INSERT INTO terms(kind, term, chunks) VALUES (:kind, :term, :chunks)"
    " ON CONFLICT (kind, term) DO UPDATE SET chunks = terms.chunks + excluded.chunks"
)


def lists_pages(context: str) -> bool:
    """Whether a chunk with this context stands on a contents page."""
    return _CONTENTS.search(context) is not None


def count_terms(chunks: Iterable[tuple[str, str]]) -> Counts:
    """Of chunks as (context, text): in how many each word and each stem stands; ("chunk", "") counts the chunks."""
    counts: Counts = Counter()
    for context, words in chunks:
        if not lists_pages(context):
            forms = set(words_of(f"{context}\n{words}"))
            counts["chunk", ""] += 1
            counts.update(("word", form) for form in forms)
            counts.update(("stem", stemmed) for stemmed in {stem(form) for form in forms})
    return counts


def terms_of(connection: Connection, document_ids: Iterable[str]) -> Counts:
    """What the chunks of these documents count."""
    return count_terms(row for one in document_ids for row in _chunks(connection, one))


def count_document(connection: Connection, document_id: str) -> None:
    _add(connection, terms_of(connection, (document_id,)))


def forget_document(connection: Connection, document_id: str) -> None:
    """To be called before the chunks go."""
    counts = terms_of(connection, (document_id,))
    _add(connection, {key: -count for key, count in counts.items()})
    # By their keys: of a large library's words a look at each takes longer than all the rest
    for kind in {kind for kind, _ in counts}:
        terms = [term for of, term in counts if of == kind]
        for start in range(0, len(terms), IN_ONE_STATEMENT):
            these = TermRow.term.in_(terms[start : start + IN_ONE_STATEMENT])
            connection.execute(delete(TermRow).where(TermRow.kind == kind, these, TermRow.chunks <= 0))


def count_anew(connection: Connection) -> None:
    connection.execute(delete(TermRow))
    _add(connection, count_terms(_chunks(connection)))


def difference(connection: Connection) -> int:
    """How many terms are counted wrongly."""
    counts = count_terms(_chunks(connection))
    held = {(row.kind, row.term): row.chunks for row in connection.execute(select(TermRow.__table__))}
    return sum(counts[key] != held.get(key, 0) for key in counts.keys() | held.keys())


def counts_of(connection: Connection, kind: Kind) -> dict[str, int]:
    """Terms of a kind and how many chunks hold each."""
    wanted = select(TermRow.term, TermRow.chunks).where(TermRow.kind == kind)
    return dict(connection.execute(wanted).all())


def _chunks(connection: Connection, document_id: str | None = None) -> Iterable[tuple[str, str]]:
    wanted = select(ChunkRow.context, ChunkRow.text).execution_options(yield_per=1000)
    if document_id is not None:
        wanted = wanted.where(ChunkRow.document_id == document_id)
    return connection.execute(wanted)


def _add(connection: Connection, counts: Mapping[tuple[Kind, str], int]) -> None:
    rows = [{"kind": kind, "term": term, "chunks": count} for (kind, term), count in counts.items()]
    if rows:
        connection.execute(_ADD, rows)
