"""Uploads at random: no 5xx, nothing crashes, every file is accounted for and none is left lying about."""

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from api.app import create_app
from api.settings import Settings
from tests.api.conftest import problem
from tests.api.jobs import follow, has_ended
from tests.serving import serving
from tests.uploads import BOUNDARY, TYPES, body, hostile_files

PATH = "/api/v1/documents"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("uploading")


@pytest.fixture(scope="module")
def fuzzed(folder: Path) -> Iterator[httpx.Client]:
    """The real application; whatever it puts beside its library would lie in `folder`/temporary."""
    (folder / "temporary").mkdir()
    before, tempfile.tempdir = tempfile.tempdir, str(folder / "temporary")
    app = create_app(Settings(data_dir=folder / "library", max_file_mb=1, max_upload_mb=3))
    try:
        with serving(app) as url, httpx.Client(base_url=url, timeout=60) as client:
            yield client
    finally:
        tempfile.tempdir = before


def left_over(folder: Path) -> list[str]:
    """What lies outside of the library's own files; the lock of the uploads and torch's cache may."""
    places = (folder / "temporary", folder / "library" / "uploads", folder / "library" / "staging")
    found = [path for place in places if place.exists() for path in place.rglob("*")]
    return [str(path) for path in found if path.name != ".lock" and "torchinductor" not in str(path)]


def ended(client: httpx.Client) -> None:
    for job in client.get("/api/v1/jobs").json()["jobs"]:
        follow(client, job["job_id"], has_ended)


def test_bodies_that_are_hardly_multipart(fuzzed: httpx.Client, folder: Path) -> None:
    @seed(1)
    @settings(
        max_examples=150, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(content=body(), kind=TYPES)
    def send(content: bytes, kind: bytes) -> None:
        answer = fuzzed.post(PATH, content=content, headers={b"content-type": kind})
        if answer.status_code == 202:
            fuzzed.delete(f"/api/v1/jobs/{answer.json()['job_id']}")
        else:
            assert 400 <= answer.status_code < 500, (content, kind, answer.text)
            problem(answer, answer.status_code)

    send()
    ended(fuzzed)
    assert left_over(folder) == []


def test_files_that_are_not_what_they_say(fuzzed: httpx.Client, folder: Path) -> None:
    files = hostile_files(random.Random(1), rounds=1, shared=3)
    sent = fuzzed.post(PATH, files=[("files", (name, data)) for name, data in files])
    assert sent.status_code == 202, sent.text
    job = follow(fuzzed, sent.json()["job_id"], has_ended, seconds=200)
    told = {file["file"]: file["report"] for file in job["files"]}
    assert set(told) == {name for name, _ in files}
    for report in told.values():
        assert report["status"] in ("added", "replaced", "unchanged", "failed"), report
        assert report["status"] != "failed" or report["reason"].endswith(".")
    assert told["bomb.docx"]["status"] == told["nested.docx"]["status"] == "failed"
    assert left_over(folder) == []
    for record in fuzzed.get(PATH).json()["documents"]:
        assert fuzzed.get(f"{PATH}/{record['id']}/pages/1.png").status_code in (200, 404)
        assert fuzzed.get(f"{PATH}/{record['id']}/file").headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("boundary", [b"x" * 300, b"x" * 5000])
def test_a_boundary_that_is_too_long(fuzzed: httpx.Client, boundary: bytes) -> None:
    kind = {b"content-type": b"multipart/form-data; boundary=" + boundary}
    problem(fuzzed.post(PATH, content=b"--" + boundary + b"--\r\n", headers=kind), 400)


def test_many_parts_and_long_heads(fuzzed: httpx.Client, folder: Path) -> None:
    one = b'--%s\r\nContent-Disposition: form-data; name="f"; filename="%%d.txt"\r\n\r\nx\r\n' % BOUNDARY
    many = b"".join(one % n for n in range(501)) + b"--%s--\r\n" % BOUNDARY
    kind = {b"content-type": b"multipart/form-data; boundary=" + BOUNDARY}
    problem(fuzzed.post(PATH, content=many, headers=kind), 413)
    fields = b"".join(
        b'--%s\r\nContent-Disposition: form-data; name="%d"\r\n\r\nx\r\n' % (BOUNDARY, n) for n in range(20_000)
    )
    problem(fuzzed.post(PATH, content=fields + b"--%s--\r\n" % BOUNDARY, headers=kind), 422)
    long = b'--%s\r\nContent-Disposition: form-data; filename="%s"\r\n\r\nx\r\n--%s--' % (
        BOUNDARY,
        b"n" * 900_000,
        BOUNDARY,
    )
    answer = fuzzed.post(PATH, content=long, headers=kind)
    assert answer.status_code < 500
    if answer.status_code == 202:
        (file,) = follow(fuzzed, answer.json()["job_id"], has_ended)["files"]
        assert len(file["file"]) <= 200
    assert left_over(folder) == []


def test_whoever_hangs_up_leaves_nothing(
    fuzzed: httpx.Client, folder: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def half() -> Iterator[bytes]:
        yield b'--%s\r\nContent-Disposition: form-data; name="f"; filename="a.pdf"\r\n\r\n%%PDF-1.7' % BOUNDARY
        raise ConnectionAbortedError

    kind = {b"content-type": b"multipart/form-data; boundary=" + BOUNDARY}
    for _ in range(5):
        with pytest.raises(ConnectionAbortedError):
            fuzzed.post(PATH, content=half(), headers=kind)
    with httpx.Client(base_url=fuzzed.base_url) as other:
        problem(other.post(PATH, content=b"--" + BOUNDARY, headers=kind), 422)
        follow_empty(folder)
    assert "Traceback" not in capfd.readouterr().err + caplog.text


def follow_empty(folder: Path) -> None:
    """The service learns a moment later that somebody has hung up."""
    for _ in range(100):
        if not left_over(folder):
            return
        time.sleep(0.05)
    assert left_over(folder) == []
