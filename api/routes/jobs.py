"""Uploads: files in, how far each of them is, and how to stop them."""

import asyncio
import shutil
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from api import uploads
from api.dependencies import JobsDep, ServiceDep, SightDep, note
from api.jobs import Jobs
from assistant.types import Sight
from ingest.records import OPEN_NAME

router = APIRouter(tags=["uploads"])
Number = Annotated[int, Path(ge=1, le=1_000_000)]

UPLOAD_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "collection": {"type": "string"},
                    },
                }
            }
        },
    }
}


@router.post("/documents", status_code=202, openapi_extra=UPLOAD_BODY)
async def upload(request: Request, service: ServiceDep, sight: SightDep) -> dict[str, str]:
    """Takes many files at once, under any field name, and answers before they are read.

    They go into the `collection` of that name, and without one to everybody.
    """
    jobs = service.jobs
    await asyncio.to_thread(jobs.check_room)
    folder, received, name = await uploads.receive(request, jobs.uploads, service.settings.max_file_mb)
    note(request, folder.name, files=[file.name for file in received][:100], collection=name)
    try:
        collection = "" if name == OPEN_NAME else name
        await asyncio.to_thread(service.library.collections.require, collection, sight)
        return {"job_id": await asyncio.to_thread(jobs.submit, folder, received, collection)}
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


@router.get("/jobs")
def jobs(jobs: JobsDep, sight: SightDep) -> dict[str, Any]:
    """Newest first, without their files."""
    return {"jobs": [asdict(job) for job in jobs.jobs(sight)]}


@router.get("/jobs/{job_id}")
def job(job_id: str, jobs: JobsDep, sight: SightDep) -> dict[str, Any]:
    return job_out(jobs, job_id, sight)


@router.delete("/jobs/{job_id}")
def cancel(job_id: str, jobs: JobsDep, sight: SightDep) -> dict[str, Any]:
    jobs.cancel(job_id, sight)
    return job_out(jobs, job_id, sight)


@router.delete("/jobs/{job_id}/files/{n}")
def cancel_file(job_id: str, n: Number, jobs: JobsDep, sight: SightDep) -> dict[str, Any]:
    jobs.cancel_file(job_id, n, sight)
    return job_out(jobs, job_id, sight)


def job_out(jobs: Jobs, job_id: str, sight: Sight) -> dict[str, Any]:
    job = jobs.job(job_id, sight)  # before its files, so that a job that is done has no file that is not
    return asdict(job) | {"files": [asdict(file) for file in jobs.files(job_id)]}
