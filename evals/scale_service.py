"""One library through its own service process: questions, searches and pages, as a person's browser asks for them."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx

from evals.metrics import holds_facts
from evals.questions import GoldenQuestion
from evals.serving import Running

API = "/api/v1"
T = TypeVar("T")
AGAIN = 40  # questions that are asked a second time


@dataclass(frozen=True, slots=True)
class Asked:
    """Milliseconds, seconds until it was ready, and megabytes.

    `facts` is the share of the answerable questions whose answer holds all facts; `facts_within` the same where the
    question is limited to the documents that it is about.
    """

    ready: float
    memory_ready: int
    memory: int
    ask: tuple[float, ...]
    again: tuple[float, ...]
    search: tuple[float, ...]
    library_page: float
    start_page: float
    facts: float
    facts_within: float


def ask_service(running: Running, questions: Sequence[GoldenQuestion]) -> Asked:
    memory_ready = running.memory_mb
    with httpx.Client(base_url=running.url, timeout=600) as http:
        library_page = timed(lambda: http.get("/library"))[0]
        start_page = timed(lambda: http.get("/start"))[0]
        starters = _documents(http, {page.file for one in questions for page in one.gold})
        asked = [timed(lambda one=one: _ask(http, one)) for one in questions]  # type: ignore[misc]
        again = [timed(lambda one=one: _ask(http, one))[0] for one in questions[:AGAIN]]  # type: ignore[misc]
        search = [
            timed(lambda one=one: http.get(f"{API}/search", params={"q": one.turns[0]}))[0]  # type: ignore[misc]
            for one in questions[:AGAIN]
        ]
        within = [_ask(http, one, starters) for one in questions if one.answerable]
    right = [holds_facts(one.facts, said) for one, (_, said) in zip(questions, asked, strict=True) if one.answerable]
    answerable = [one for one in questions if one.answerable]
    right_within = [holds_facts(one.facts, said) for one, said in zip(answerable, within, strict=True)]
    return Asked(
        running.ready,
        memory_ready,
        running.memory_mb,
        tuple(one for one, _ in asked),
        tuple(again),
        tuple(search),
        library_page,
        start_page,
        sum(right) / len(right),
        sum(right_within) / len(right_within),
    )


def _ask(http: httpx.Client, question: GoldenQuestion, documents: Sequence[str] = ()) -> str:
    body: dict[str, Any] = {"question": question.turns[-1], "answerer": "quotes"}
    if documents:
        body["filters"] = {"documents": list(documents)}
    response = http.post(f"{API}/ask", json=body)
    return str(response.json()["answer"]) if response.status_code == 200 else f"{response.status_code}"


def _documents(http: httpx.Client, names: set[str]) -> list[str]:
    rows = http.get(f"{API}/documents").json()["documents"]
    return [row["id"] for row in rows if row["file_name"] in names]


def timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    made = work()
    return 1000 * (time.perf_counter() - began), made
