"""Chroma brought to what the truth holds, whatever it held before: part by part, a million vectors being 1.5 GB."""

from sqlalchemy import Connection

from ingest.store import reads, stored_vectors
from ingest.vectors import VectorIndex

AT_ONCE = 10_000  # vectors: 15 MB


def reconcile(connection: Connection, index: VectorIndex) -> str:
    """The generation that it now follows."""
    generation = reads.meta(connection)["generation"]
    wanted = set(reads.chunk_ids(connection))
    held = index.ids()
    missing = sorted(wanted - held)
    for start in range(0, len(missing), AT_ONCE):
        ids, documents, matrix = stored_vectors.read(connection, missing[start : start + AT_ONCE])
        if ids:
            index.upsert(ids, matrix, documents)
    index.delete(sorted(held - wanted))
    return generation
