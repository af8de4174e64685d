"""Uploads as a program makes them, and what becomes of them."""

import time
from collections.abc import Callable
from typing import Any

import httpx

Job = dict[str, Any]


def send(site: httpx.Client, *files: tuple[str, bytes]) -> str:
    """The job's id."""
    response = site.post("/api/v1/documents", files=[("files", (name, data)) for name, data in files])
    assert response.status_code == 202, response.text
    return str(response.json()["job_id"])


def follow(site: httpx.Client, job_id: str, until: Callable[[Job], bool] | None = None, seconds: float = 60) -> Job:
    """The job once it has ended, or once `until` says so."""
    end = time.monotonic() + seconds
    while True:
        job: Job = site.get(f"/api/v1/jobs/{job_id}").json()
        if (until or has_ended)(job):
            return job
        assert not has_ended(job), f"It went past what was waited for: {job}"
        assert time.monotonic() < end, job
        time.sleep(0.05)


def has_ended(job: Job) -> bool:
    return job["state"] in ("done", "cancelled")


def reports(job: Job) -> list[str]:
    return [file["report"]["status"] for file in job["files"]]


def names(site: httpx.Client) -> list[str]:
    """File names of the library's documents."""
    return sorted(row["file_name"] for row in site.get("/api/v1/documents").json()["documents"])
