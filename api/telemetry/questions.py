"""How the answer to a question is told of: its outcome and stages, as metrics and as spans."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from opentelemetry.trace import Span

from api.telemetry.metrics import Metrics
from api.telemetry.traces import Traces
from assistant.errors import CaseDataError, QuestionError
from assistant.types import Status

OnEvent = Callable[[str, object], None]
REFUSED = (CaseDataError, QuestionError)


class Answered(Protocol):
    @property
    def status(self) -> Status: ...
    @property
    def answerer(self) -> str: ...
    @property
    def withdrawn(self) -> int: ...


class Asking:
    """One question on its way. `hear` passes events on, but for the stages, which are for the metrics and spans."""

    def __init__(self, metrics: Metrics, traces: Traces, span: Span | None, pass_on: OnEvent | None) -> None:
        self._metrics, self._traces, self._span, self._pass_on = metrics, traces, span, pass_on

    def hear(self, name: str, value: object) -> None:
        if name == "stage":
            assert isinstance(value, tuple)
            self._stage(*value)
            return
        if self._span is not None and name in ("progress", "reset"):
            self._span.add_event(name, {"stage": str(value)} if name == "progress" else None)
        if self._pass_on is not None:
            self._pass_on(name, value)

    def done(self, answer: Answered) -> None:
        self._metrics.question(answer.status, answer.answerer, answer.withdrawn)
        if self._span is not None:
            self._span.set_attribute("assistant.outcome", answer.status)
            self._span.set_attribute("assistant.answerer", answer.answerer)

    def _stage(self, name: str, milliseconds: float) -> None:
        self._metrics.stage(name, milliseconds / 1000)
        if self._traces.is_on:
            end = time.time_ns()
            started = end - int(milliseconds * 1_000_000)
            self._traces.tracer.start_span(name, start_time=started).end(end)


@contextmanager
def asking(metrics: Metrics, traces: Traces, pass_on: OnEvent | None) -> Iterator[Asking]:
    with traces.span("answer a question") as span:
        try:
            yield Asking(metrics, traces, span, pass_on)
        except REFUSED:
            metrics.question("refused", "none")
            raise
        except Exception:
            metrics.question("error", "none")
            raise
