"""A real process with JSON logs, traces and a language model: what it tells of itself, what never, and how it stops."""

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.programme import load_programme
from tests import behaviours as does
from tests.api.jobs import follow, send
from tests.api.telemetry.collector import Collector, attributes, collecting
from tests.api.telemetry.process import Serving, serve, until
from tests.endpoints import MODEL, Endpoint, serving_model
from tests.ingest.pdfs import make_pdf, report
from tests.replies import replying
from tests.serving import serving

HUBS = ("Harbour council opened its first hub in May 2022.", "The hub has nine beds and a team of four key workers.")
QUESTION = "How many beds does the hub have?"
KEY, MODEL_KEY = "planted-key-of-the-service", "planted-key-of-the-model"
FILE, BROKEN = "Quennell assessment.pdf", "Wetherby minutes.pdf"
TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("told") / "library"
    with Library.open(Settings(data_dir=folder), load_programme()) as library:
        assert library.add_bytes("hubs.pdf", make_pdf([HUBS], "Hubs")).status == "added"
    return folder


@pytest.fixture(scope="module")
def model() -> Iterator[Endpoint]:
    with serving_model(does.says(replying("The hub has nine beds."))) as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    with collecting() as started:
        yield started


@pytest.fixture(scope="module")
def served(data_dir: Path, model: Endpoint, collector: Collector) -> Iterator[Serving]:
    settings = {
        "ASSISTANT_API_KEYS": KEY,
        "ASSISTANT_LOG_FORMAT": "json",
        "ASSISTANT_LOG_LEVEL": "info",
        "ASSISTANT_METRICS": "loopback",
        "ASSISTANT_TRACES": "true",
        "ASSISTANT_STOP_SECONDS": "1",
        "ASSISTANT_LLM_BASE_URL": model.url,
        "ASSISTANT_LLM_MODEL": MODEL,
        "ASSISTANT_LLM_API_KEY": MODEL_KEY,
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
        "OTEL_BSP_SCHEDULE_DELAY": "200",
    }
    with serve(data_dir, **settings) as started:
        yield started


@contextmanager
def visiting(served: Serving) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, timeout=60, headers={"Authorization": f"Bearer {KEY}"}) as client:
        yield client


def streamed(client: httpx.Client, events: list[tuple[str, Any]]) -> None:
    """All events of one question, as they come."""
    with client.stream("POST", "/api/v1/chat", json={"question": QUESTION}) as answer:
        name = ""
        for line in answer.iter_lines():
            field, _, value = line.partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                events.append((name, json.loads(value)))


def metrics(served: Serving) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    text = httpx.get(f"{served.url}/metrics").raise_for_status().text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(one.name, frozenset(one.labels.items())): one.value for one in samples}


def test_a_question_is_traced_from_the_request_to_its_stages(served: Serving, collector: Collector) -> None:
    with visiting(served) as client:
        traced = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}
        answer = client.post("/api/v1/ask", json={"question": QUESTION}, headers=traced).raise_for_status()
    until(lambda: bool(collector.named("POST /api/v1/ask")))
    (request,) = collector.named("POST /api/v1/ask")
    (asked,) = collector.named("answer a question")
    assert request.trace_id.hex() == asked.trace_id.hex() == TRACE
    assert asked.parent_span_id == request.span_id
    stages = [collector.named(name)[0] for name in ("question", "retrieve", "answer")]
    assert {stage.parent_span_id for stage in stages} == {asked.span_id}
    assert all(request.start_time_unix_nano <= stage.start_time_unix_nano for stage in stages)
    assert all(stage.start_time_unix_nano <= stage.end_time_unix_nano for stage in stages)
    told = attributes(request)
    assert told["http.response.status_code"] == 200
    assert told["assistant.request_id"] == answer.headers["x-request-id"]
    assert attributes(asked)["assistant.outcome"] == "answered"
    assert collector.services == {"programme-assistant"}


def test_metrics_count_what_was_done_and_hold_no_words(served: Serving) -> None:
    with visiting(served) as client:
        client.get("/api/v1/search", params={"q": "beds for Zanzibarian colleagues"}).raise_for_status()
        sent = [("files", (FILE, report("kinship"))), ("files", (BROKEN, b"%PDF-1.4 and no more"))]
        follow(client, client.post("/api/v1/documents", files=sent).json()["job_id"])
        assert client.get("/api/v1/documents/nowhere").status_code == 404
    httpx.get(f"{served.url}/api/v1/documents", headers={"X-API-Key": "Wrong-key"})
    found = metrics(served)

    def value(name: str, **labels: str) -> float:
        return found[name, frozenset(labels.items())]

    assert value("assistant_ready") == 1
    assert value("assistant_documents") == 2
    assert value("assistant_jobs_open") == 0
    assert value("assistant_files", state="added") == value("assistant_files", state="failed") == 1
    assert value("assistant_questions_total", outcome="answered", answerer="llm") >= 1
    assert value("assistant_language_model_total", outcome="answered") >= 1
    assert value("assistant_question_stage_seconds_count", stage="retrieve") >= 1
    assert value("assistant_http_refused_total", reason="not signed in") >= 1
    route = "/api/v1/documents/{document_id}"
    assert value("assistant_http_requests_total", method="GET", route=route, status="404") == 1
    assert all(value("assistant_part_up", part=part) == 1 for part in ("model", "database", "vectors", "worker"))
    labels = " ".join(f"{pair}" for _, pairs in found for pair in pairs).lower()
    assert not [word for word in ("zanzibar", "quennell", "nowhere", "wrong-key") if word in labels]


def test_who_signs_in_with_a_form_or_fails_leaves_no_trace_of_it(served: Serving) -> None:
    with httpx.Client(base_url=served.url) as client:
        client.post("/sign-in", data={"key": KEY})
        client.post("/sign-in", data={"key": "Misspelt-key"})
        client.get("/", params={"q": QUESTION})
        client.cookies.clear()
        hostile = client.get("/api/v1/documents", headers={"X-Request-ID": 'x"} {"forged": 1}'})
        assert "forged" not in hostile.headers["x-request-id"]
        assert hostile.json()["request_id"] == hostile.headers["x-request-id"]
        assert client.get("/health", headers={"X-Request-ID": "proxy-17.a_b"}).headers["x-request-id"] == "proxy-17.a_b"


def test_a_stop_ends_streams_with_a_word_and_the_process_well(
    served: Serving, model: Endpoint, collector: Collector
) -> None:
    model.now(does.stalls_after(""))
    events: list[tuple[str, Any]] = []
    with visiting(served) as client:
        reading = threading.Thread(target=streamed, args=(client, events))
        reading.start()
        until(lambda: any(name == "progress" for name, _ in events))
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(40) == 0
        reading.join(10)
    assert events[-1][0] in ("done", "error")
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{served.url}/health")
    until(lambda: bool(collector.named("POST /api/v1/chat")))  # the last spans are sent before it ends


def test_nothing_of_all_this_is_in_the_logs_or_traces(served: Serving, collector: Collector) -> None:
    """Runs after the others: it looks at what they have left."""
    until(lambda: served.process.poll() is not None)
    rows = [json.loads(line) for line in served.lines]
    assert all({"time", "level", "logger", "message"} <= row.keys() for row in rows)
    asked = [row for row in rows if row["logger"] == "api.request"]
    assert {"POST /api/v1/ask 200", "GET /api/v1/search 200"} <= {row["message"] for row in asked}
    assert len({row["request_id"] for row in asked}) == len(asked)
    assert TRACE in {row.get("trace_id") for row in asked}
    planted = (
        KEY,
        MODEL_KEY,
        "how many beds",
        "zanzibar",
        "nine beds",
        "quennell",
        "wetherby",
        "wrong-key",
        "misspelt",
        "forged",
    )
    everything = served.log.lower() + collector.raw.decode("utf-8", "replace").lower()
    assert not [word for word in planted if word in everything]


def test_a_second_signal_waits_for_nobody_and_the_file_in_hand_is_added_later(tmp_path: Path, model: Endpoint) -> None:
    model.now(does.stalls_after(""))
    folder = tmp_path / "library"
    with Library.open(Settings(data_dir=folder), load_programme()) as library:
        library.add_bytes("hubs.pdf", make_pdf([HUBS], "Hubs"))
    settings = {"ASSISTANT_STOP_SECONDS": "300", "ASSISTANT_LLM_BASE_URL": model.url, "ASSISTANT_LLM_MODEL": MODEL}
    settings |= {"ASSISTANT_LLM_SILENCE": "300", "ASSISTANT_LLM_TIMEOUT": "300"}
    events: list[tuple[str, Any]] = []
    with serve(folder, **settings) as served, visiting(served) as client:
        reading = threading.Thread(target=streamed, args=(client, events))
        reading.start()
        until(lambda: any(name == "progress" for name, _ in events))
        job_id = send(client, ("long.pdf", report("a long road", 400)))
        follow(client, job_id, lambda job: job["files"][0]["stage"] is not None)
        served.process.send_signal(signal.SIGTERM)
        until(lambda: not _takes_requests(served))
        assert reading.is_alive()
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(40) == 0
        reading.join(10)
    assert events[-1][0] in ("done", "error")
    with serving(create_app(Settings(data_dir=folder))) as url, httpx.Client(base_url=url, timeout=60) as client:
        assert [file["report"]["status"] for file in follow(client, job_id)["files"]] == ["added"]


def _takes_requests(served: Serving) -> bool:
    try:
        return httpx.get(f"{served.url}/health").status_code == 200
    except httpx.TransportError:
        return False
