"""The service as an ASGI application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api import embedding, errors
from api.dependencies import API, permitted
from api.description import describe_with, operation_id
from api.embedding import Embedding
from api.mcp.door import PATH, McpDoor
from api.openai.errors import CompletionError, OpenAiErrors
from api.routes import (
    account,
    audit,
    boards,
    coach,
    collections,
    completions,
    conversations,
    documents,
    examples,
    feedback,
    health,
    jobs,
    keys,
    me,
    pages,
    people,
    people_pages,
    programme,
    questions,
    sign_in,
    site,
    start,
    start_pages,
)
from api.routes import metrics as metrics_route
from api.security import HEADERS, Guard
from api.service import Service
from api.settings import Settings
from api.telemetry.observe import Observed
from api.telemetry.reading import MetricsDoor
from api.telemetry.state import State
from api.telemetry.tools import Telemetry
from api.telemetry.traces import start_traces
from ingest.library import Library
from ingest.programme import load_programme

STATIC = Path(__file__).resolve().parent / "static"


def create_app(settings: Settings, library: Library | None = None) -> FastAPI:
    """Opens the library of `settings` when it starts, or uses `library`, which then stays its owner's to close."""

    telemetry = Telemetry(traces=start_traces(settings.traces))
    mcp = McpDoor()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        known = load_programme()
        async with AsyncExitStack() as stack:
            opened = library or stack.enter_context(Library.open(settings, known))
            service = Service.build(settings, known, opened, telemetry)
            telemetry.metrics.registry.register(State(service))
            app.state.service = service
            async with mcp.open().run():
                yield
            await asyncio.to_thread(service.close)
            await asyncio.to_thread(telemetry.traces.close)

    app = FastAPI(
        title="Programme assistant",
        lifespan=lifespan,
        openapi_url=f"{API}/openapi.json",
        # The interactive pages load their scripts from elsewhere, and nothing here does.
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=operation_id,
        dependencies=[Depends(permitted)],
    )
    _add_doors(app, settings, telemetry)
    errors.install(app, HEADERS)
    app.add_exception_handler(CompletionError, completions.not_as_asked)
    _add_routes(app)
    app.add_route(PATH, mcp)  # type: ignore[arg-type]  # an ASGI application will do as well
    app.openapi = describe_with(app)  # type: ignore[method-assign]
    return app


def _add_doors(app: FastAPI, settings: Settings, telemetry: Telemetry) -> None:
    """From the inside out: a request passes the last that is added first."""
    app.add_middleware(Guard, settings=settings)
    app.add_middleware(MetricsDoor, settings=settings, registry=telemetry.metrics.registry)
    app.add_middleware(OpenAiErrors)
    app.add_middleware(Embedding, settings=settings)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))
    app.add_middleware(Observed, telemetry=telemetry)


def _add_routes(app: FastAPI) -> None:
    data = (questions, conversations, feedback, documents, collections, jobs, pages, programme, start, examples, boards)
    of_access = (me, keys, people, audit)
    for module in (*data, *of_access):
        app.include_router(module.router, prefix=API)
    of_programs = (health, metrics_route, completions, embedding)
    for module in (*of_programs, sign_in, account, people_pages, start_pages, coach, site):
        app.include_router(module.router)
    app.mount("/static", GZipMiddleware(StaticFiles(directory=STATIC), minimum_size=1000), name="static")
