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
from api.security import HEADERS, Guard
from api.service import Service
from api.settings import Settings
from ingest.library import Library
from ingest.programme import load_programme

STATIC = Path(__file__).resolve().parent / "static"


def create_app(settings: Settings, library: Library | None = None) -> FastAPI:
    """Opens the library of `settings` when it starts, or uses `library`, which then stays its owner's to close."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        known = load_programme()
        async with AsyncExitStack() as stack:
            opened = library or stack.enter_context(Library.open(settings, known))
            service = Service.build(settings, known, opened)
            app.state.service = service
            yield
            await asyncio.to_thread(service.close)

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
    errors.install(app, HEADERS)
    data = (questions, conversations, feedback, documents, jobs, pages, programme, start, examples, boards)
    of_access = (me, keys, people, audit)
    for module in (*data, *of_access):
        app.include_router(module.router, prefix=API)
    for module in (health, sign_in, account, people_pages, start_pages, coach, site):
        app.include_router(module.router)
    app.mount("/static", GZipMiddleware(StaticFiles(directory=STATIC), minimum_size=1000), name="static")
    return app
