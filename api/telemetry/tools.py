"""What a service tells of itself with."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from api.telemetry.metrics import Metrics
from api.telemetry.questions import Asking, OnEvent, asking
from api.telemetry.traces import OFF, Traces


@dataclass(frozen=True, slots=True)
class Telemetry:
    metrics: Metrics = field(default_factory=Metrics)
    traces: Traces = OFF

    def asking(self, pass_on: OnEvent | None) -> AbstractContextManager[Asking]:
        """Around the answer to one question."""
        return asking(self.metrics, self.traces, pass_on)
