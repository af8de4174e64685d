"""What several threads want embedded at the same moment goes through the model in one batch.

A batch of eight takes little longer than one text, and the model takes one batch at a time: with fifty people at once
it is what they wait for. An ingest, which embeds hundreds of texts, lets all of them go first.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from ingest.pooling import Vectors

PATIENCE = 2.0  # seconds that an ingest lets others go first: it comes to an end however many ask


@dataclass(slots=True)
class _Waiting:
    """Texts of one who waits for their vectors."""

    texts: list[str]
    vectors: Vectors | None = None
    error: Exception | None = None


class Together:
    """Whoever gets the model next takes along what all the others wait for by then."""

    def __init__(self, model: threading.Lock, encode: Callable[[list[str]], Vectors], most: int) -> None:
        """`model` is held while it is used; `most` texts go into a batch."""
        self._model, self._encode, self._most = model, encode, most
        self._waiting: list[_Waiting] = []
        self._queue = threading.Lock()
        self._empty = threading.Condition(self._queue)

    @contextmanager
    def after_all(self) -> Iterator[None]:
        """Holds the model for a batch of work that can wait, once nobody waits, or after PATIENCE.

        Without that, a lock which is given back and taken again at once comes late to those who wait for it.
        """
        end = time.monotonic() + PATIENCE
        while True:
            with self._empty:
                self._empty.wait_for(lambda: not self._waiting, max(0.0, end - time.monotonic()))
            with self._model:
                if not self._waiting or time.monotonic() >= end:
                    yield
                    return

    def encode(self, texts: Sequence[str]) -> Vectors:
        mine = _Waiting(list(texts))
        with self._queue:
            self._waiting.append(mine)
        with self._model:
            if mine.vectors is None and mine.error is None:
                with self._queue:
                    all_of_them, self._waiting = self._waiting, []
                    self._empty.notify_all()
                for some in self._batches(all_of_them):
                    self._encode_batch(some)
        if mine.error is not None:
            raise mine.error
        assert mine.vectors is not None
        return mine.vectors

    def _encode_batch(self, some: Sequence[_Waiting]) -> None:
        try:
            found = self._encode([text for one in some for text in one.texts])
        except Exception as error:
            for one in some:
                one.error = error
            return
        for one in some:
            one.vectors, found = found[: len(one.texts)], found[len(one.texts) :]

    def _batches(self, waiting: Sequence[_Waiting]) -> Iterator[list[_Waiting]]:
        some: list[_Waiting] = []
        for one in waiting:
            if some and sum(len(other.texts) for other in some) + len(one.texts) > self._most:
                yield some
                some = []
            some.append(one)
        yield some
