"""The vectors of each chunk's sentences, made with the chunk's own: one row a chunk, gone with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, delete, func, insert, select

from ingest.pooling import Vectors, normalised
from ingest.store.schema import ChunkRow, SentenceRow
from ingest.types import Span

SCALE = 127
_IN_ONE_STATEMENT = 500


@dataclass(frozen=True, slots=True)
class PackedSentences:
    """As they are stored, little-endian: int32 page, start and end of each sentence; int8 vectors.

    The largest value of a vector is 127 or -127: its length is lost, and is 1 again when it is read.
    """

    spans: bytes
    vectors: bytes


@dataclass(frozen=True, slots=True)
class Sentences:
    """`spans` is (n, 3): page, start and end of each sentence, in order; `vectors` (n, dimensions), of length 1."""

    spans: npt.NDArray[np.int32]
    vectors: Vectors


def pack(spans: Sequence[Span], vectors: Vectors) -> PackedSentences:
    """Sentences whose vector is of zeros are left out: the model has not read them."""
    read = vectors.any(axis=1)
    places = np.array([(span.page, span.start, span.end) for span in spans], dtype="<i4").reshape(-1, 3)
    largest = np.abs(vectors[read]).max(axis=1, keepdims=True, initial=0)
    return PackedSentences(places[read].tobytes(), np.rint(vectors[read] / largest * SCALE).astype("<i1").tobytes())


def insert_sentences(connection: Connection, document_id: str, packed: Sequence[PackedSentences]) -> None:
    """Those of all chunks of a document, in reading order; in the same transaction as the chunks themselves."""
    wanted = select(ChunkRow.id).where(ChunkRow.document_id == document_id).order_by(ChunkRow.ordinal)
    replace_sentences(connection, connection.execute(wanted).scalars().all(), packed)


def replace_sentences(connection: Connection, ids: Sequence[int], packed: Sequence[PackedSentences]) -> None:
    rows = [
        {"chunk_id": chunk, "spans": one.spans, "vectors": one.vectors} for chunk, one in zip(ids, packed, strict=True)
    ]
    for part in _parts(ids):
        connection.execute(delete(SentenceRow).where(SentenceRow.chunk_id.in_(part)))
    if rows:
        connection.execute(insert(SentenceRow), rows)


def sentences_of(connection: Connection, ids: Sequence[int]) -> dict[int, Sentences]:
    """By chunk, of those chunks that have any."""
    wanted = select(SentenceRow.chunk_id, SentenceRow.spans, SentenceRow.vectors)
    parts = (connection.execute(wanted.where(SentenceRow.chunk_id.in_(part))) for part in _parts(ids))
    return {row.chunk_id: _unpack(row.spans, row.vectors) for part in parts for row in part if row.spans}


def lacking(connection: Connection) -> list[int]:
    """Chunks whose sentences were never made, or do not fit the chunk's own vector."""
    whole = func.length(SentenceRow.vectors) * 12 == func.length(SentenceRow.spans) * func.length(ChunkRow.vector) / 4
    joined = select(ChunkRow.id).outerjoin(SentenceRow, (SentenceRow.chunk_id == ChunkRow.id) & whole)
    return list(connection.execute(joined.where(SentenceRow.chunk_id.is_(None)).order_by(ChunkRow.id)).scalars())


def delete_orphans(connection: Connection) -> None:
    """Sentences of chunks that are not there."""
    connection.execute(delete(SentenceRow).where(SentenceRow.chunk_id.not_in(select(ChunkRow.id))))


def _unpack(spans: bytes, vectors: bytes) -> Sentences:
    places = np.frombuffer(spans, dtype="<i4").reshape(-1, 3)
    stored = np.frombuffer(vectors, dtype="<i1").reshape(len(places), -1)
    return Sentences(places, normalised(stored.astype(np.float32)))


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _IN_ONE_STATEMENT] for start in range(0, len(ids), _IN_ONE_STATEMENT))
