"""The tools and resources, as the protocol describes them to a model."""

import json
import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.metadata import version
from typing import Annotated, Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ResourceError
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field

from api import events
from api.errors import problem
from api.mcp import INSTRUCTIONS, NAME, TITLE
from api.mcp.desk import Desk, Kind
from api.mcp.schemas import AskResult, ExamplesResult, PageResult, SearchResult
from api.openai.completions import case_data_words
from api.openai.requests import Answerer
from api.schemas import AskIn, FiltersIn, TurnIn
from assistant.assistant import MAX_QUESTION
from assistant.errors import CaseDataError
from assistant.examples import Wanted

logger = logging.getLogger(__name__)

LOOKS_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
# A desk for the person behind a call, for as long as the call lasts
DeskOf = Callable[[Context[Any, Any]], AbstractContextManager[Desk]]
Ctx = Context[Any, Any]
T = TypeVar("T")

Question = Annotated[
    str, Field(min_length=1, max_length=MAX_QUESTION, description="One question, as a person would ask it.")
]
Words = Annotated[str, Field(min_length=1, max_length=MAX_QUESTION, description="What to look for.")]
Ids = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=100)]
DocumentId = Annotated[str, Field(max_length=64, description="The document_id of a citation or a passage.")]
Number = Annotated[int, Field(ge=1, le=1_000_000, description="Counted from 1, as the file has it.")]
NO_LIMIT = FiltersIn()
History = Annotated[list[TurnIn], Field(max_length=40, description="Earlier turns, for a follow-up question.")]


def build(desk_of: DeskOf) -> MCPServer[Any]:
    server: MCPServer[Any] = MCPServer(
        NAME,
        title=TITLE,
        version=version("programme-assistant"),
        instructions=INSTRUCTIONS,
        log_level="WARNING",
        subscriptions=False,
    )
    _add_asking(server, desk_of)
    _add_looking(server, desk_of)
    _add_resources(server, desk_of)
    return server


def _add_asking(server: MCPServer[Any], desk_of: DeskOf) -> None:
    @server.tool(title="Ask the documents", annotations=LOOKS_ONLY)
    async def ask(
        question: Question,
        ctx: Ctx,
        history: History = [],  # noqa: B006 (pydantic copies defaults)
        filters: FiltersIn = NO_LIMIT,
        answerer: Answerer = "auto",
    ) -> Annotated[CallToolResult, AskResult]:
        """Answers a question from the documents, every statement with the quotes and pages that prove it.

        Use it first. `filters` limit the answer by ids: models, adopters (councils), documents, years. `answerer`
        “quotes” gives the documents' own sentences only.
        """
        asked = AskIn(question=question, history=history, filters=filters, answerer=answerer)
        leaving = threading.Event()
        try:
            return await _answered(desk_of, ctx, lambda desk: desk.ask(asked, leaving))
        finally:
            leaving.set()  # whoever cancels a call waits for no language model

    @server.tool(title="Search the documents", annotations=LOOKS_ONLY)
    async def search(
        query: Words,
        ctx: Ctx,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
        filters: FiltersIn = NO_LIMIT,
    ) -> Annotated[CallToolResult, SearchResult]:
        """Finds the passages nearest to some words, by meaning and by words, best first.

        They come near; whether they answer is for you to judge. `ask` is the one that answers.
        """
        return await _answered(desk_of, ctx, lambda desk: _told(desk.search(query, filters.value(), limit)))


def _add_looking(server: MCPServer[Any], desk_of: DeskOf) -> None:
    @server.tool(title="Open a page", annotations=LOOKS_ONLY)
    async def open_page(document_id: DocumentId, page: Number, ctx: Ctx) -> Annotated[CallToolResult, PageResult]:
        """The whole text of one page of a document, to read around a quote or to check it."""
        return await _answered(desk_of, ctx, lambda desk: _told(desk.open_page(document_id, page)))

    @server.tool(title="Examples from the documents", annotations=LOOKS_ONLY)
    async def examples(
        ctx: Ctx,
        words: Annotated[str, Field(max_length=200, description="All of them must be there; may be empty.")] = "",
        kinds: Annotated[list[Kind], Field(max_length=4)] = [],  # noqa: B006
        models: Ids = [],  # noqa: B006
        adopters: Ids = [],  # noqa: B006
        themes: Ids = [],  # noqa: B006
        documents: Ids = [],  # noqa: B006
        limit: Annotated[int, Field(ge=1, le=50)] = 20,
        cursor: Annotated[str | None, Field(max_length=20)] = None,
    ) -> Annotated[CallToolResult, ExamplesResult]:
        """Quotes of people, stories, figures and practice examples, letter for letter, with full references.

        For a briefing or a training session. Without any choice: all of them, newest documents first.
        """
        wanted = Wanted(tuple(kinds), tuple(models), tuple(adopters), tuple(themes), tuple(documents), words)
        return await _answered(desk_of, ctx, lambda desk: _told(desk.examples(wanted, limit, cursor)))


def _add_resources(server: MCPServer[Any], desk_of: DeskOf) -> None:
    @server.resource("assistant://documents{?title}", name="documents", title="Documents", mime_type="application/json")
    async def documents(ctx: Ctx, title: str = "") -> str:
        """The documents that answers are made from (id, title, file name, date, pages); `title`: words it must hold."""
        return json.dumps(await _read(desk_of, ctx, lambda desk: desk.documents(title)), ensure_ascii=False)

    @server.resource(
        "assistant://documents/{document_id}/pages/{page}", name="page", title="Page", mime_type="text/plain"
    )
    async def page(document_id: str, page: int, ctx: Ctx) -> str:
        """The text of one page."""
        return (await _read(desk_of, ctx, lambda desk: desk.open_page(document_id, page))).text


async def _answered(desk_of: DeskOf, ctx: Ctx, work: Callable[[Desk], tuple[str, BaseModel]]) -> CallToolResult:
    """Its result as text and as data. An error is a result too, in words: the SDK would log what it is raised with."""

    def at_desk() -> tuple[str, BaseModel]:
        with desk_of(ctx) as desk:
            return work(desk)

    try:
        text, told = await events.apart(at_desk)
    except Exception as error:
        said = TextContent(type="text", text=_words(error))
        return CallToolResult(content=[said], is_error=True)
    content = TextContent(type="text", text=text)
    return CallToolResult(content=[content], structured_content=told.model_dump(mode="json"))


async def _read(desk_of: DeskOf, ctx: Ctx, work: Callable[[Desk], T]) -> T:
    def at_desk() -> T:
        with desk_of(ctx) as desk:
            return work(desk)

    try:
        return await events.apart(at_desk)
    except Exception as error:
        raise ResourceError(_words(error)) from error


def _told(result: BaseModel) -> tuple[str, BaseModel]:
    return result.model_dump_json(indent=1), result


def _words(error: Exception) -> str:
    body = problem(error)
    if isinstance(error, CaseDataError):
        return case_data_words(body)
    if body["status"] >= 500:
        logger.error("A tool failed", exc_info=error)
    return " ".join(str(body[name]) for name in ("title", "detail") if body.get(name))
