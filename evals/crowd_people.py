"""Those who are in the crowd: a person who asks, one who reads slowly, one who adds and removes documents."""

import json
import random
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from evals.load_files import make_file
from evals.questions import GoldenQuestion

API = "/api/v1"
PATIENCE = 120.0  # seconds for an answer
CHATS = 0.2  # of the questions are asked as the page does
A_BITE, A_BREATH = 512, 0.25  # bytes that the slow reader takes, and seconds between
CHANGES_EVERY = 8.0  # seconds
HELD = 4  # documents that the editor leaves in the library


@dataclass
class Times:
    """What was seen: milliseconds of each answer, and sentences of what went wrong."""

    answers: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def late(self, share: float) -> float:
        """So many of the answers came within this time."""
        times = sorted(self.answers) or [0.0]
        return times[min(len(times) - 1, int(len(times) * share))]


class Person:
    """Asks golden questions, all turns of one in a conversation of its own."""

    def __init__(
        self, url: str, asked: Sequence[GoldenQuestion], times: Times, rng: random.Random, think: float = 0.0
    ) -> None:
        self._asked, self._times, self._rng, self._think = asked, times, rng, think
        self._http = httpx.Client(base_url=url + API, timeout=PATIENCE)

    def run(self, until: float) -> None:
        self._rest(until)
        while time.monotonic() < until:
            conversation: str | None = None
            for turn in self._rng.choice(self._asked).turns:
                if time.monotonic() < until:
                    conversation = self._ask(turn, conversation)
                    self._rest(until)
        self._http.close()

    def ask_some(self, count: int) -> None:
        """One after the other, without a pause."""
        for _ in range(count):
            self._ask(self._rng.choice(self._asked).turns[0], None)
        self._http.close()

    def _rest(self, until: float) -> None:
        if self._think:
            time.sleep(max(0.0, min(self._rng.expovariate(1 / self._think), until - time.monotonic())))

    def _ask(self, question: str, conversation: str | None) -> str | None:
        body = {"question": question, "conversation_id": conversation, "answerer": "quotes"}
        began = time.perf_counter()
        try:
            answer = self._chat(body) if self._rng.random() < CHATS else self._post(body)
        except (httpx.HTTPError, ValueError) as error:
            self._times.faults.append(f"A question failed ({type(error).__name__}: {error}).")
            return None
        self._times.answers.append(1000 * (time.perf_counter() - began))
        return str(answer["conversation_id"])

    def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        response = self._http.post("/ask", json=body)
        response.raise_for_status()
        found: dict[str, Any] = response.json()
        return found

    def _chat(self, body: dict[str, Any]) -> dict[str, Any]:
        """The whole stream, to its last event."""
        name = ""
        with self._http.stream("POST", "/chat", json=body) as response:
            response.raise_for_status()
            for line in response.iter_lines():
                if line.startswith("event:"):
                    name = line.removeprefix("event:").strip()
                elif line.startswith("data:") and name == "done":
                    found: dict[str, Any] = json.loads(line.removeprefix("data:"))
                    return found
                elif line.startswith("data:") and name == "error":
                    raise ValueError(line)
        raise ValueError("The stream ended without a last event.")


class SlowReader:
    """Takes its answer a few bytes at a time while its `with` lasts, and sees that what came is no fault."""

    def __init__(self, url: str, question: str, times: Times) -> None:
        self._address, self._times = urlsplit(url), times
        self._body = json.dumps({"question": question, "answerer": "quotes"}).encode()
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.done = False

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()
        self._thread.join()

    def _run(self) -> None:
        host, port = self._address.hostname or "", self._address.port or 80
        head = f"POST {API}/chat HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\n"
        head += f"Connection: close\r\nContent-Length: {len(self._body)}\r\n\r\n"
        came = bytearray()
        with socket.socket() as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # what is not read waits at the service
            line.settimeout(PATIENCE)
            try:
                line.connect((host, port))
                line.sendall(head.encode() + self._body)
                while not self._left.wait(A_BREATH) and (part := line.recv(A_BITE)):
                    came += part
            except OSError as error:
                self._times.faults.append(f"The slow reader was cut off ({error}).")
        self.done = True
        if b"HTTP/1.1 200" not in came[:20]:
            self._times.faults.append(f"The slow reader was answered {bytes(came[:60])!r}.")
        elif not self._left.is_set() and b"event: done" not in came:
            self._times.faults.append("The slow reader's stream ended without a last event.")


class Editor:
    """Adds a document, waits until it is in the library, and takes the oldest of its own out again."""

    def __init__(self, url: str, times: Times) -> None:
        self._http = httpx.Client(base_url=url + API, timeout=PATIENCE)
        self._times, self._rng = times, random.Random(7)
        self._held: list[str] = []
        self.changes = 0

    def run(self, until: float) -> None:
        try:
            while time.monotonic() < until:
                self._add()
                if len(self._held) > HELD:
                    self._http.delete(f"/documents/{self._held.pop(0)}").raise_for_status()
                    self.changes += 1
                time.sleep(max(0.0, min(CHANGES_EVERY, until - time.monotonic())))
        except (httpx.HTTPError, KeyError) as error:
            self._times.faults.append(f"The library could not be changed ({type(error).__name__}: {error}).")
        self._http.close()

    def _add(self) -> None:
        file = make_file(f"note {self.changes}.pdf", self._rng, 3)
        response = self._http.post("/documents", files=[("files", (file.name, file.data))])
        response.raise_for_status()
        job = response.json()["job_id"]
        while (state := self._http.get(f"/jobs/{job}").json())["state"] not in ("done", "cancelled"):
            time.sleep(0.5)
        if state["files"][0]["report"]["status"] != "added":
            self._times.faults.append(f"{file.name} ended as {state['files'][0]['report']}.")
        self._held.append(file.document_id)
        self.changes += 1
