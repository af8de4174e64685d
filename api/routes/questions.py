"""POST /ask, POST /chat, GET /search, and what helps to ask: GET /filters, GET /suggestions, GET /writer."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api import events
from api.dependencies import AssistantDep, GuardDep, PersonDep, ServiceDep, SightDep, SuggestionsDep
from api.kept_schemas import FacetsOut, SuggestionsOut
from api.schemas import AnswerOut, AskIn, PassageOut, SearchOut, Text, WriterOut
from assistant.types import Filters

router = APIRouter(tags=["questions"])
Names = Annotated[list[str], Query(max_length=100)]


@router.post("/ask")
async def ask(asked: AskIn, service: ServiceDep, person: PersonDep, request: Request) -> AnswerOut:
    """One question, one cited answer."""
    return await events.whole(lambda leaving: service.answer(asked, person, None, leaving), request)


@router.post("/chat", response_class=EventSourceResponse)
async def chat(asked: AskIn, service: ServiceDep, person: PersonDep) -> AsyncIterator[ServerSentEvent]:
    """The same, as events: question, evidence, delta …, then done or error."""
    async for event in events.stream(lambda on_event, leaving: service.answer(asked, person, on_event, leaving)):
        yield event


@router.get("/search")
def search(
    assistant: AssistantDep,
    guard: GuardDep,
    sight: SightDep,
    q: Text,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    model: Names = [],  # noqa: B006 (FastAPI copies defaults)
    adopter: Names = [],  # noqa: B006
    document: Names = [],  # noqa: B006
    year: Names = [],  # noqa: B006
    collection: Names = [],  # noqa: B006
    insist: bool = False,
) -> SearchOut:
    """The passages nearest to some words."""
    guard.check(q, insist)
    filters = Filters(tuple(model), tuple(adopter), tuple(document), tuple(year), tuple(collection))
    found = assistant.search(q, filters, limit, sight)
    return SearchOut(passages=[PassageOut.of_passage(passage) for passage in found])


@router.get("/writer")
def writer(assistant: AssistantDep) -> WriterOut:
    """The language model that phrases answers, where one is set up, and what became of its answers since the start."""
    return WriterOut.of(assistant.writer)


@router.get("/filters")
def filters(
    suggestions: SuggestionsDep,
    sight: SightDep,
    model: Names = [],  # noqa: B006
    adopter: Names = [],  # noqa: B006
    document: Names = [],  # noqa: B006
    year: Names = [],  # noqa: B006
    collection: Names = [],  # noqa: B006
) -> FacetsOut:
    """What answers can be limited to, and how many passages there would be, with what is chosen already."""
    chosen = Filters(tuple(model), tuple(adopter), tuple(document), tuple(year), tuple(collection))
    return FacetsOut.model_validate(suggestions.facets(chosen, sight), from_attributes=True)


@router.get("/suggestions")
def suggested(
    suggestions: SuggestionsDep,
    sight: SightDep,
    model: Names = [],  # noqa: B006
    adopter: Names = [],  # noqa: B006
    document: Names = [],  # noqa: B006
    year: Names = [],  # noqa: B006
    collection: Names = [],  # noqa: B006
) -> SuggestionsOut:
    """Questions that the documents answer, tried before they are offered."""
    chosen = Filters(tuple(model), tuple(adopter), tuple(document), tuple(year), tuple(collection))
    return SuggestionsOut(questions=list(suggestions.offer(chosen, sight)))
