"""GET /metrics: for Prometheus, in its text format."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.dependencies import ServiceDep

router = APIRouter(tags=["health"])


@router.get("/metrics", response_class=Response)
def metrics(service: ServiceDep) -> Response:
    """Counts, durations and the state of the service; no words, names or ids of people."""
    return Response(generate_latest(service.metrics.registry), media_type=CONTENT_TYPE_LATEST)
