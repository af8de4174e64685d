"""The pages for people who are new: start here, the glossary, a page for each model and each council."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import AssistantDep, GuideDep, ServiceDep, SightDep
from api.routes.site import page, templates
from api.routes.start import Part, entity_of, make_profile, part_of, paths_for
from api.service import Service
from api.timeline import a_page_each, cited_page, draw_timeline
from assistant.editions import in_words
from assistant.extracts.profile import Profile
from assistant.start.paths import role_id
from ingest.programme import Entity

templates.env.globals |= {
    "a_page_each": a_page_each,
    "cited_page": cited_page,
    "in_words": in_words,
    "asked": lambda text: f"/?q={quote(text)}",
}
router = APIRouter(include_in_schema=False)

HEADINGS = {"did": "What they did", "reports": "What they report", "words": "In their own words"}
MODEL_HEADINGS = {"did": "How it works", "reports": "What is reported of it", "words": "In practitioners’ own words"}
AT_A_GLANCE = {"is": "What it is", "model": "Model", "began": "When", "names": "Local name"}


@router.get("/start", response_class=HTMLResponse)
def start(
    request: Request,
    service: ServiceDep,
    guide: GuideDep,
    sight: SightDep,
    role: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """The hub: a reading path by role, who is who, the glossary, the timeline."""
    programme, made = service.programme, guide.guide(sight=sight)
    paths_for(role, made, programme)
    roles = [(role_id(row["role"]), row["role"], row["title"]) for row in programme.raw.get("reading_paths", [])]
    chosen = role or (roles[0][0] if roles else "")
    context = {
        "programme": programme.raw["programme"],
        "ready": made is not None,
        "roles": roles,
        "chosen": chosen,
        "paths": {path.id: path for path in made.paths} if made else {},
        "models": [_model(service, one) for one in programme.models],
        "terms": len(made.glossary) if made else 0,
        "events": made.timeline if made else (),
        "pictures": [draw_timeline(made.timeline, programme, narrow=narrow) for narrow in (False, True)]
        if made
        else [],
        "parts": {one.id: "innovators" if one in programme.innovators else "adopters" for one in programme.councils},
        "names": {one.id: one.name for one in programme.models},
    }
    return page(request, "start.html", context)


@router.get("/glossary", response_class=HTMLResponse)
def glossary(request: Request, service: ServiceDep, guide: GuideDep, sight: SightDep) -> Response:
    made = guide.guide(sight=sight)
    entries = made.glossary if made else ()
    letters = sorted({entry.term[0].upper() for entry in entries})
    context = {
        "programme": service.programme.raw["programme"],
        "ready": made is not None,
        "letters": [(letter, [one for one in entries if one.term[0].upper() == letter]) for letter in letters],
        "count": len(entries),
    }
    return page(request, "glossary.html", context)


@router.get("/models/{entity_id}", response_class=HTMLResponse)
@router.get("/innovators/{entity_id}", response_class=HTMLResponse)
@router.get("/adopters/{entity_id}", response_class=HTMLResponse)
def profile(
    request: Request, entity_id: str, service: ServiceDep, assistant: AssistantDep, guide: GuideDep, sight: SightDep
) -> Response:
    """What the documents say of a model or a council."""
    part, programme = part_of(request), service.programme
    entity = entity_of(part, entity_id, programme)
    made = make_profile(part, entity, assistant, sight)
    context = {
        "programme": programme.raw["programme"],
        "ready": guide.is_read(sight=sight),
        "part": part,
        "entity": entity,
        "kind": _kind(part, entity, service),
        "model": next((one for one in programme.models if one.id == entity.model), None),
        "family": _model(service, entity) if part == "models" else None,
        "glance": [(name, made.sections[kind]) for kind, name in AT_A_GLANCE.items() if made.sections[kind]],
        "sections": _sections(made, MODEL_HEADINGS if part == "models" else HEADINGS),
        "cited": {citation.number: citation for citation in made.citations},
        "sources": made.sources,
        "count": made.count,
    }
    return page(request, "profile.html", context)


def _sections(made: Profile, headings: dict[str, str]) -> list[tuple[str, str, Any]]:
    return [(kind, name, made.sections[kind]) for kind, name in headings.items() if made.sections[kind]]


def _kind(part: Part, entity: Entity, service: Service) -> str:
    """What it is in the programme, in a few words."""
    if part == "models":
        return "Model"
    raw = service.programme.raw[part]
    role = next((row.get("role") for row in raw if row["id"] == entity.id), None)
    return "Innovator" if part == "innovators" else "Trailblazer" if role == "trailblazer" else "Adopter"


def _model(service: Service, model: Entity) -> dict[str, Any]:
    """A model with those who made it and those who took it on."""
    programme = service.programme
    raw = next(row for row in programme.raw["models"] if row["id"] == model.id)
    return {
        "id": model.id,
        "name": model.name,
        "mark": raw.get("mark", ""),
        "innovators": [one for one in programme.innovators if one.model == model.id],
        "adopters": [one for one in programme.adopters if one.model == model.id],
    }
