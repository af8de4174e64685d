"""What routes may ask for."""

from typing import Annotated

from fastapi import Depends, Request

from api.jobs import Jobs
from api.service import Service
from assistant.assistant import Assistant
from assistant.conversations import Conversations
from ingest.library import Library


def get_service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(get_service)]


def get_library(service: ServiceDep) -> Library:
    return service.library


def get_assistant(service: ServiceDep) -> Assistant:
    return service.assistant


def get_conversations(service: ServiceDep) -> Conversations:
    return service.conversations


def get_jobs(service: ServiceDep) -> Jobs:
    return service.jobs


LibraryDep = Annotated[Library, Depends(get_library)]
AssistantDep = Annotated[Assistant, Depends(get_assistant)]
ConversationsDep = Annotated[Conversations, Depends(get_conversations)]
JobsDep = Annotated[Jobs, Depends(get_jobs)]
