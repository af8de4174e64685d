"""What routes may ask for."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from api.access.person import LOCAL, Person, Role
from api.errors import RoleError
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


def get_service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(get_service)]


def get_person(request: Request) -> Person:
    """Whom the guard at the door found behind the request."""
    return getattr(request.state, "person", LOCAL)


PersonDep = Annotated[Person, Depends(get_person)]


def needs(role: Role) -> Callable[[PersonDep], Person]:
    """For `Depends`: lets only those in who have this role. Raises RoleError."""

    def check(person: PersonDep) -> Person:
        if not person.may(role):
            raise RoleError(f"This takes the role of {role}, and yours is {person.role}.")
        return person

    return check


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


def get_conversations(service: ServiceDep) -> Conversations:
    return service.conversations


def get_conversation_list(service: ServiceDep) -> ConversationList:
    return service.conversation_list


def get_feedback(service: ServiceDep) -> FeedbackBook:
    return service.feedback


def get_suggestions(service: ServiceDep) -> Suggestions:
    return service.suggestions


def get_jobs(service: ServiceDep) -> Jobs:
    return service.jobs


def get_guide(service: ServiceDep) -> GuideKeeper:
    return service.guide


def get_gallery(service: ServiceDep) -> Gallery:
    return service.gallery


def get_boards(service: ServiceDep) -> Boards:
    return service.boards


def get_cited(service: ServiceDep) -> CitedBook:
    return service.cited


def get_guard(service: ServiceDep, person: PersonDep) -> CaseDataGuard:
    return service.guard.seen_by(person.collections)


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
