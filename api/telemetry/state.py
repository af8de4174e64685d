"""What is true at the moment of a scrape: documents, chunks, uploads, which parts answer, what the model came to."""

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api.jobs import COUNTED
from ingest.errors import LibraryError

if TYPE_CHECKING:
    from api.service import Service

OUTCOMES = ("added", "replaced", "unchanged", "failed", "cancelled")


class State(Collector):
    """What cannot be read at the moment is left out, and the part that failed says 0."""

    def __init__(self, service: "Service") -> None:
        self._service = service

    def describe(self) -> list[Metric]:
        return []  # else the registry collects once when this is registered, before the service is there

    def collect(self) -> Iterator[Metric]:
        health = self._service.health.look()
        yield _one("ready", "Whether questions can be answered.", float(health.is_ready))
        parts = GaugeMetricFamily("assistant_part_up", "Whether a part of the service does its work.", labels=["part"])
        for part in health.parts:
            parts.add_metric([part.name], float(part.is_well))
        yield parts
        with suppress(LibraryError):
            yield from self._library()
        yield from self._writer()

    def _library(self) -> Iterator[Metric]:
        documents, chunks = self._service.library.counts()
        yield _one("documents", "Documents in the library, the present versions.", documents)
        yield _one("chunks", "Passages that questions are answered from.", chunks)
        waiting, files = self._service.jobs.queue()
        yield _one("jobs_open", "Uploads that are not done.", waiting)
        states = GaugeMetricFamily("assistant_files", "Files of the last 200 uploads, by state.", labels=["state"])
        for state in COUNTED:
            states.add_metric([state], files.get(state, 0))
        yield states

    def _writer(self) -> Iterator[Metric]:
        writer = self._service.assistant.writer
        if writer is None:
            return
        says = "Questions put to the language model, and what became of its answers: errors by kind."
        outcomes = CounterMetricFamily("assistant_language_model", says, labels=["outcome"])
        for outcome, count in sorted(writer.endpoint.counts.copy().items()):
            outcomes.add_metric([outcome], count)
        yield outcomes


def _one(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"assistant_{name}", says, value=value)
