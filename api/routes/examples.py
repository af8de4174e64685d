"""GET /examples: quotes, figures, stories and practice examples of the whole library."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.coach_schemas import ExamplesOut
from api.dependencies import GalleryDep, ServiceDep, SightDep
from api.programs import organisations
from assistant.examples import ExampleKind, Wanted

router = APIRouter(tags=["examples"])
Choices = Annotated[list[str], Query(max_length=100)]
AT_ONCE = 24


@router.get("/examples")
def examples(
    gallery: GalleryDep,
    service: ServiceDep,
    sight: SightDep,
    kind: Annotated[list[ExampleKind], Query(max_length=10)] = [],  # noqa: B006 (FastAPI copies defaults)
    model: Choices = [],  # noqa: B006
    adopter: Choices = [],  # noqa: B006
    theme: Choices = [],  # noqa: B006
    document: Choices = [],  # noqa: B006
    q: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=50)] = AT_ONCE,
    cursor: Annotated[str | None, Query(max_length=20)] = None,
) -> ExamplesOut:
    """Newest documents first, each in reading order; `cursor` of one answer asks for the next part."""
    wanted = Wanted(tuple(one.value for one in kind), tuple(model), tuple(adopter), tuple(theme), tuple(document), q)
    return ExamplesOut.of(gallery.find(wanted, limit, cursor, sight=sight), organisations(service.programme))
