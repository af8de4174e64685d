"""Traces by OpenTelemetry, where ASSISTANT_TRACES says so; the SDK's own OTEL_… variables say where they go.

A span holds names of the program's own: routes, stages, outcomes. Never a question, an answer, an address or an id.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from opentelemetry.propagate import extract
from opentelemetry.trace import NoOpTracer, Span, SpanKind, Status, StatusCode, Tracer

NAME = "programme-assistant"


@dataclass(frozen=True, slots=True)
class Traces:
    """`close` sends what is still to be sent."""

    tracer: Tracer
    is_on: bool
    close: Callable[[], object]

    @contextmanager
    def span(
        self, name: str, kind: SpanKind = SpanKind.INTERNAL, carrier: Mapping[str, str] | None = None
    ) -> Iterator[Span | None]:
        """None while traces are off. A failure is told by its class: its message may hold a person's words."""
        if not self.is_on:
            yield None
            return
        context = extract(carrier) if carrier is not None else None
        with self.tracer.start_as_current_span(
            name, context, kind, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield span
            except BaseException as error:
                span.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise


OFF = Traces(NoOpTracer(), False, lambda: None)


def start_traces(wanted: bool) -> Traces:
    if not wanted:
        return OFF
    # Imported here: they take a moment, and most services run without traces
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    named = "OTEL_SERVICE_NAME" in os.environ
    provider = TracerProvider(resource=Resource.create({} if named else {"service.name": NAME}), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return Traces(provider.get_tracer(NAME), True, provider.shutdown)
