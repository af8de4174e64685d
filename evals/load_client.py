"""One client of the load: it uploads, replaces, deletes and asks, and knows what must be there of its own files."""

import random
import statistics
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from evals.load_files import File, make_file

API = "/api/v1"
GONE = (404, 410)


@dataclass
class Ledger:
    """What all clients have seen; `faults` are sentences."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def timed(self, what: str) -> Iterator[list[int]]:
        """The status goes into the list."""
        began, status = time.perf_counter(), [0]
        try:
            yield status
        finally:
            with self.lock:
                self.statuses[what, status[0]] += 1
                self.seconds[what].append(time.perf_counter() - began)

    def fault(self, sentence: str) -> None:
        with self.lock:
            self.faults.append(sentence)

    def rows(self) -> list[tuple[str, str, str, str]]:
        """What, how often each status came, the median and the 95th percentile in milliseconds."""
        found = []
        for what, times in sorted(self.seconds.items()):
            told = ", ".join(f"{n} × {status}" for (one, status), n in sorted(self.statuses.items()) if one == what)
            late = sorted(times)[int(len(times) * 0.95)]
            found.append((what, told, f"{statistics.median(times) * 1000:,.0f}", f"{late * 1000:,.0f}"))
        return found


@dataclass(frozen=True, slots=True)
class Sent:
    """A job that was sent, and the outcome that each of its files must have unless it is cancelled."""

    job_id: str
    files: Sequence[File]
    outcomes: Sequence[tuple[str, ...]]


class Client:
    """`here` maps names to the files that must be in the library; only this client uploads under these names.

    `first` is there from the beginning and stays, `shared` is uploaded by every client again and again.
    """

    def __init__(self, number: int, url: str, ledger: Ledger, first: File, shared: File) -> None:
        self.number = number
        self.here: dict[str, File] = {}
        self.deleted: set[str] = set()
        self.sent: Sent | None = None
        self._ledger = ledger
        self._first, self._shared = first, shared
        self._rng = random.Random(number)
        self._names = 0
        self._http = httpx.Client(base_url=url, timeout=120)

    def run(self, until: float) -> None:
        actions = (self.upload, self.upload, self.delete, self.ask, self.ask, self.search, self.page, self.picture)
        try:
            while time.monotonic() < until:
                self._settle()
                self._rng.choice((*actions, self.cancel))()
            self.finish()
        except Exception as error:
            self._ledger.fault(f"Client {self.number} failed ({type(error).__name__}: {error}).")
        finally:
            self._http.close()

    def finish(self, seconds: float = 120) -> None:
        """Waits for the last job; one that hangs is a fault."""
        end = time.monotonic() + seconds
        while self.sent is not None and time.monotonic() < end:
            self._settle()
            time.sleep(0.1)
        if self.sent is not None:
            self._ledger.fault(f"The job {self.sent.job_id} has not ended after {seconds:.0f} s.")

    def upload(self) -> None:
        if self.sent is not None:
            return
        chosen = [self._choose() for _ in range(self._rng.randint(1, 3))]
        chosen = list({file.name: (file, outcome) for file, outcome in chosen}.values())
        files, outcomes = [file for file, _ in chosen], [outcome for _, outcome in chosen]
        parts = [("files", (file.name, file.data)) for file in files]
        response = self._call("upload", "POST", "/documents", (202,), files=parts)
        if response.status_code == 202:
            self.sent = Sent(response.json()["job_id"], files, outcomes)

    def cancel(self) -> None:
        if self.sent is not None and self._rng.random() < 0.3:
            self._call("cancel", "DELETE", f"/jobs/{self.sent.job_id}", (200,))

    def delete(self) -> None:
        busy = {file.name for file in self.sent.files} if self.sent is not None else set()
        if names := sorted(self.here.keys() - busy - {self._shared.name}):
            file = self.here.pop(self._rng.choice(names))
            path = f"/documents/{file.document_id}"
            self._call("delete", "DELETE", path, (204,))
            self._call("deleted", "GET", path, GONE)
            self.deleted.add(file.document_id)

    def ask(self) -> None:
        answer = self._call("ask", "POST", "/ask", (200,), json={"question": self._any().question})
        if answer.status_code == 200:
            for citation in answer.json()["citations"]:
                self._check(citation)

    def search(self) -> None:
        self._call("search", "GET", "/search", (200,), params={"q": self._rng.choice(("team review", "new carer"))})
        self._call("list", "GET", "/documents", (200,))

    def page(self) -> None:
        self._call("page", "GET", f"/documents/{self._any().document_id}/pages/1", (200,))

    def picture(self) -> None:
        self._call("picture", "GET", f"/documents/{self._any().document_id}/pages/1.png", (200,))

    def _any(self) -> File:
        return self._rng.choice([self._first, *self.here.values()])

    def _choose(self) -> tuple[File, tuple[str, ...]]:
        """A new file, a changed one, the same again, or the one that every client has."""
        kind = self._rng.choice(("new", "new", "changed", "same", "shared"))
        if kind == "shared":
            return self._shared, ("added", "unchanged")
        own = sorted(self.here.keys() - {self._shared.name})
        if kind == "new" or not own:
            self._names += 1
            name = f"client {self.number} file {self._names}.{self._rng.choice(('pdf', 'pdf', 'txt', 'md'))}"
            return make_file(name, self._rng, self._rng.randint(1, 3)), ("added",)
        name = self._rng.choice(own)
        if kind == "same":
            return self.here[name], ("unchanged",)
        return make_file(name, self._rng), ("replaced",)

    def _settle(self) -> None:
        """Once the job has ended, what became of its files is what must be in the library."""
        if self.sent is None:
            return
        job = self._call("job", "GET", f"/jobs/{self.sent.job_id}", (200,)).json()
        if job["state"] not in ("done", "cancelled"):
            return
        for file, told, outcomes in zip(self.sent.files, job["files"], self.sent.outcomes, strict=True):
            if told["state"] == "cancelled":
                continue
            self.here[file.name] = file
            self.deleted.discard(file.document_id)
            if told["report"]["status"] not in outcomes:
                self._ledger.fault(f"{file.name} ended as {told['report']}, not as {' or '.join(outcomes)}.")
        self.sent = None

    def _check(self, citation: dict[str, Any]) -> None:
        """Another client may have deleted the document since; a quote that does not stand on its page is a fault."""
        page = self._call(
            "cited", "GET", f"/documents/{citation['document_id']}/pages/{citation['page']}", (200, *GONE)
        )
        if page.status_code != 200:
            mine = {file.document_id for file in self.here.values()}
            if citation["document_id"] in mine:
                self._ledger.fault(f"The cited document {citation['document_id']} is gone, and nobody deleted it.")
        elif page.json()["text"][citation["start"] : citation["end"]] != citation["quote"]:
            self._ledger.fault(f"The quote “{citation['quote']}” does not stand on its page.")

    def _call(self, what: str, method: str, path: str, expected: Sequence[int], **more: Any) -> httpx.Response:
        with self._ledger.timed(what) as status:
            response = self._http.request(method, API + path, **more)
            status[0] = response.status_code
        if response.status_code not in expected:
            self._ledger.fault(f"{method} {path} answered {response.status_code}: {response.text[:200]}")
        return response
