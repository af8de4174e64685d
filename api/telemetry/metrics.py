"""Counters and histograms of one service, as Prometheus reads them. Labels are words of the program's own, and few."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

disable_created_metrics()  # type: ignore[no-untyped-call]  # they double the number of lines, and nobody asks when a counter was made

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)
STAGES = ("question", "retrieve", "answer")
REFUSALS = {401: "not signed in", 403: "not allowed", 409: "case data", 413: "too large", 429: "too many", 503: "busy"}


class Metrics:
    """Safe to share between threads."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)
        self._requests = self._counter("http_requests", "Requests that were answered.", "method", "route", "status")
        self._seconds = self._histogram("http_request_seconds", "From a request to its last byte.", "route")
        self._refused = self._counter("http_refused", "Requests that were refused, and why.", "reason")
        self._questions = self._counter("questions", "Questions, and what became of them.", "outcome", "answerer")
        self._stages = self._histogram("question_stage_seconds", "The stages of answering a question.", "stage")
        self._withdrawn = self._counter("withdrawn_statements", "Statements of a model that nothing proved.")
        for stage in STAGES:
            self._stages.labels(stage)

    def request(self, method: str, route: str, status: int, seconds: float, is_refusal: bool) -> None:
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(route).observe(seconds)
        if is_refusal and status in REFUSALS:
            self._refused.labels(REFUSALS[status]).inc()

    def question(self, outcome: str, answerer: str, withdrawn: int = 0) -> None:
        """`outcome`: answered, no_evidence, refused (the question cannot be taken as it is) or error."""
        self._questions.labels(outcome, answerer).inc()
        self._withdrawn.inc(withdrawn)

    def stage(self, name: str, seconds: float) -> None:
        if name in STAGES:
            self._stages.labels(name).observe(seconds)

    def _counter(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(f"assistant_{name}", says, labels, registry=self.registry)

    def _histogram(self, name: str, says: str, *labels: str) -> Histogram:
        return Histogram(f"assistant_{name}", says, labels, registry=self.registry, buckets=SECONDS)
