"""Jobs: many files at once, how far they are, cancelling them, and what is refused at the door."""

import resource
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

import api.jobs
from api.app import create_app
from api.settings import Settings
from tests.api.conftest import problem
from tests.api.jobs import follow, has_ended, names, reports, send
from tests.ingest.pdfs import report
from tests.servers import Servers
from tests.serving import serving

LONG = report("a very long journey", 400)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def site(data_dir: Path, place: Servers | None) -> Iterator[httpx.Client]:
    given = {} if place is None else place.settings()
    settings = Settings.model_validate({"data_dir": data_dir, "max_file_mb": 1, "max_upload_mb": 4, **given})
    with serving(create_app(settings)) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


def left_in(data_dir: Path) -> list[str]:
    """What lies among the uploads, but for the worker's lock."""
    return sorted(file.name for file in (data_dir / "uploads").iterdir() if file.name != ".lock")


def test_a_job_tells_of_every_file(site: httpx.Client, data_dir: Path) -> None:
    files = [
        ("a.pdf", report("harbours")),
        ("b.pdf", b""),
        ("large.pdf", b"0" * 1_100_000),
        ("c.pdf", report("long roads", 30)),
    ]
    job_id = send(site, *files)
    running = follow(site, job_id, lambda job: job["files"][3]["state"] == "running")
    assert running["files"][2]["report"]["status"] == "failed"
    assert (running["state"], running["ended_at"]) == ("running", None)
    done = follow(site, job_id)
    assert reports(done) == ["added", "failed", "failed", "added"]
    assert [file["number"] for file in done["files"]] == [1, 2, 3, 4]
    assert [file["pages"] for file in done["files"]] == [2, 0, 0, 30]
    assert "1 MB" in done["files"][2]["report"]["reason"]
    assert (done["progress"], done["seconds_left"]) == (1, 0)
    assert (done["counts"]["files"], done["counts"]["added"], done["counts"]["failed"]) == (4, 2, 2)
    assert left_in(data_dir) == []


def test_progress_never_falls_and_the_time_left_ends_at_nought(site: httpx.Client) -> None:
    job_id = send(site, *((f"{n}.pdf", report(f"subject {n}", 10)) for n in range(8)))
    told: list[tuple[float, float, float | None]] = []

    def is_over(job: dict[str, object]) -> bool:
        told.append((time.monotonic(), float(str(job["progress"])), job["seconds_left"]))  # type: ignore[arg-type]
        return has_ended(job)

    follow(site, job_id, is_over)
    shares = [share for _, share, _ in told]
    assert shares == sorted(shares)
    assert len(set(shares)) > 8
    seconds = [left for _, _, left in told if left is not None]
    assert all(left >= 0 for left in seconds)
    assert seconds[-1] == 0


def test_jobs_are_listed_newest_first(site: httpx.Client) -> None:
    ids = [send(site, (f"{n}.pdf", report(f"subject {n}"))) for n in range(3)]
    for job_id in ids:
        follow(site, job_id)
    listed = site.get("/api/v1/jobs").json()["jobs"]
    assert [job["job_id"] for job in listed] == ids[::-1]
    assert all(job["counts"]["added"] == 1 and "files" not in job for job in listed)


def test_old_jobs_are_forgotten(site: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.worker.KEPT_JOBS", 2)
    ids = [send(site, ("same.pdf", b"")) for _ in range(4)]
    follow(site, ids[-1])
    time.sleep(0.2)
    assert [job["job_id"] for job in site.get("/api/v1/jobs").json()["jobs"]] == ids[:1:-1]
    problem(site.get(f"/api/v1/jobs/{ids[0]}"), 404)


@pytest.mark.parametrize("stage", ["reading", "embedding"])
def test_the_file_in_hand_stops_within_a_second(site: httpx.Client, stage: str) -> None:
    job_id = send(site, ("long.pdf", LONG), ("next.pdf", report("the next file")))
    follow(site, job_id, lambda job: job["files"][0]["stage"] == stage and job["files"][0]["done"] > 0)
    began = time.monotonic()
    response = site.delete(f"/api/v1/jobs/{job_id}")
    assert response.status_code == 200
    assert response.json()["files"][1]["state"] == "cancelled"
    job = follow(site, job_id)
    assert time.monotonic() - began < 5  # well under a second where nothing else runs
    assert job["state"] == "cancelled"
    assert [file["state"] for file in job["files"]] == ["cancelled", "cancelled"]
    assert all("the library is as it was" in file["report"]["reason"] for file in job["files"])
    assert job["counts"]["cancelled"] == 2
    assert names(site) == []
    again = site.delete(f"/api/v1/jobs/{job_id}").json()
    assert again == job


def test_one_file_is_cancelled_and_the_others_are_added(site: httpx.Client) -> None:
    job_id = send(site, ("long.pdf", LONG), ("b.pdf", report("bees")), ("c.pdf", report("cows")))
    follow(site, job_id, lambda job: job["files"][0]["stage"] is not None)
    for number in (1, 2):
        assert site.delete(f"/api/v1/jobs/{job_id}/files/{number}").status_code == 200
    job = follow(site, job_id)
    assert [file["state"] for file in job["files"]] == ["cancelled", "cancelled", "done"]
    assert job["state"] == "done"
    assert names(site) == ["c.pdf"]
    problem(site.delete(f"/api/v1/jobs/{job_id}/files/4"), 404)
    problem(site.delete("/api/v1/jobs/nothing"), 404)
    problem(site.delete("/api/v1/jobs/nothing/files/1"), 404)


def test_a_job_that_waits_is_cancelled_at_once(site: httpx.Client, data_dir: Path) -> None:
    first = send(site, ("long.pdf", LONG))
    second = send(site, ("b.pdf", report("bees")))
    assert site.delete(f"/api/v1/jobs/{second}").json()["state"] == "cancelled"
    assert not (data_dir / "uploads" / second).exists()
    site.delete(f"/api/v1/jobs/{first}")
    follow(site, first)
    assert names(site) == []


def test_the_same_file_from_many_at_once_is_one_document(site: httpx.Client) -> None:
    same, other = report("one and the same"), [report(f"version {n}") for n in range(4)]
    gate = threading.Barrier(8)

    def upload(n: int) -> list[str]:
        gate.wait()
        name, data = ("same.pdf", same) if n % 2 else ("named alike.pdf", other[n // 2])
        return reports(follow(site, send(site, (name, data))))

    with ThreadPoolExecutor(8) as pool:
        became = [status for (status,) in pool.map(upload, range(8))]
    assert sorted(became[1::2]) == ["added", "unchanged", "unchanged", "unchanged"]
    assert sorted(became[::2]) == ["added", "replaced", "replaced", "replaced"]
    assert names(site) == ["named alike.pdf", "same.pdf"]


def test_a_full_queue_takes_no_more(
    site: httpx.Client, monkeypatch: pytest.MonkeyPatch, data_dir: Path, place: Servers | None
) -> None:
    monkeypatch.setattr(api.jobs, "MAX_WAITING", 3)
    job_id = send(site, ("long.pdf", LONG), ("b.pdf", b""))
    two = [("files", (name, b"")) for name in ("c.pdf", "d.pdf")]
    assert "waiting" in problem(site.post("/api/v1/documents", files=two), 429)
    send(site, ("c.pdf", b""))
    assert problem(site.post("/api/v1/documents", files=two[:1]), 429)
    if place is None:  # else they stand in the database
        assert len(left_in(data_dir)) == 2
    site.delete(f"/api/v1/jobs/{job_id}")
    follow(site, job_id)


def test_a_full_disk_is_told_and_nothing_is_left(site: httpx.Client, data_dir: Path) -> None:
    """A limit on the size of files fails a write in the same way; it binds this process only."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, before[1]))
    try:
        two = [("files", ("small.pdf", report("boats"))), ("files", ("large.pdf", b"0" * 900_000))]
        assert "disk" in problem(site.post("/api/v1/documents", files=two), 507)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert left_in(data_dir) == []
    assert site.get("/api/v1/jobs").json() == {"jobs": []}
    assert reports(follow(site, send(site, ("small.pdf", report("boats"))))) == ["added"]


def test_a_broken_upload_is_a_problem_and_leaves_nothing(site: httpx.Client, data_dir: Path) -> None:
    kind = {"content-type": "multipart/form-data; boundary=cut"}
    head = b'--cut\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
    for body in (head + b"%PDF-1.4 and then no", b"--other\r\n\r\nnothing\r\n"):
        problem(site.post("/api/v1/documents", content=body, headers=kind), 400)
    problem(site.post("/api/v1/documents", content=b"a=b"), 422)
    problem(site.post("/api/v1/documents", content=b"--cut--\r\n", headers=kind), 422)
    many = [("files", (f"{n}.pdf", b"x")) for n in range(501)]
    problem(site.post("/api/v1/documents", files=many), 413)
    assert left_in(data_dir) == []
