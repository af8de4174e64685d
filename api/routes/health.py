"""GET /health: the process lives. GET /ready: questions can be answered, and what does less than it should."""

from fastapi import APIRouter

from api.dependencies import ServiceDep
from api.errors import NotReadyError
from api.schemas import ReadyOut
from assistant.types import NOTHING_MORE

router = APIRouter(tags=["health"])

# Anybody may ask: what is wrong exactly stands in the log, and `assistant doctor` tells it
LESS = {
    "vectors": "The vector index does not answer: a slower search or words alone take its place.",
    "worker": "The worker that adds documents has stopped: questions are answered, uploads wait.",
}


@router.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/ready")
def ready(service: ServiceDep) -> ReadyOut:
    """503 until questions can be answered. `degraded`: they are, with less: word search alone, or no new documents."""
    health = service.health.look()
    if not health.is_ready:
        service.readiness.check()
        raise NotReadyError("The library's database does not answer; the log says why.")
    # Whoever asks need not be known here: what only some may see is not counted
    documents, chunks = service.library.seen_by(NOTHING_MORE).counts()
    parts = {part.name: "ok" if part.is_well else LESS[part.name] for part in health.parts}
    return ReadyOut(status=health.status, documents=documents, chunks=chunks, parts=parts)
