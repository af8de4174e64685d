"""GET /metrics: for Prometheus, in its text format."""

from fastapi import APIRouter, HTTPException, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.dependencies import PersonDep, ServiceDep
from api.errors import RoleError
from api.telemetry.reading import may_read_unasked

router = APIRouter(tags=["health"])


@router.get("/metrics", response_class=Response)
def metrics(request: Request, service: ServiceDep, person: PersonDep) -> Response:
    """Counts, durations and the state of the service; no words, names or ids of people."""
    if service.settings.metrics == "off":
        raise HTTPException(404)
    if not may_read_unasked(service.settings, request.scope) and not person.may("steward"):
        raise RoleError
    return Response(generate_latest(service.telemetry.metrics.registry), media_type=CONTENT_TYPE_LATEST)
