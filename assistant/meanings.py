"""How near a question is to a sentence: what the sentence means in its chunk, read from the library."""

from collections.abc import Iterator, Sequence

import numpy as np

from ingest.embedding import Vectors
from ingest.records import StoredChunk
from ingest.store.sentences import Sentences
from ingest.types import Span
from ingest.view import LibraryView


class Meanings:
    """Of the sentences of some chunks, beside the vector of one question (as `embed` makes it)."""

    def __init__(self, library: LibraryView, vector: Vectors, stored_chunks: Sequence[StoredChunk]) -> None:
        self._vector = vector
        found = library.sentences([stored.id for stored in stored_chunks])
        self._chunks = {chunk: _Chunk(sentences, vector) for chunk, sentences in found.items()}

    def of(self, stored: StoredChunk, spans: Sequence[Span]) -> float | None:
        """Cosine of the question and what stands at these places of the pages: each sentence counts by its length.

        None where the chunk has no sentence there: the library was made by an earlier version, or the model does not
        read that far.
        """
        chunk = self._chunks.get(stored.id)
        return None if chunk is None else chunk.similarity(self._vector, list(chunk.overlaps(spans)))


class _Chunk:
    def __init__(self, sentences: Sentences, vector: Vectors) -> None:
        self._vectors = sentences.vectors
        self._places: list[list[int]] = sentences.spans.tolist()
        self._similarities: list[float] = (sentences.vectors @ vector).tolist()

    def overlaps(self, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
        """Index of a sentence, and how many of its characters lie in the spans."""
        for index, (page, start, end) in enumerate(self._places):
            shared = sum(max(0, min(end, s.end) - max(start, s.start)) for s in spans if s.page == page)
            if shared:
                yield index, shared

    def similarity(self, vector: Vectors, shares: Sequence[tuple[int, int]]) -> float | None:
        if len(shares) < 2:
            return self._similarities[shares[0][0]] if shares else None
        indices, weights = [index for index, _ in shares], np.array([share for _, share in shares], dtype=np.float32)
        mean = weights @ self._vectors[indices]
        length = float(np.linalg.norm(mean))
        return float(mean @ vector) / length if length else None
