"""A collector of traces on a real port: it takes spans by OTLP over gRPC, as Jaeger or Tempo would."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceResponse
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import (
    TraceServiceServicer,
    add_TraceServiceServicer_to_server,
)
from opentelemetry.proto.trace.v1.trace_pb2 import Span


@dataclass(slots=True)
class Collector(TraceServiceServicer):
    """`raw` is all that arrived, byte for byte."""

    url: str = ""
    spans: list[Span] = field(default_factory=list)
    services: set[str] = field(default_factory=set)
    raw: bytes = b""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def Export(self, request: Any, context: Any) -> ExportTraceServiceResponse:  # noqa: N802 (the protocol's name)
        with self.lock:
            self.raw += request.SerializeToString()
            for resource in request.resource_spans:
                names = [one.value.string_value for one in resource.resource.attributes if one.key == "service.name"]
                self.services.update(names)
                for scope in resource.scope_spans:
                    self.spans.extend(scope.spans)
        return ExportTraceServiceResponse()

    def named(self, name: str) -> Sequence[Span]:
        with self.lock:
            return [span for span in self.spans if span.name == name]


@contextmanager
def collecting() -> Iterator[Collector]:
    collector = Collector()
    server = grpc.server(ThreadPoolExecutor(max_workers=2))
    add_TraceServiceServicer_to_server(collector, server)  # type: ignore[no-untyped-call]
    collector.url = f"http://127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    try:
        yield collector
    finally:
        server.stop(None).wait(10)


def attributes(span: Span) -> dict[str, Any]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in span.attributes}
