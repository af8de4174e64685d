"""Uploads: files in, how far each of them is, and how to stop them."""

import asyncio
import shutil
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from api import uploads
from api.dependencies import JobsDep, ServiceDep, note
from api.jobs import Jobs

router = APIRouter(tags=["uploads"])
Number = Annotated[int, Path(ge=1, le=1_000_000)]

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


@router.post("/documents", status_code=202, openapi_extra=UPLOAD_BODY)
async def upload(request: Request, service: ServiceDep) -> dict[str, str]:
    """Takes many files at once, under any field name, and answers before they are read."""
    jobs = service.jobs
    await asyncio.to_thread(jobs.check_room)
    folder, received = await uploads.receive(request, jobs.uploads, service.settings.max_file_mb)
    note(request, folder.name, files=[file.name for file in received][:100])
    try:
        return {"job_id": await asyncio.to_thread(jobs.submit, folder, received)}
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


@router.get("/jobs")
def jobs(jobs: JobsDep) -> dict[str, Any]:
    """Newest first, without their files."""
    return {"jobs": [asdict(job) for job in jobs.jobs()]}


@router.get("/jobs/{job_id}")
def job(job_id: str, jobs: JobsDep) -> dict[str, Any]:
    return job_out(jobs, job_id)


@router.delete("/jobs/{job_id}")
def cancel(job_id: str, jobs: JobsDep) -> dict[str, Any]:
    jobs.cancel(job_id)
    return job_out(jobs, job_id)


@router.delete("/jobs/{job_id}/files/{n}")
def cancel_file(job_id: str, n: Number, jobs: JobsDep) -> dict[str, Any]:
    jobs.cancel_file(job_id, n)
    return job_out(jobs, job_id)


def job_out(jobs: Jobs, job_id: str) -> dict[str, Any]:
    job = jobs.job(job_id)  # before its files, so that a job that is done has no file that is not
    return asdict(job) | {"files": [asdict(file) for file in jobs.files(job_id)]}
