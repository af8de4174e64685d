"""The vectors of chunks, as the truth keeps them."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import Connection, func, select

from ingest.embedding import Vectors
from ingest.store import reads
from ingest.store.schema import ChunkRow


def read(connection: Connection, ids: Sequence[int] | None = None) -> tuple[list[int], list[str], Vectors]:
    """Chunk ids, their documents and their vectors, one row each; of all chunks unless `ids` says which."""
    wanted = select(ChunkRow.id, ChunkRow.document_id, ChunkRow.vector).order_by(ChunkRow.id)
    if ids is None:
        rows = list(connection.execute(wanted))
    else:
        parts = (ids[start : start + reads.IN_ONE_STATEMENT] for start in range(0, len(ids), reads.IN_ONE_STATEMENT))
        rows = [row for part in parts for row in connection.execute(wanted.where(ChunkRow.id.in_(part)))]
    # A vector that is not whole is left out: its chunk is still found by its words, and the doctor tells of it
    whole = max((len(row.vector) for row in rows), default=0)
    rows = [row for row in rows if len(row.vector) == whole]
    joined = np.frombuffer(b"".join(row.vector for row in rows), dtype="<f4")
    matrix = joined.reshape(len(rows), -1) if rows else joined.reshape(0, 0)
    return [row.id for row in rows], [row.document_id for row in rows], matrix.astype(np.float32, copy=False)


def sample(connection: Connection, size: int = 64) -> tuple[list[int], Vectors]:
    """Chunks spread over the whole library, and their vectors."""
    ids = reads.chunk_ids(connection)
    sampled, _, matrix = read(connection, ids[:: max(1, len(ids) // size)])
    return sampled, matrix


def are_sound(connection: Connection) -> bool:
    """Whether every chunk has a vector, all of one length."""
    lengths = set(connection.execute(select(func.length(ChunkRow.vector)).distinct()).scalars())
    return not lengths or (len(lengths) == 1 and 0 not in lengths and None not in lengths)
