"""Looks for requests and uploads that break the service: `python -m tests.fuzz --minutes 30`.

The real application over a library of its own in a temporary folder. Prints the seed, so that a find can be repeated.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import seed as seeded

from tests.api.jobs import follow, has_ended
from tests.serving import free_port, process_serving
from tests.uploads import TYPES, body, hostile_files

DOCUMENTS = "/api/v1/documents"


def bodies(client: httpx.Client, seed: int) -> None:
    @seeded(seed)
    @settings(max_examples=500, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(content=body(), kind=TYPES)
    def send(content: bytes, kind: bytes) -> None:
        answer = client.post(DOCUMENTS, content=content, headers={b"content-type": kind})
        assert answer.status_code < 500, (kind, content, answer.text)
        if answer.status_code == 202:
            client.delete(f"/api/v1/jobs/{answer.json()['job_id']}")

    send()


def files(client: httpx.Client, seed: int) -> None:
    made = hostile_files(random.Random(seed), rounds=2, shared=5)
    sent = client.post(DOCUMENTS, files=[("files", one) for one in made]).raise_for_status()
    job = follow(client, sent.json()["job_id"], has_ended, seconds=1200)
    assert all(file["report"] for file in job["files"]), job


def requests(url: str, seed: int, seconds: float) -> int:
    """What schemathesis finds in its three phases; 0 when that is nothing."""
    checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{url}/api/v1/openapi.json", "--checks", checks]
    limits = ["--seed", str(seed), "--max-time", str(max(10, int(seconds))), "--request-timeout", "60"]
    return subprocess.run(command + limits).returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    given_ = parser.parse_args()
    print(f"--seed {given_.seed}", flush=True)
    end, failed, port = time.monotonic() + 60 * given_.minutes, 0, free_port()
    with tempfile.TemporaryDirectory() as folder, process_serving(Path(folder) / "library", port) as process:
        url = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=url, timeout=120) as client:
            seed = given_.seed
            while time.monotonic() < end and not failed:
                bodies(client, seed)
                files(client, seed)
                failed = requests(url, seed, (end - time.monotonic()) / 2)
                assert process.poll() is None, "the service has ended"
                seed += 1
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
