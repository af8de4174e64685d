"""Texts of several threads in one batch: each gets its own vectors, and a failure only its own batch's."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from ingest.embedding import Embedder, Vectors
from ingest.together import Together, _Waiting


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


def test_a_question_waits_for_one_batch_of_an_ingest_at_most() -> None:
    embedder = Embedder()
    embedder.embed(["warm"])
    batches = 0
    passed: list[int] = []
    begun = threading.Event()

    def count(done: int, total: int) -> None:
        nonlocal batches
        batches += 1
        begun.set()

    chunks = [f"Passage {number} of a long document that is being added. " * 12 for number in range(16 * 12)]
    ingest = threading.Thread(target=embedder.embed, args=(chunks, count))
    ingest.start()
    begun.wait()
    while ingest.is_alive() and len(passed) < 5:
        before = batches
        embedder.embed(["What did the council report?"])
        passed.append(batches - before)
    ingest.join()
    assert len(passed) == 5
    assert max(passed) <= 2  # what is under way, and one that ends before this thread runs on


def test_an_ingest_goes_on_however_many_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.together.PATIENCE", 0.05)
    together = Together(threading.Lock(), lambda texts: np.zeros((len(texts), 1), dtype=np.float32), 16)
    together._waiting.append(_Waiting(["one who always waits"]))
    with together.after_all():
        pass


def test_whoever_asks_comes_before_an_ingest_that_waited_longer() -> None:
    model, order = threading.Lock(), list[str]()

    def encode(texts: list[str]) -> Vectors:
        order.extend(texts)
        return np.zeros((len(texts), 1), dtype=np.float32)

    together = Together(model, encode, 16)

    def ingest() -> None:
        with together.after_all():
            order.append("ingest")

    with ThreadPoolExecutor(2) as threads:
        with model:
            first = threads.submit(ingest)
            time.sleep(0.2)  # it waits for the model
            second = threads.submit(together.encode, ["question"])
            while not together._waiting:
                pass
        first.result()
        second.result()
    assert order == ["question", "ingest"]
