"""GET /health: the process lives. GET /ready: questions can be answered."""

from fastapi import APIRouter

from api.dependencies import ServiceDep

router = APIRouter(tags=["health"])


@router.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/ready")
def ready(service: ServiceDep) -> dict[str, int]:
    service.readiness.check()
    documents, chunks = service.library.counts()
    return {"documents": documents, "chunks": chunks}
