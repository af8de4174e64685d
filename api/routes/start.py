"""GET /start, /glossary, /models/{id}, /innovators/{id}, /adopters/{id}, /timeline: for people who are new."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request

from api.dependencies import AssistantDep, GuideDep, ServiceDep, SightDep
from api.errors import UnknownRoleError, UnknownSubjectError
from api.start_schemas import EventOut, GlossaryOut, PathOut, ProfileOut, StartOut, TermOut, TimelineOut
from assistant.assistant import Assistant
from assistant.extracts.derive import COUNCIL, MODEL
from assistant.extracts.profile import Profile, profile_of
from assistant.start.keeper import Guide
from assistant.start.paths import Path, role_id
from assistant.types import Sight
from ingest.programme import Entity, Programme

router = APIRouter(tags=["start"])
RoleName = Annotated[str, Query(max_length=100)]
Part = Literal["models", "innovators", "adopters"]


@router.get("/start")
def start(
    service: ServiceDep, guide: GuideDep, sight: SightDep, role: Annotated[str, Query(max_length=100)] = ""
) -> StartOut:
    """The reading paths, or that of one role: what to read in which order, for how long, and what to ask."""
    made = guide.guide(sight=sight)
    paths = paths_for(role, made, service.programme)
    return StartOut(ready=made is not None, paths=[PathOut.of(path) for path in paths])


@router.get("/glossary")
def glossary(guide: GuideDep, sight: SightDep) -> GlossaryOut:
    """Each term as the library defines it, cited, and else as the programme does."""
    made = guide.guide(sight=sight)
    return GlossaryOut(ready=made is not None, terms=[TermOut.of(entry) for entry in (made.glossary if made else ())])


@router.get("/timeline")
def timeline(guide: GuideDep, sight: SightDep) -> TimelineOut:
    """When councils began with their models, in order of time: only dates that a cited sentence says."""
    made = guide.guide(sight=sight)
    return TimelineOut(ready=made is not None, events=[EventOut.of(one) for one in (made.timeline if made else ())])


@router.get("/models/{entity_id}", operation_id="model")
@router.get("/innovators/{entity_id}", operation_id="innovator")
@router.get("/adopters/{entity_id}", operation_id="adopter")
def profile(
    request: Request, entity_id: str, service: ServiceDep, assistant: AssistantDep, guide: GuideDep, sight: SightDep
) -> ProfileOut:
    """What the documents say of a model, an innovator or an adopter: each line quoted, with its citation."""
    part = part_of(request)
    entity = entity_of(part, entity_id, service.programme)
    return ProfileOut.of(entity, make_profile(part, entity, assistant, sight), guide.is_read(sight=sight))


def part_of(request: Request) -> Part:
    """Which of the three addresses was asked for."""
    part: Part = request.url.path.split("/")[-2]  # type: ignore[assignment]
    return part


def paths_for(role: str, made: Guide | None, programme: Programme) -> tuple[Path, ...]:
    """Raises UnknownRoleError."""
    if role and role not in {role_id(row["role"]) for row in programme.raw.get("reading_paths", [])}:
        raise UnknownRoleError(f"“{role[:60]}” is none of the roles.")
    return tuple(path for path in (made.paths if made else ()) if not role or path.id == role)


def entity_of(part: Part, entity_id: str, programme: Programme) -> Entity:
    """Raises UnknownSubjectError."""
    known = {"models": programme.models, "innovators": programme.innovators, "adopters": programme.adopters}[part]
    found = next((one for one in known if one.id == entity_id), None)
    if found is None:
        raise UnknownSubjectError(f"“{entity_id[:60]}” is none of its {part}.")
    return found


def make_profile(part: Part, entity: Entity, assistant: Assistant, sight: Sight) -> Profile:
    return profile_of(f"{MODEL if part == 'models' else COUNCIL}{entity.id}", assistant.shelf(sight))
