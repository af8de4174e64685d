"""Texts of several threads in one batch: each gets its own vectors, and a failure only its own batch's."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from ingest.embedding import Embedder, Vectors
from ingest.together import Together


def test_who_waits_at_the_same_time_is_served_in_one_batch() -> None:
    batches: list[list[str]] = []

    def encode(texts: list[str]) -> Vectors:
        batches.append(texts)
        return np.array([[float(text)] for text in texts], dtype=np.float32)

    model = threading.Lock()
    together = Together(model, encode, 16)
    with ThreadPoolExecutor(9) as threads:
        with model:
            asked = [threads.submit(together.encode, [str(number)]) for number in range(8)]
            while len(together._waiting) < 8:
                pass
        assert [float(one.result()[0, 0]) for one in asked] == list(range(8))
    assert sorted(batches[0], key=int) == [str(number) for number in range(8)]
    assert len(batches) == 1


def test_a_failure_reaches_everybody_whose_texts_were_in_the_batch() -> None:
    def encode(texts: list[str]) -> Vectors:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        Together(threading.Lock(), encode, 16).encode(["one"])


def test_vectors_are_the_same_whoever_else_asks() -> None:
    embedder = Embedder()
    texts = [f"What did council {number} report of its {'long ' * number}work?" for number in range(12)]
    alone = np.concatenate([embedder.embed([text]) for text in texts])
    with ThreadPoolExecutor(12) as threads:
        crowd = np.concatenate(list(threads.map(lambda text: embedder.embed([text]), texts)))
    assert np.allclose(alone, crowd, atol=1e-5)
