"""Uploads, the list of documents, and everything a bad file may try."""

import io
import time
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.api.conftest import problem
from tests.ingest.pdfs import build, encrypted, make_pdf

LINES = (
    "The Harbour project began in Seahaven in March 2023.",
    "It brought 14 children home in its first year, and 9 in its second.",
    "A family group conference was held within ten working days.",
)
HARBOUR = make_pdf([LINES, LINES[:1]], "Report on the Harbour project")


def upload(site: httpx.Client, *files: tuple[str, bytes]) -> dict[str, Any]:
    """The finished job."""
    parts = [("files", (name, data, "application/pdf")) for name, data in files]
    response = site.post("/api/v1/documents", files=parts)
    assert response.status_code == 202, response.text
    for _ in range(600):
        job: dict[str, Any] = site.get(f"/api/v1/jobs/{response.json()['job_id']}").json()
        if job["state"] == "done":
            return job
        time.sleep(0.1)
    raise AssertionError(job)


def png() -> bytes:
    out = io.BytesIO()
    Image.new("L", (60, 40), "white").save(out, "PNG")
    return out.getvalue()


def listed(site: httpx.Client) -> dict[str, Any]:
    rows = site.get("/api/v1/documents").json()["documents"]
    return {row["id"]: row for row in rows}


@pytest.fixture(scope="module")
def harbour(own_site: httpx.Client) -> str:
    """The id of a small document in the library."""
    (file,) = upload(own_site, ("../../etc/harbour report.pdf", HARBOUR))["files"]
    assert file["report"]["status"] == "added", file
    return str(file["report"]["document_id"])


def test_an_upload_is_read_and_answers(own_site: httpx.Client, harbour: str) -> None:
    answer = own_site.post(
        "/api/v1/ask", json={"question": "Within how many days was a family group conference held?"}
    ).json()
    assert answer["status"] == "answered"
    assert "ten working days" in answer["answer"]
    assert answer["citations"][0]["document_id"] == harbour


def test_a_path_in_a_name_is_not_followed(own_site: httpx.Client, harbour: str) -> None:
    record = listed(own_site)[harbour]
    assert record["file_name"] == "harbour report.pdf"
    assert record["pages"] == 2


def test_one_document_tells_its_pages_and_health(own_site: httpx.Client, harbour: str) -> None:
    record = own_site.get(f"/api/v1/documents/{harbour}").json()
    assert record["health"] == {"read": 2}
    assert record["pages_without_text"] == []
    assert "articles" in record
    assert [(row["page"], row["health"], row["detail"]) for row in record["page_health"]] == [
        (1, "read", None),
        (2, "read", None),
    ]
    assert [(row["id"], row["state"], row["pages"]) for row in record["versions"]] == [(harbour, "current", 2)]


def test_the_same_bytes_again_change_nothing(own_site: httpx.Client, harbour: str) -> None:
    before = listed(own_site)
    (file,) = upload(own_site, ("harbour report.pdf", HARBOUR))["files"]
    assert file["report"]["status"] == "unchanged"
    assert listed(own_site) == before


def test_bad_files_fail_with_reasons_and_the_good_one_is_added(own_site: httpx.Client, harbour: str) -> None:
    good = make_pdf([["The Lantern group met in Northwick on 4 May 2022 and agreed five rules for meetings."]])
    job = upload(
        own_site,
        ("empty.pdf", b""),
        ("truncated.pdf", HARBOUR[:300]),
        ("locked.pdf", encrypted()),
        ("picture.pdf", png()),
        ("none.pdf", build([])),
        ("scan.pdf", make_pdf([[]])),
        ("large.pdf", b"%PDF-1.7\n" + b"0" * 1_100_000),
        ("good.pdf", good),
    )
    reports = {file["file"]: file["report"] for file in job["files"]}
    failed = {name: report["reason"] for name, report in reports.items() if report["status"] == "failed"}
    assert set(failed) == {*reports} - {"good.pdf", "scan.pdf"}, reports
    assert all(reason.endswith(".") and len(reason) > 20 for reason in failed.values()), failed
    assert "1 MB" in failed["large.pdf"]
    assert "password" in failed["locked.pdf"]
    assert set(listed(own_site)) == {harbour, *(reports[name]["document_id"] for name in ("good.pdf", "scan.pdf"))}
    assert own_site.get("/health").status_code == 200


def test_progress_is_told_for_each_file(own_site: httpx.Client) -> None:
    (file,) = upload(own_site, ("progress.pdf", make_pdf([[f"Sheet {n} of the progress report."] for n in range(5)])))[
        "files"
    ]
    assert file["state"] == "done"
    assert file["page"] == file["pages"] == 5
    own_site.delete(f"/api/v1/documents/{file['report']['document_id']}")


def test_a_deleted_document_is_gone(own_site: httpx.Client) -> None:
    (file,) = upload(own_site, ("passing.pdf", make_pdf([["A short note about passing things, and little else."]])))[
        "files"
    ]
    path = f"/api/v1/documents/{file['report']['document_id']}"
    assert own_site.delete(path).status_code == 204
    for gone in (path, f"{path}/file", f"{path}/pages/1", f"{path}/pages/1.png"):
        assert "passing.pdf" in problem(own_site.get(gone), 410)
    problem(own_site.delete(path), 410)
    assert "passing.pdf" not in {row["file_name"] for row in listed(own_site).values()}
    kept = own_site.get("/api/v1/documents", params={"state": "all"}).json()["documents"]
    (tombstone,) = (row for row in kept if row["file_name"] == "passing.pdf")
    assert tombstone["state"] == "removed"
    assert tombstone["state_at"] >= tombstone["added_at"]


def test_uploads_without_files_are_problems(own_site: httpx.Client) -> None:
    problem(own_site.post("/api/v1/documents", data={"a": "b"}), 422)
    problem(own_site.post("/api/v1/documents", files={"files": ("", b"")}), 422)


def test_an_upload_beyond_the_limit_is_refused(own_site: httpx.Client) -> None:
    parts = [("files", (f"{n}.pdf", b"0" * 900_000)) for n in range(5)]
    problem(own_site.post("/api/v1/documents", files=parts), 413)


def test_unknown_jobs_and_documents_are_problems(own_site: httpx.Client) -> None:
    problem(own_site.get("/api/v1/jobs/nothing"), 404)
    problem(own_site.get("/api/v1/documents/nothing"), 404)
    problem(own_site.get("/documents/nothing"), 404)
    problem(own_site.get("/api/v1/documents/..%2f..%2fetc%2fpasswd/file"), 404)


def test_the_file_comes_back_byte_for_byte(own_site: httpx.Client, harbour: str) -> None:
    response = own_site.get(f"/api/v1/documents/{harbour}/file")
    assert response.content == HARBOUR
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-disposition"].startswith("inline")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_a_file_is_what_its_bytes_say_and_a_web_page_never_opens_here(own_site: httpx.Client) -> None:
    page = b"<!doctype html><html><head><title>Visits</title></head><body><p>Hello.</p><script>alert(1)</script></body>"
    (file,) = upload(own_site, ("page.pdf", page))["files"]
    document = file["report"]["document_id"]
    assert own_site.get(f"/api/v1/documents/{document}").json()["format"] == "html"
    response = own_site.get(f"/api/v1/documents/{document}/file")
    assert response.content == page
    assert response.headers["content-type"].startswith("text/html")
    assert response.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    picture = own_site.get(f"/api/v1/documents/{document}/pages/1.png")
    assert picture.headers["content-type"] == "image/png"
    own_site.delete(f"/api/v1/documents/{document}")
