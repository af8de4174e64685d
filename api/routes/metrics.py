"""GET /metrics: for Prometheus, in its text format."""

from fastapi import APIRouter, HTTPException, Response

from api.dependencies import PersonDep, ServiceDep
from api.errors import RoleError
from api.telemetry.reading import as_text

router = APIRouter(tags=["health"])


@router.get("/metrics", response_class=Response)
def metrics(service: ServiceDep, person: PersonDep) -> Response:
    """Counts, durations and the state of the service, for stewards; no words, names or ids of people."""
    if service.settings.metrics == "off":
        raise HTTPException(404)
    if not person.may("steward"):
        raise RoleError
    return as_text(service.telemetry.metrics.registry)
