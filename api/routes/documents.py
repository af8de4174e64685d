"""The library's documents: list, add, show, remove, and how an upload goes."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from api import uploads
from api.dependencies import JobsDep, LibraryDep, ServiceDep
from api.jobs import Job
from ingest.records import DocumentRecord

router = APIRouter(tags=["documents"])

UPLOAD_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                }
            }
        },
    }
}
# The PDF viewer of a browser needs its own frame and styles; scripts of any kind stay refused.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'; sandbox"


@router.get("/documents")
def documents(library: LibraryDep) -> dict[str, Any]:
    return {"documents": [record_out(record) for record in library.documents()]}


@router.post("/documents", status_code=202, openapi_extra=UPLOAD_BODY)
async def upload(request: Request, service: ServiceDep) -> dict[str, str]:
    """Takes many files at once, under any field name, and answers before they are read."""
    folder, received = await uploads.receive(request, service.settings.max_file_mb)
    return {"job_id": service.jobs.submit(folder, received).id}


@router.get("/jobs/{job_id}")
def job(job_id: str, jobs: JobsDep) -> dict[str, Any]:
    return job_out(jobs.get(job_id))


@router.get("/documents/{document_id}")
def document(document_id: str, library: LibraryDep) -> dict[str, Any]:
    record = library.document(document_id)
    return record_out(record) | {"articles": [asdict(article) for article in library.articles(document_id)]}


@router.delete("/documents/{document_id}", status_code=204)
def remove(document_id: str, library: LibraryDep) -> Response:
    library.remove(document_id)
    return Response(status_code=204)


@router.get("/documents/{document_id}/file")
def file(document_id: str, library: LibraryDep) -> FileResponse:
    """The original bytes, as they were uploaded."""
    record = library.document(document_id)
    return FileResponse(
        library.file_path(document_id),
        media_type="application/pdf",
        filename=record.file_name,
        content_disposition_type="inline",
        headers={"Content-Security-Policy": FILE_POLICY, "Cache-Control": "private, no-cache"},
    )


def record_out(record: DocumentRecord) -> dict[str, Any]:
    return asdict(record) | {"url": f"/documents/{record.id}"}


def job_out(job: Job) -> dict[str, Any]:
    files = [asdict(file) for file in job.files]
    return {"job_id": job.id, "state": job.state, "files": files}
