"""The pages people see: the chat, the library, a document's page, what was said of answers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from api.access.sessions import Session
from api.boxes import parse_boxes, write_boxes
from api.dependencies import CitedDep, LibraryDep, PersonDep, ServiceDep, SightDep, WholeLibraryDep
from api.routes.feedback import reviewed
from api.service import Service
from api.shelves import remarks, shelve, window
from api.wording import FILES, FORMATS, UNITS, day, how_read, is_whole, page_note
from assistant.cite import place
from assistant.cited import DAYS
from assistant.feedback import REASONS, Rating, reason_words
from assistant.types import Filters, Sight
from ingest.collections import OPEN_TITLE
from ingest.errors import RemovedError
from ingest.files import READ_SUFFIXES, REFUSED_SUFFIXES
from ingest.records import OPEN, DocumentRecord
from ingest.store.collections import CollectionRecord
from ingest.view import LibraryView

HERE = Path(__file__).resolve().parent.parent
templates = Jinja2Templates(HERE / "templates")
templates.env.globals |= {
    "files": FILES,
    "formats": FORMATS,
    "units": UNITS,
    "day": day,
    "place": place,
    "how_read": how_read,
    "is_whole": is_whole,
    "page_note": page_note,
    "remarks": remarks,
}
router = APIRouter(include_in_schema=False)
SHOWN_REVIEWS = 20


@router.get("/", response_class=HTMLResponse)
@router.get("/c/{conversation_id}", response_class=HTMLResponse)
@router.get("/c/{conversation_id}/{message_id}", response_class=HTMLResponse)
def chat(request: Request, service: ServiceDep, sight: SightDep) -> Response:
    """The same page at every address: its script reads from there which conversation, and which answer of it."""
    return page(request, "chat.html", chat_context(service, sight))


def chat_context(service: Service, sight: Sight) -> dict[str, Any]:
    return {
        "programme": service.programme.raw["programme"],
        "questions": service.suggestions.known(Filters(), sight),
        "reasons": REASONS,
        "model": service.assistant.writer is not None,
    } | _uploads(service)


@router.get("/feedback", response_class=HTMLResponse)
def feedback_page(
    request: Request,
    service: ServiceDep,
    library: LibraryDep,
    rating: Rating | None = None,
    before: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """What people said of answers, for whoever runs the service."""
    found = reviewed(service.feedback, library, rating, SHOWN_REVIEWS, before)
    context = {
        "programme": service.programme.raw["programme"],
        "reviews": found.reviews,
        "next": found.next,
        "counts": service.feedback.counts(),
        "rating": rating,
        "reason_words": reason_words,
    }
    return page(request, "feedback.html", context)


@router.get("/library", response_class=HTMLResponse)
def library_page(
    request: Request,
    service: ServiceDep,
    library: LibraryDep,
    whole: WholeLibraryDep,
    person: PersonDep,
    cited: CitedDep,
    part: bool = False,
    find: Annotated[str, Query(max_length=200)] = "",
    first: Annotated[int, Query(alias="from", ge=0, le=10_000_000)] = 0,
) -> Response:
    """Every document, how it was read, and its versions; with `part` the list alone, to put it up to date.

    Of very many documents some at a time: those that hold the words of `find`, `from` so many on.
    """
    records = library.all_versions()
    shelves = shelve(records)
    context = {
        "programme": service.programme.raw["programme"],
        "shelves": shelves,
        "window": window(shelves, find, first),
        "cited": cited.counts(records),
        "days": DAYS,
        "collections": (known := whole.collections.known(library.sight)),
        "titles": titles(known),
        "may_edit": person.may("editor"),
    } | _uploads(service)
    return page(request, "library-list.html" if part else "library.html", context)


@router.get("/library/{document_id}", response_class=HTMLResponse)
def library_document(
    request: Request, document_id: str, library: LibraryDep, whole: WholeLibraryDep, part: bool = False
) -> Response:
    """How each page of a document was read; with `part` the pages alone, for the list of documents."""
    try:
        record, states = library.document(document_id), library.page_states(document_id)
    except RemovedError as error:
        return page(request, "gone.html", {"said": str(error)}, 410)
    versions = library.versions(record.file_name, record.collection)
    known = titles(whole.collections.known(library.sight))
    context = {"document": record, "states": states, "versions": versions, "titles": known}
    return page(request, "library-pages.html" if part else "library-document.html", context)


@router.get("/library/{document_id}/answers", response_class=HTMLResponse)
def citing_answers(
    request: Request,
    document_id: str,
    library: LibraryDep,
    cited: CitedDep,
    person: PersonDep,
    before: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """What the answers of late cited of a document."""
    try:
        record = library.kept(document_id)
    except RemovedError as error:
        return page(request, "gone.html", {"said": str(error)}, 410)
    found = cited.answers(record, library.all_versions(), before=before, owner=person.id)
    context = {
        "document": record,
        "found": found,
        "days": DAYS,
        "later": before is not None,
        "write_boxes": write_boxes,
    }
    return page(request, "library-answers.html", context)


@router.get("/documents/{document_id}", response_class=HTMLResponse)
def viewer(
    request: Request,
    document_id: str,
    library: LibraryDep,
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
    boxes: str = "",
) -> Response:
    """One page of a document, without any script."""
    marked = write_boxes(parse_boxes(boxes))
    record = library.document(document_id)
    try:
        read = library.page(document_id, number)
    except RemovedError as error:
        return page(request, "gone.html", {"said": str(error)}, 410)
    context = {"document": record, "page": read, "boxes": marked, "present": _present_version(library, record)}
    return page(request, "viewer.html", context)


def titles(known: Sequence[CollectionRecord]) -> dict[str, str]:
    return {OPEN: OPEN_TITLE} | {one.name: one.title for one in known}


def _uploads(service: Service) -> dict[str, Any]:
    """What the pages need to know to send files: which of a folder, and how much in one request."""
    return {
        "accept": ",".join(READ_SUFFIXES),
        "refused": ",".join(REFUSED_SUFFIXES),
        "max_file_mb": service.settings.max_file_mb,
        "parcel_mb": max(1, service.settings.max_upload_mb * 4 // 5),
    }


def _present_version(library: LibraryView, record: DocumentRecord) -> DocumentRecord | None:
    """The version that answers are made from now, of one that is superseded."""
    if record.state != "superseded":
        return None
    return next((one for one in library.versions(record.file_name, record.collection) if one.state == "current"), None)


def page(request: Request, name: str, context: dict[str, Any], status: int = 200) -> Response:
    """Every page knows whom it is shown to: it leaves out what their role may not do."""
    session: Session | None = getattr(request.state, "session", None)
    who = {"person": request.state.person, "csrf": session.csrf if session else ""}
    headers = {"Cache-Control": "no-store"}
    if session is not None:  # a form that signs out says where it comes from: under `no-referrer` it could not
        headers["Referrer-Policy"] = "same-origin"
    return templates.TemplateResponse(request, name, who | context, status, headers)
