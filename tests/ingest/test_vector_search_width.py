"""How widely the vector index is searched: an index of an earlier release too, as soon as it is opened."""

from pathlib import Path

import numpy as np
import pytest

from ingest.embedding import Vectors
from ingest.pooling import normalised
from ingest.vectors import VectorIndex


def _found(index: VectorIndex, vectors: Vectors, asked: Vectors) -> float:
    """The share of the ten nearest that it finds."""
    exact = np.argsort(-(asked @ vectors.T), axis=1)[:, :10]
    hits = [{chunk for chunk, _ in index.nearest(vector, 10)} for vector in asked]
    return float(np.mean([len(hit & set(map(int, row))) / 10 for hit, row in zip(hits, exact, strict=True)]))


def test_an_index_that_was_searched_narrowly_is_searched_as_widely_as_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(0)
    known = rng.normal(size=(300, 384))
    vectors = normalised(known[rng.integers(300, size=(4000, 3))].mean(axis=1).astype(np.float32))
    asked = normalised(vectors[:40] + 0.5 * vectors[40:80])
    with monkeypatch.context() as patch:
        patch.setattr("ingest.vectors.LOOKED_AT", 10)
        narrow = VectorIndex(tmp_path, None, "chunks-test")
        narrow.upsert(range(len(vectors)), vectors, ["a"] * len(vectors))
        before = _found(narrow, vectors, asked)
        narrow.close()
    wide = VectorIndex(tmp_path, None, "chunks-test")
    found = _found(wide, vectors, asked)
    wide.close()
    assert before < 0.95
    assert found >= 0.99
