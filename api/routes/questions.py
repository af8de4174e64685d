"""POST /ask, POST /chat, GET /search, GET /conversations/{id}."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api import events
from api.dependencies import AssistantDep, ConversationsDep, LibraryDep, ServiceDep
from api.schemas import AnswerOut, AskIn, ConversationOut, MessageOut, PassageOut, SearchOut, Text
from assistant.conversations import with_present_states
from assistant.types import Filters

router = APIRouter(tags=["questions"])
Names = Annotated[list[str], Query(max_length=100)]


@router.post("/ask")
def ask(asked: AskIn, service: ServiceDep) -> AnswerOut:
    """One question, one cited answer."""
    return service.answer(asked)


@router.post("/chat", response_class=EventSourceResponse)
async def chat(asked: AskIn, service: ServiceDep) -> AsyncIterator[ServerSentEvent]:
    """The same, as events: question, evidence, delta …, then done or error."""
    async for event in events.stream(lambda on_event: service.answer(asked, on_event)):
        yield event


@router.get("/search")
def search(
    assistant: AssistantDep,
    q: Text,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    model: Names = [],  # noqa: B006 (FastAPI copies defaults)
    adopter: Names = [],  # noqa: B006
    document: Names = [],  # noqa: B006
    year: Names = [],  # noqa: B006
) -> SearchOut:
    """The passages nearest to some words."""
    filters = Filters(tuple(model), tuple(adopter), tuple(document), tuple(year))
    found = assistant.search(q, filters, limit)
    return SearchOut(passages=[PassageOut.of_passage(passage) for passage in found])


@router.get("/conversations/{conversation_id}")
def conversation(conversation_id: str, conversations: ConversationsDep, library: LibraryDep) -> ConversationOut:
    """Every message with its whole answer, and what has become of the documents it cites."""
    messages = with_present_states(conversations.messages(conversation_id), library.all_versions())
    return ConversationOut(conversation_id=conversation_id, messages=[MessageOut.of(message) for message in messages])
