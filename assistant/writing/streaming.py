"""One request to a language model, on an event loop of its own: whoever waits for it can leave at any moment."""

import asyncio
import queue
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import httpx

from assistant.errors import EndpointSlowError
from assistant.writing.failures import as_endpoint_error, asked_to_wait

ATTEMPTS = 3
FIRST_WAIT = 0.5  # seconds, doubled with each attempt
CONNECT = 5.0  # seconds
TICK = 0.1  # seconds: how soon a leaving reader is noticed

Open = Callable[[httpx.AsyncClient], AsyncIterator[str]]


class Loop:
    """An event loop in a thread, started with the first request: cancelling a task there closes its connection."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def get(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=_run, args=(self._loop,), name="language-model", daemon=True)
                self._thread.start()
            return self._loop

    def stop(self) -> None:
        """Cancels what is still being asked."""
        with self._lock:
            if self._loop is not None and self._thread is not None:
                self._loop.call_soon_threadsafe(self._loop.stop)
                self._thread.join(CONNECT)
                self._loop = self._thread = None


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: until the first word and between two, and for all of it."""

    silence: float
    whole: float


@dataclass(slots=True)
class Call:
    """Iterate over it for the pieces of a reply; raises EndpointError. Ends at once, in peace, when `leaving` is set.

    `open_stream` makes the request with the client it is given; `done` is called when nothing of it is left.
    """

    open_stream: Open
    patience: Patience
    leaving: threading.Event
    done: Callable[[], None]
    _pieces: "queue.Queue[str | Exception | None]" = field(default_factory=queue.Queue)
    _task: "asyncio.Task[None] | None" = None

    def run(self, loop: asyncio.AbstractEventLoop) -> Iterator[str]:
        loop.call_soon_threadsafe(self._begin, loop)
        try:
            yield from self._wait()
        finally:
            with suppress(RuntimeError):  # the service has stopped, and the loop with it
                loop.call_soon_threadsafe(self._end)

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        self._task = loop.create_task(self._work())
        self._task.add_done_callback(lambda _: self.done())  # also when it is cancelled before its first step

    def _end(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _wait(self) -> Iterator[str]:
        begun = heard = time.monotonic()
        while not self.leaving.is_set():
            now = time.monotonic()
            if now - heard > self.patience.silence or now - begun > self.patience.whole:
                raise EndpointSlowError("The language model took too long.")
            try:
                piece = self._pieces.get(timeout=TICK)
            except queue.Empty:
                continue
            if piece is None:
                return
            if isinstance(piece, Exception):
                raise piece
            heard = time.monotonic()
            yield piece

    async def _work(self) -> None:
        # Redirects are not followed: they would carry key and passages to an address that nobody set
        limits = httpx.Timeout(self.patience.silence, connect=CONNECT)
        try:
            async with httpx.AsyncClient(timeout=limits, follow_redirects=False) as client:
                await self._read(client)
            self._pieces.put(None)
        except Exception as error:
            self._pieces.put(as_endpoint_error(error))

    async def _read(self, client: httpx.AsyncClient) -> None:
        """Again, after a while, when it failed before its first word in a way that may pass."""
        for attempt in range(1, ATTEMPTS + 1):
            heard = False
            try:
                async for piece in self.open_stream(client):
                    heard = True
                    self._pieces.put(piece)
                return
            except Exception as error:
                wait = None if heard or attempt == ATTEMPTS else self._wait_before_again(error, attempt)
                if wait is None:
                    raise
            await asyncio.sleep(wait)

    def _wait_before_again(self, error: Exception, attempt: int) -> float | None:
        """Seconds; None where it would be in vain, or longer than anybody waits."""
        wanted = asked_to_wait(error)
        wait = FIRST_WAIT * 2 ** (attempt - 1) if wanted is None else max(0.0, wanted)
        return wait if as_endpoint_error(error).retryable and wait <= self.patience.silence / 2 else None
