"""How many chunks hold each word and each stem: counted when chunks come and go, in the same transaction.

Chunks that only list pages are left out: they hold every title's words, and answer nothing.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from sqlalchemy import Connection, delete, func, select, text

from ingest.stems import stem, words_of
from ingest.store.reads import IN_ONE_STATEMENT
from ingest.store.schema import ChunkRow, DocumentRow, TermRow

Kind = Literal["word", "stem", "chunk"]
Counts = Counter[tuple[Kind, str]]

_CHUNKS = select(ChunkRow.context, ChunkRow.text).execution_options(yield_per=1000)
_CONTENTS = re.compile(r"\bcontents$", re.I)
_ADD = text(
    "INSERT INTO terms(kind, term, collection, chunks) VALUES (:kind, :term, :collection, :chunks)"
    " ON CONFLICT (kind, term, collection) DO UPDATE SET chunks = terms.chunks + excluded.chunks"
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
    _add(connection, terms_of(connection, (document_id,)), _collection_of(connection, document_id))


def forget_document(connection: Connection, document_id: str) -> None:
    """To be called before the chunks go, or the document into another collection."""
    counts = terms_of(connection, (document_id,))
    _add(connection, {key: -count for key, count in counts.items()}, _collection_of(connection, document_id))
    # By their keys: of a large library's words a look at each takes longer than all the rest
    for kind in {kind for kind, _ in counts}:
        terms = [term for of, term in counts if of == kind]
        for start in range(0, len(terms), IN_ONE_STATEMENT):
            these = TermRow.term.in_(terms[start : start + IN_ONE_STATEMENT])
            connection.execute(delete(TermRow).where(TermRow.kind == kind, these, TermRow.chunks <= 0))


def count_anew(connection: Connection) -> None:
    connection.execute(delete(TermRow))
    for collection in _collections(connection):
        _add(connection, count_terms(_chunks_in(connection, collection)), collection)


def difference(connection: Connection) -> int:
    """How many terms are counted wrongly."""
    held = {(row.collection, row.kind, row.term): row.chunks for row in connection.execute(select(TermRow.__table__))}
    wrong = 0
    for collection in _collections(connection):
        for (kind, term), count in count_terms(_chunks_in(connection, collection)).items():
            wrong += held.pop((collection, kind, term), 0) != count
    return wrong + len(held)


def counts_of(connection: Connection, kind: Kind, collections: Collection[str] | None = None) -> dict[str, int]:
    """Terms of a kind and how many chunks hold each, in these collections or in all."""
    wanted = select(TermRow.term, func.sum(TermRow.chunks)).where(TermRow.kind == kind).group_by(TermRow.term)
    if collections is not None:
        wanted = wanted.where(TermRow.collection.in_(collections))
    return {term: int(count) for term, count in connection.execute(wanted)}


def _chunks(connection: Connection, document_id: str) -> Iterable[tuple[str, str]]:
    return connection.execute(_CHUNKS.where(ChunkRow.document_id == document_id))


def _chunks_in(connection: Connection, collection: str) -> Iterable[tuple[str, str]]:
    home = _CHUNKS.join(DocumentRow, DocumentRow.id == ChunkRow.document_id)
    return connection.execute(home.where(DocumentRow.collection == collection))


def _collections(connection: Connection) -> list[str]:
    return list(connection.scalars(select(DocumentRow.collection).distinct().order_by(DocumentRow.collection)))


def _collection_of(connection: Connection, document_id: str) -> str:
    return connection.scalar(select(DocumentRow.collection).where(DocumentRow.id == document_id)) or ""


def _add(connection: Connection, counts: Mapping[tuple[Kind, str], int], collection: str) -> None:
    rows = [
        {"kind": kind, "term": term, "collection": collection, "chunks": count}
        for (kind, term), count in counts.items()
    ]
    if rows:
        connection.execute(_ADD, rows)
