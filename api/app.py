"""The service as an ASGI application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api import errors
from api.dependencies import API, permitted
from api.routes import (
    account,
    audit,
    boards,
    coach,
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
from api.telemetry.state import State
from api.telemetry.tools import Telemetry
from api.telemetry.traces import start_traces
from ingest.library import Library
from ingest.programme import load_programme

STATIC = Path(__file__).resolve().parent / "static"


def create_app(settings: Settings, library: Library | None = None) -> FastAPI:
    """Opens the library of `settings` when it starts, or uses `library`, which then stays its owner's to close."""

    telemetry = Telemetry(traces=start_traces(settings.traces))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        known = load_programme()
        async with AsyncExitStack() as stack:
            opened = library or stack.enter_context(Library.open(settings, known))
            service = Service.build(settings, known, opened, telemetry)
            telemetry.metrics.registry.register(State(service))
            app.state.service = service
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
        dependencies=[Depends(permitted)],
    )
    app.add_middleware(Guard, settings=settings)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))
    app.add_middleware(Observed, telemetry=telemetry)  # the outermost, as the last that is added
    errors.install(app, HEADERS)
    data = (questions, conversations, feedback, documents, jobs, pages, programme, start, examples, boards)
    of_access = (me, keys, people, audit)
    for module in (*data, *of_access):
        app.include_router(module.router, prefix=API)
    for module in (health, metrics_route, sign_in, account, people_pages, start_pages, coach, site):
        app.include_router(module.router)
    app.mount("/static", GZipMiddleware(StaticFiles(directory=STATIC), minimum_size=1000), name="static")
    return app
