"""What routes may ask for."""

from typing import Annotated, Any

from fastapi import Depends, Request

from api.access.access import Access
from api.access.person import Person
from api.access.rights import check_right
from api.jobs import Jobs
from api.service import Service
from assistant.assistant import Assistant
from assistant.boards import Boards
from assistant.case_data import CaseDataGuard
from assistant.cited import CitedBook
from assistant.conversation_list import ConversationList
from assistant.conversations import Conversations
from assistant.examples import Gallery
from assistant.feedback import FeedbackBook
from assistant.start.keeper import GuideKeeper
from assistant.suggestions import Suggestions
from assistant.types import Sight
from ingest.library import Library
from ingest.view import LibraryView

API = "/api/v1"


def get_service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(get_service)]


def get_person(request: Request) -> Person:
    """Whom the guard at the door found behind the request."""
    person: Person = request.state.person
    return person


PersonDep = Annotated[Person, Depends(get_person)]


def permitted(request: Request, person: PersonDep) -> None:
    """Every route passes it: what each takes stands in one table. Raises RoleError."""
    path = request.scope["route"].path  # without the prefix of what includes the route
    if request.url.path.startswith(f"{API}/") and not path.startswith(API):
        path = f"{API}{path}"
    request.state.route = f"{request.method} {path}"
    check_right(request.method, path, person)


def note(request: Request, target: str | None = None, **detail: Any) -> None:
    """What the audit trail keeps beside who asked for what: names, never what people wrote."""
    if target is not None:
        request.state.target = target
    request.state.detail = detail or None


def get_access(service: ServiceDep) -> Access:
    return service.access


def get_library(service: ServiceDep, person: PersonDep) -> LibraryView:
    """What the person may see of it: the rest is not there."""
    return service.library.seen_by(person.collections)


def get_whole_library(service: ServiceDep) -> Library:
    """All of it, to be changed: whatever a person names is looked up in what they see first."""
    return service.library


def get_sight(person: PersonDep) -> Sight:
    return person.collections


def get_assistant(service: ServiceDep) -> Assistant:
    return service.assistant


def get_conversations(service: ServiceDep, person: PersonDep) -> Conversations:
    return service.conversations.owned_by(person.id)


def get_conversation_list(service: ServiceDep, person: PersonDep) -> ConversationList:
    return service.conversation_list.owned_by(person.id)


def get_feedback(service: ServiceDep, person: PersonDep) -> FeedbackBook:
    return service.feedback.owned_by(person.id)


def get_suggestions(service: ServiceDep) -> Suggestions:
    return service.suggestions


def get_jobs(service: ServiceDep) -> Jobs:
    return service.jobs


def get_guide(service: ServiceDep) -> GuideKeeper:
    return service.guide


def get_gallery(service: ServiceDep) -> Gallery:
    return service.gallery


def get_boards(service: ServiceDep, person: PersonDep) -> Boards:
    return service.boards.owned_by(person.id)


def get_cited(service: ServiceDep) -> CitedBook:
    return service.cited


def get_guard(service: ServiceDep, person: PersonDep) -> CaseDataGuard:
    return service.guard.seen_by(person.collections)


AccessDep = Annotated[Access, Depends(get_access)]
LibraryDep = Annotated[LibraryView, Depends(get_library)]
WholeLibraryDep = Annotated[Library, Depends(get_whole_library)]
SightDep = Annotated[Sight, Depends(get_sight)]
AssistantDep = Annotated[Assistant, Depends(get_assistant)]
ConversationsDep = Annotated[Conversations, Depends(get_conversations)]
ConversationListDep = Annotated[ConversationList, Depends(get_conversation_list)]
FeedbackDep = Annotated[FeedbackBook, Depends(get_feedback)]
SuggestionsDep = Annotated[Suggestions, Depends(get_suggestions)]
JobsDep = Annotated[Jobs, Depends(get_jobs)]
GuideDep = Annotated[GuideKeeper, Depends(get_guide)]
GalleryDep = Annotated[Gallery, Depends(get_gallery)]
BoardsDep = Annotated[Boards, Depends(get_boards)]
CitedDep = Annotated[CitedBook, Depends(get_cited)]
GuardDep = Annotated[CaseDataGuard, Depends(get_guard)]
