"""GET /programme: what the assistant knows about the programme, as its data file says it."""

from typing import Any

from fastapi import APIRouter

from api.dependencies import ServiceDep

router = APIRouter(tags=["programme"])
PARTS = ("programme", "models", "adopters", "innovators", "partners", "glossary", "questions", "reading_paths")


@router.get("/programme")
def programme(service: ServiceDep) -> dict[str, Any]:
    return {part: service.programme.raw.get(part, []) for part in PARTS}
