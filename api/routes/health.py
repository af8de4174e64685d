"""GET /health: the process lives. GET /ready: questions can be answered."""

from fastapi import APIRouter

from api.dependencies import ServiceDep
from assistant.types import NOTHING_MORE

router = APIRouter(tags=["health"])


@router.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/ready")
def ready(service: ServiceDep) -> dict[str, int]:
    service.readiness.check()
    # Whoever asks need not be known here: what only some may see is not counted
    documents, chunks = service.library.seen_by(NOTHING_MORE).counts()
    return {"documents": documents, "chunks": chunks}
