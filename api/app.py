"""The service as an ASGI application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from api import embedding, errors
from api.description import describe_with, operation_id
from api.embedding import Embedding
from api.mcp.door import PATH, McpDoor
from api.openai.errors import CompletionError, OpenAiErrors
from api.routes import (
    boards,
    coach,
    completions,
    conversations,
    documents,
    examples,
    feedback,
    health,
    jobs,
    pages,
    programme,
    questions,
    site,
    start,
    start_pages,
)
from api.security import HEADERS, Guard
from api.service import Service
from api.settings import Settings
from ingest.library import Library
from ingest.programme import load_programme

STATIC = Path(__file__).resolve().parent / "static"
API = "/api/v1"


def create_app(settings: Settings, library: Library | None = None) -> FastAPI:
    """Opens the library of `settings` when it starts, or uses `library`, which then stays its owner's to close."""

    mcp = McpDoor()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        known = load_programme()
        async with AsyncExitStack() as stack:
            opened = library or stack.enter_context(Library.open(settings, known))
            service = Service.build(settings, known, opened)
            app.state.service = service
            async with mcp.open().run():
                yield
            await asyncio.to_thread(service.close)

    app = FastAPI(
        title="Programme assistant",
        lifespan=lifespan,
        openapi_url=f"{API}/openapi.json",
        # The interactive pages load their scripts from elsewhere, and nothing here does.
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=operation_id,
    )
    app.add_middleware(Guard, settings=settings)
    app.add_middleware(OpenAiErrors)
    app.add_middleware(Embedding, settings=settings)
    errors.install(app, HEADERS)
    app.add_exception_handler(CompletionError, completions.not_as_asked)
    data = (questions, conversations, feedback, documents, jobs, pages, programme, start, examples, boards)
    for module in data:
        app.include_router(module.router, prefix=API)
    for module in (health, completions, embedding, start_pages, coach, site):
        app.include_router(module.router)
    app.add_route(PATH, mcp)  # type: ignore[arg-type]  # an ASGI application will do as well
    app.mount("/static", GZipMiddleware(StaticFiles(directory=STATIC), minimum_size=1000), name="static")
    app.openapi = describe_with(app)  # type: ignore[method-assign]
    return app
