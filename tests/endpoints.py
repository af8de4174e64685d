"""A language model's endpoint on a real port that does what a test tells it: mostly, misbehave.

A `Behaviour` answers one POST to /v1/chat/completions; the last of a script goes on answering. What was sent, how many
were answered at once and how many callers hung up before the end is kept for the test to look at.
"""

import json
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "made-up-model"
PIECE = 6  # letters a chunk: words and markers are cut in the middle
WATCH_S = 0.02


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def text(self) -> str:
        """All that the model would read."""
        return "\n\n".join(str(message["content"]) for message in self.body.get("messages", ()))

    @property
    def streams(self) -> bool:
        return bool(self.body.get("stream"))


class Exchange:
    """One request being answered; what is written reaches the caller at once."""

    def __init__(self, handler: "_Handler", sent: Sent, released: threading.Event, over: threading.Event) -> None:
        self._handler, self.sent, self._released, self._over = handler, sent, released, over

    def head(self, status: int, kind: str, headers: Mapping[str, str] | None = None) -> None:
        self._handler.send_response(status)
        for name, value in {"Content-Type": kind, "Connection": "close", **(headers or {})}.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()
        self._handler.close_connection = True

    def write(self, data: bytes) -> None:
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def send_json(self, status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        self.head(status, "application/json", headers)
        self.write(json.dumps(body).encode())

    def chunk(self, text: str, finish: str | None = None) -> None:
        """One event of a stream as the OpenAI API sends it."""
        choice = {"index": 0, "delta": {"content": text} if text else {}, "finish_reason": finish}
        self.write(f"data: {json.dumps(_completion('chat.completion.chunk', choice))}\n\n".encode())

    def stream(self, text: str) -> None:
        for start in range(0, len(text), PIECE):
            self.chunk(text[start : start + PIECE])

    def whole(self, text: str) -> None:
        """A complete answer, in the form that was asked for."""
        if not self.sent.streams:
            choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
            self.send_json(200, _completion("chat.completion", choice))
            return
        self.head(200, "text/event-stream")
        self.stream(text)
        self.chunk("", "stop")
        self.write(b"data: [DONE]\n\n")

    def hold(self) -> bool:
        """Waits until the test lets go; False when the caller hung up first."""
        while not (self._released.is_set() or self._over.is_set()):
            if self._has_hung_up():
                return False
            time.sleep(WATCH_S)
        return True

    def hold_for_ever(self) -> None:
        while not self._over.is_set():
            if self._has_hung_up():
                raise ConnectionAbortedError
            time.sleep(WATCH_S)

    def _has_hung_up(self) -> bool:
        line = self._handler.connection
        readable, _, _ = select.select([line], [], [], 0)
        return bool(readable) and line.recv(1, socket.MSG_PEEK) == b""


Behaviour = Callable[[Exchange], None]
Reply = str | Callable[[Sent], str]


@dataclass(slots=True)
class Endpoint:
    """`url` ends in /v1, as the setting wants it; `release()` lets go of those who are held."""

    url: str
    script: list[Behaviour]
    models: tuple[str, ...] = (MODEL,)
    sent: list[Sent] = field(default_factory=list)
    tokenizes: bool = False  # as llama.cpp: a word is a token
    hung_up: int = 0
    at_once: int = 0
    most_at_once: int = 0
    released: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def chats(self) -> list[Sent]:
        return [sent for sent in self.sent if sent.path.endswith("/chat/completions")]

    def now(self, *script: Behaviour) -> None:
        """Behaves so from here on, and forgets what was."""
        with self.lock:
            self.script = list(script)
            self.sent, self.hung_up, self.most_at_once = [], 0, self.at_once
            self.released.clear()

    def release(self) -> None:
        self.released.set()

    def next_behaviour(self) -> Behaviour:
        with self.lock:
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]

    def count(self, by: int) -> None:
        with self.lock:
            self.at_once += by
            self.most_at_once = max(self.most_at_once, self.at_once)


class _Handler(BaseHTTPRequestHandler):
    endpoint: Endpoint
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        exchange = self._exchange({})
        listed = [{"id": name, "object": "model"} for name in self.endpoint.models]
        exchange.send_json(200, {"object": "list", "data": listed})

    def do_POST(self) -> None:
        exchange = self._exchange(json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0)))))
        if self.endpoint.tokenizes and self.path == "/tokenize":
            exchange.send_json(200, {"tokens": str(exchange.sent.body["content"]).split()})
            return
        if not self.path.endswith("/chat/completions"):  # as services without a tokenizer of their own
            exchange.send_json(404, {"error": {"message": "Not found"}})
            return
        self.endpoint.count(1)
        try:
            self.endpoint.next_behaviour()(exchange)
        except OSError:  # written to a line that is closed, or seen to be closed while waiting
            with self.endpoint.lock:
                self.endpoint.hung_up += 1
        finally:
            self.endpoint.count(-1)

    def _exchange(self, body: Mapping[str, Any]) -> Exchange:
        sent = Sent(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        with self.endpoint.lock:
            self.endpoint.sent.append(sent)
        return Exchange(self, sent, self.endpoint.released, self.endpoint.over)

    def log_message(self, *_: object) -> None:
        """Nothing on the tests' own output."""


@contextmanager
def serving_model(*script: Behaviour, models: tuple[str, ...] = (MODEL,), port: int = 0) -> Iterator[Endpoint]:
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_address[1]}/v1", list(script), models)
    handler.endpoint = endpoint  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield endpoint
    finally:
        endpoint.over.set()
        server.shutdown()
        server.server_close()
        thread.join(10)


def _completion(kind: str, choice: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": "made-up", "object": kind, "created": 0, "model": MODEL, "choices": [choice]}
