"""ApiError                        root of what only HTTP can get wrong
├── UnknownJobError             no upload job of this id
├── QueueFullError              too many files wait to be read already
├── NoRoomError                 the disk is full
├── BrokenUploadError           a multipart body that cannot be taken apart
├── NotReadyError               the embedding model is still being loaded, or the database is away
├── StoppingError               the service is being stopped
├── BoxesError                  `boxes=` is not a list of rectangles
├── NoFilesError                an upload without files
├── KeyRequiredError            no access key, or a wrong one
├── RoleError                   somebody whose role does not allow it
├── CrossSiteError              a page of another site tried to change something
├── UnknownRoleError            no reading path for this role
├── UnknownSubjectError         no model, innovator or adopter of this id
└── UnknownHostError            asked under a name this service does not go by

Every error of the three packages becomes one RFC 9457 problem, by the one table below.
"""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import TimeoutError as NoneFreeError

from api.access import errors as access
from api.problem_page import problem_page, wants_page
from api.problem_words import FIELDS, TITLES
from api.telemetry.request import HEADER, current
from assistant import conversations
from assistant import errors as assistant
from ingest import errors as ingest

logger = logging.getLogger(__name__)


class ApiError(Exception):
    pass


class UnknownJobError(ApiError):
    pass


class QueueFullError(ApiError):
    pass


class NoRoomError(ApiError):
    pass


class BrokenUploadError(ApiError):
    pass


class NotReadyError(ApiError):
    pass


class StoppingError(ApiError):
    pass


class BoxesError(ApiError):
    pass


class NoFilesError(ApiError):
    pass


class KeyRequiredError(ApiError):
    pass


class RoleError(ApiError):
    pass


class CrossSiteError(ApiError):
    pass


class UnknownRoleError(ApiError):
    pass


class UnknownSubjectError(ApiError):
    pass


class UnknownHostError(ApiError):
    pass


PROBLEMS: Mapping[type[Exception], tuple[int, str]] = {
    ApiError: (500, "Something went wrong in the assistant. Try again; if it stays, look into its log."),
    UnknownJobError: (404, "There is no upload of this id. Only the last 200 are remembered."),
    QueueFullError: (429, "Too many files are waiting to be read. Wait until some are done, or cancel them."),
    NoRoomError: (507, "The disk is full. Make room on it, then upload again."),
    BrokenUploadError: (400, "The upload arrived damaged. Send it again."),
    NotReadyError: (503, "The assistant cannot answer yet. Try again in a few seconds."),
    StoppingError: (503, "The assistant is being stopped. Ask again when it is back."),
    BoxesError: (422, "Write boxes as x0,y0,x1,y1;x0,y0,x1,y1 with at most 200 of them."),
    NoFilesError: (422, "Choose at least one file to upload."),
    KeyRequiredError: (401, "Send an access key in the header Authorization: Bearer or X-API-Key."),
    RoleError: (403, "Your role does not allow this. Ask whoever runs the assistant."),
    CrossSiteError: (403, "Only the assistant's own pages and programs may change the library."),
    UnknownRoleError: (404, "There is no reading path for this role. Choose one of those on the page Start here."),
    UnknownSubjectError: (404, "The programme has nothing of this name. Choose one on the page Start here."),
    UnknownHostError: (421, "Open the assistant under the address it printed when it started."),
    assistant.AssistantError: (500, "The question could not be answered. Try again."),
    assistant.QuestionError: (422, "Write a question of 1 to 2,000 characters."),
    assistant.CaseDataError: (409, "This may identify a child or a family, so it has not been kept or sent."),
    assistant.UnknownBoardError: (404, "There is no such board, or no such entry on it. Load the board again."),
    assistant.BoardFullError: (409, "This board is full. Make another one."),
    assistant.CursorError: (409, "The list of examples has changed. Load it again from the top."),
    assistant.NotThereError: (409, "This quote is not on that page, letter for letter."),
    assistant.EndpointError: (502, "The language model did not answer. Ask for quotes."),
    assistant.EndpointDownError: (502, "The language model cannot be reached. Ask for quotes."),
    assistant.EndpointSlowError: (504, "The language model took too long. Ask for quotes."),
    assistant.EndpointBusyError: (503, "The language model has too much to do. Try again, or ask for quotes."),
    assistant.EndpointKeyError: (502, "The language model refuses our key. Set ASSISTANT_LLM_API_KEY."),
    assistant.EndpointModelError: (502, "There is no such language model. Set ASSISTANT_LLM_MODEL."),
    assistant.EndpointFailedError: (502, "The language model answered with an error. Ask for quotes."),
    assistant.EndpointReplyError: (502, "The language model's reply cannot be used. Ask for quotes."),
    conversations.UnknownConversationError: (404, "There is no such conversation. Start a new one."),
    conversations.UnknownMessageError: (404, "There is no such answer in this conversation."),
    ingest.IngestError: (500, "The library could not do this. Run `assistant doctor`."),
    ingest.CancelledError: (409, "This was stopped before it was done. The library is as it was."),
    ingest.ReadError: (422, "This file cannot be read."),
    ingest.EmptyFileError: (422, "This file is empty. Upload it again from its source."),
    ingest.UnsupportedTypeError: (415, "Files of this type are not read. Save it as PDF or Word and upload that."),
    ingest.EncryptedError: (422, "This file needs a password. Upload a copy without one."),
    ingest.DamagedError: (422, "This file is damaged. Upload it again from its source."),
    ingest.NoPagesError: (422, "This file has no pages."),
    ingest.NoTextError: (422, "This file has no text, only pictures. Run text recognition on it first."),
    ingest.LimitError: (413, "This file is larger or slower to read than the limits allow."),
    ingest.LibraryError: (500, "The library could not do this. Run `assistant doctor`."),
    ingest.LibraryInUseError: (503, "Another process has this library open. Stop it, then try again."),
    ingest.BackupError: (500, "The backup could not be made or restored. Nothing was changed."),
    ingest.LibraryAwayError: (503, "The library's database cannot be reached. Nothing is lost: try again in a minute."),
    ingest.VectorsAwayError: (503, "The search by meaning cannot be reached. Try again in a minute."),
    ingest.UnknownDocumentError: (404, "There is no document of this id in the library."),
    ingest.RemovedError: (410, "This document was removed from the library."),
    ingest.UnknownPageError: (404, "The document has no such page."),
    ingest.UnknownCollectionError: (404, "There is no such collection. Choose one of those that are listed."),
    ingest.CollectionError: (409, "This cannot be done with the collection as it is."),
    ingest.IndexDamagedError: (503, "The search index is damaged. Run `assistant rebuild`."),
    ingest.ModelError: (503, "The embedding model cannot be used. Run `assistant doctor`."),
    **access.PROBLEMS,
}


def problem(error: Exception) -> dict[str, Any]:
    """The problem that tells of `error`; anything unknown is a 500 that says nothing of the inside."""
    if not isinstance(error, tuple(PROBLEMS)):
        return describe(500, "internal", PROBLEMS[ApiError][1])
    kind = next(kind for kind in type(error).__mro__ if kind in PROBLEMS)
    status, title = PROBLEMS[kind]
    extra = _case_data(error) if isinstance(error, assistant.CaseDataError) else {}
    return describe(status, _slug(kind), title, str(error) or None, **extra)


def _case_data(error: assistant.CaseDataError) -> dict[str, Any]:
    """409 and not 422: the request is well formed, and goes through edited, or insisted on where that is allowed."""
    found = [{"kind": kind, "start": start, "end": end} for kind, start, end in error.found]
    return {"found": found, "edited": error.edited, "may_insist": error.may_insist, "safety": error.safety}


def describe(status: int, slug: str, title: str, detail: str | None = None, **extra: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"type": f"urn:problem:{slug}", "title": title, "status": status}
    if detail and detail != title:
        body["detail"] = detail
    if (about := current.get()) is not None:
        about.problem = slug
        body["request_id"] = about.id
    return body | extra


def respond(
    body: Mapping[str, Any], headers: Mapping[str, str] | None = None, request: Request | None = None
) -> Response:
    """As JSON; as a page when `request` is a browser's that opens an address."""
    extra = dict(headers or {})
    if body["status"] == 401:
        extra["WWW-Authenticate"] = "Bearer"
    if body["status"] == 503:
        extra.setdefault("Retry-After", "5")
    if request is not None and wants_page(request):
        return problem_page(body, extra)
    return JSONResponse(dict(body), body["status"], extra, media_type="application/problem+json")


def install(app: FastAPI, headers: Mapping[str, str]) -> None:
    """`headers` go onto a 500, which is written outside of all middleware."""

    async def known(request: Request, error: Exception) -> Response:
        return respond(problem(error), getattr(error, "headers", None), request)

    async def http(request: Request, error: Any) -> Response:
        title = TITLES.get(error.status_code, str(error.detail))
        return respond(describe(error.status_code, f"http-{error.status_code}", title), error.headers, request)

    async def unknown(request: Request, error: Exception) -> Response:
        logger.error("A request failed", exc_info=error)
        body = problem(error)
        named = {HEADER: body["request_id"]} if "request_id" in body else {}
        return respond(body, {**headers, **named, "Connection": "close"}, request)

    for kind in (ApiError, access.AccessError, assistant.AssistantError, ingest.IngestError):
        app.add_exception_handler(kind, known)
    # By status, because routing raises the parent class of FastAPI's own HTTPException.
    for status in range(400, 500):
        app.add_exception_handler(status, http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(NoneFreeError, _none_free)
    app.add_exception_handler(Exception, unknown)


async def _none_free(request: Request, error: Exception) -> Response:
    """Every connection to the database is in use, and none came free in time."""
    return respond(problem(ingest.LibraryAwayError("Too many ask at once.")), None, request)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [{"where": list(row["loc"]), "what": row["msg"]} for row in error.errors()]
    names = [str(part) for row in error.errors() for part in row["loc"]]
    title = next((FIELDS[name] for name in names if name in FIELDS), "This request could not be read.")
    what = "; ".join(f"{'.'.join(map(str, row['where'][1:])) or 'body'}: {row['what']}" for row in errors)
    return respond(describe(422, "invalid-request", title, what, errors=errors), None, request)


def _slug(kind: type[Exception]) -> str:
    name = kind.__name__.removesuffix("Error")
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")
