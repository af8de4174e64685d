"""The vectors of chunks and of their sentences, as the store keeps them."""

from collections.abc import Iterator, Sequence

import numpy as np

from ingest.embedding import Embedder, OnBatch, Vectors, embedded_text
from ingest.sentences import sentence_spans
from ingest.store.sentences import PackedSentences, pack
from ingest.types import Chunk, Span

AT_ONCE = 1024  # chunks: the sentences of so many are in memory as floats, six times what is stored


def embed_chunks(
    embedder: Embedder, chunks: Sequence[Chunk], on_batch: OnBatch | None = None
) -> tuple[Vectors, list[PackedSentences]]:
    """(n, dimensions) float32 and the sentences of each chunk. Raises ModelError."""
    vectors = np.zeros((len(chunks), embedder.dimensions), dtype=np.float32)
    packed: list[PackedSentences] = []
    for start in range(0, len(chunks), AT_ONCE):
        part = chunks[start : start + AT_ONCE]
        places = [list(_places(chunk)) for chunk in part]
        vectors[start : start + AT_ONCE], sentences = embedder.embed_with_sentences(
            [embedded_text(chunk) for chunk in part],
            [[place for place, _ in one] for one in places],
            _further(on_batch, start, len(chunks)),
        )
        packed += [pack([span for _, span in one], rows) for one, rows in zip(places, sentences, strict=True)]
    return vectors, packed


def _further(on_batch: OnBatch | None, before: int, total: int) -> OnBatch | None:
    return None if on_batch is None else lambda done, _: on_batch(before + done, total)


def _places(chunk: Chunk) -> Iterator[tuple[tuple[int, int], Span]]:
    """Each sentence of a chunk: its place in the embedded text, and on its page.

    A sentence ends with its block at the latest: list items, rows of a table and quotes are never joined.
    """
    before = len(embedded_text(chunk)) - len(chunk.text)
    at = 0
    for span in chunk.spans:
        length = span.end - span.start
        for start, end in sentence_spans(chunk.text[at : at + length]):
            place = (before + at + start, before + at + end)
            yield place, Span(span.page, span.start + start, span.start + end)
        at += length + 1  # a line break joins the spans
