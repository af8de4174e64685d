"""The library's documents: list, show, remove."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse

from api.dependencies import CitedDep, LibraryDep, PersonDep, WholeLibraryDep, note
from api.kept_schemas import CitingAnswersOut, MoveIn
from api.wording import page_note
from assistant.cited import DAYS, SHOWN
from ingest.records import OPEN_NAME, DocumentRecord, PageState
from ingest.types import Format

router = APIRouter(tags=["documents"])

VERSION = ("id", "state", "state_at", "added_at", "pages", "title")
OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: f"{OFFICE}.wordprocessingml.document",
    Format.PPTX: f"{OFFICE}.presentationml.presentation",
    Format.HTML: "text/html",
    Format.MARKDOWN: "text/markdown",
    Format.TEXT: "text/plain",
}
# The PDF viewer of a browser needs its own frame and styles; scripts of any kind stay refused.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'; sandbox"


@router.get("/documents")
def documents(
    library: LibraryDep,
    state: Literal["current", "all"] = "current",
    limit: Annotated[int | None, Query(ge=0)] = None,
    offset: Annotated[int, Query(ge=0, le=100_000_000)] = 0,
) -> dict[str, Any]:
    """The documents that answers are made from; with `state=all` every version there ever was.

    All of them, or `limit` from `offset` on; `total` is how many there are.
    """
    if limit == 0 and state == "current":
        return {"documents": [], "total": library.counts()[0]}
    records = library.all_versions() if state == "all" else library.documents()
    shown = records[offset:] if limit is None else records[offset : offset + limit]
    return {"documents": [record_out(record) for record in shown], "total": len(records)}


@router.get("/documents/{document_id}")
def document(document_id: str, library: LibraryDep) -> dict[str, Any]:
    """One version of a document, how each of its pages was read, and its other versions, newest first."""
    record = library.document(document_id)
    states = library.page_states(document_id)
    versions = library.versions(record.file_name, record.collection)
    return record_out(record) | {
        "articles": [asdict(article) for article in library.articles(document_id)],
        "page_health": [page_health(one) for one in states],
        "versions": [{name: getattr(one, name) for name in VERSION} for one in versions],
    }


@router.get("/documents/{document_id}/answers")
def answers(
    document_id: str,
    library: LibraryDep,
    cited: CitedDep,
    person: PersonDep,
    days: Annotated[int, Query(ge=1, le=3650)] = DAYS,
    limit: Annotated[int, Query(ge=1, le=50)] = SHOWN,
    before: Annotated[str | None, Query(max_length=100)] = None,
) -> CitingAnswersOut:
    """A person's own answers that cited any version of this document, newest first; `next` goes into `before`."""
    record = library.kept(document_id)
    found = cited.answers(record, library.all_versions(), days, limit, before, person.id)
    return CitingAnswersOut.model_validate(found, from_attributes=True)


@router.patch("/documents/{document_id}")
def move(
    document_id: str,
    asked: MoveIn,
    library: LibraryDep,
    whole: WholeLibraryDep,
) -> dict[str, Any]:
    """Into another collection, with all its versions: who may not see that one does not see them from now on."""
    library.kept(document_id)
    collection = "" if asked.collection == OPEN_NAME else asked.collection
    whole.collections.require(collection, library.sight)
    return record_out(whole.collections.move(document_id, collection))


@router.delete("/documents/{document_id}", status_code=204)
def remove(document_id: str, library: LibraryDep, whole: WholeLibraryDep, request: Request) -> Response:
    library.document(document_id)
    gone = whole.remove(document_id)
    note(request, document_id, file=gone[0].file_name, versions=len(gone))
    return Response(status_code=204)


@router.get("/documents/{document_id}/file")
def file(document_id: str, library: LibraryDep) -> FileResponse:
    """The original bytes, as they were uploaded. Only a PDF opens in the browser: a web page could do as it likes."""
    record = library.document(document_id)
    return FileResponse(
        library.file_path(document_id),
        media_type=MEDIA_TYPES[record.format],
        filename=record.file_name,
        content_disposition_type="inline" if record.format is Format.PDF else "attachment",
        headers={"Content-Security-Policy": FILE_POLICY, "Cache-Control": "private, no-cache"},
    )


def page_health(state: PageState) -> dict[str, Any]:
    return {
        "page": state.number,
        "label": state.label,
        "health": state.health,
        "detail": state.detail,
        "note": page_note(state.health, state.detail),
    }


def record_out(record: DocumentRecord) -> dict[str, Any]:
    return asdict(record) | {"url": f"/documents/{record.id}"}
