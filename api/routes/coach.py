"""The pages of coaches: examples of the whole library, and the boards they are collected on."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.boxes import write_boxes
from api.coach_schemas import ExamplesOut
from api.dependencies import GalleryDep, LibraryDep, ServiceDep
from api.programs import organisations
from api.routes.examples import AT_ONCE
from api.routes.site import page
from api.service import Service
from assistant.examples import FACETS, ExampleKind, Wanted
from ingest.view import LibraryView

router = APIRouter(include_in_schema=False)
Choices = Annotated[list[str], Query(max_length=100)]

KINDS: Mapping[str, str] = {
    ExampleKind.QUOTE: "Quotes",
    ExampleKind.STORY: "Stories",
    ExampleKind.FIGURE: "Figures",
    ExampleKind.PRACTICE: "Practice examples",
}
ONE: Mapping[str, str] = {
    ExampleKind.QUOTE: "Quote",
    ExampleKind.STORY: "Story",
    ExampleKind.FIGURE: "Figure",
    ExampleKind.PRACTICE: "Practice example",
}
TITLES: Mapping[str, str] = {
    "kind": "Kind",
    "model": "Model",
    "adopter": "Council",
    "theme": "Theme",
    "document": "Document",
}


@router.get("/examples", response_class=HTMLResponse)
def examples_page(
    request: Request,
    service: ServiceDep,
    gallery: GalleryDep,
    library: LibraryDep,
    kind: Choices = [],  # noqa: B006 (FastAPI copies defaults)
    model: Choices = [],  # noqa: B006
    adopter: Choices = [],  # noqa: B006
    theme: Choices = [],  # noqa: B006
    document: Choices = [],  # noqa: B006
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The first part of the list, whatever the filters in the address; a form that works without any script."""
    wanted = Wanted(tuple(kind), tuple(model), tuple(adopter), tuple(theme), tuple(document), q)
    found = ExamplesOut.of(gallery.find(wanted, AT_ONCE, sight=library.sight), organisations(service.programme))
    names = choice_names(service, library)
    context = {
        "programme": service.programme.raw["programme"],
        "found": found,
        "wanted": wanted,
        "names": names,
        "titles": TITLES,
        "facets": FACETS,
        "chosen_in": {facet: getattr(wanted, facet) for facet in FACETS},
        "marks": lambda item: write_boxes(item.boxes),
    }
    return page(request, "examples.html", context)


@router.get("/board", response_class=HTMLResponse)
def board_page(request: Request, service: ServiceDep) -> Response:
    return page(request, "board.html", {"programme": service.programme.raw["programme"]})


def choice_names(service: Service, library: LibraryView) -> dict[str, dict[str, str]]:
    """What each choice of a facet is called, in the order in which it is offered."""
    known: Any = service.programme
    return {
        "kind": {str(kind): name for kind, name in KINDS.items()},
        "one": {str(kind): name for kind, name in ONE.items()},
        "model": {one.id: one.name for one in known.models},
        "adopter": {one.id: one.name for one in sorted(known.councils, key=lambda one: one.name)},
        "theme": dict(service.gallery.themes.names),
        "document": {one.id: one.title for one in library.documents()},
    }
