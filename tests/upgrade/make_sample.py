"""Makes a small library with the program of an earlier commit: python -m tests.upgrade.make_sample CHECKOUT OUT.tar.gz

CHECKOUT is that commit's tree (`git archive COMMIT | tar -x -C CHECKOUT`). Its own commands and its own service fill
the library, so that a sample holds what that version really wrote; Chroma's vectors are derived, and left out.
"""

import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.ingest.pdfs import report
from tests.serving import free_port

QUESTIONS = ("What is page 2 about?", "What do the social workers plan together?")


def main(checkout: Path, out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        data = home / "library"
        for name, subject in (("night duty.pdf", "night duty"), ("kinship.pdf", "kinship care")):
            (home / name).write_bytes(report(subject, 2, f"A report on {subject}"))
            _command(checkout, data, "add", str(home / name))
        with _service(checkout, data) as site:
            _use(site)
        (home / "night duty.pdf").write_bytes(report("weekend duty", 2, "A report on weekend duty"))
        _command(checkout, data, "add", str(home / "night duty.pdf"))
        _pack(data, out)


def _use(site: httpx.Client) -> None:
    """A conversation of two turns, and what else this version lets people keep."""
    talk: str | None = None
    for question in QUESTIONS:
        answer = (
            site.post("/api/v1/ask", json={"question": question, "conversation_id": talk}).raise_for_status().json()
        )
        talk = answer["conversation_id"]
    rated = site.put(
        f"/api/v1/conversations/{talk}/messages/{answer['message_id']}/feedback",
        json={"rating": "down", "reasons": [], "words": "Too short for me."},
    )
    site.patch(f"/api/v1/conversations/{talk}", json={"title": "Planning visits"})
    site.post("/api/v1/boards/default/items", json={"heading": "For the briefing"})
    cited = answer["citations"][0]
    place = {name: cited[name] for name in ("document_id", "page", "start", "end")}
    kept = site.post("/api/v1/boards/default/items", json=place)
    print("feedback", rated.status_code, "board", kept.status_code)


def _command(checkout: Path, data: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "api.cli", *arguments], cwd=checkout, env=_environment(checkout, data), check=True
    )


def _environment(checkout: Path, data: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    return own | {"PYTHONPATH": str(checkout), "ASSISTANT_DATA_DIR": str(data)}


@contextmanager
def _service(checkout: Path, data: Path) -> Iterator[httpx.Client]:
    port = free_port()
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=checkout, env=_environment(checkout, data))
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as site:
            while not _is_ready(site):
                assert process.poll() is None, "the service ended"
                time.sleep(0.2)
            yield site
            time.sleep(5)  # what it derives in the background is kept too
    finally:
        process.terminate()
        process.wait(60)


def _is_ready(site: httpx.Client) -> bool:
    try:
        return site.get("/ready").status_code == 200
    except httpx.TransportError:
        return False


def _pack(data: Path, out: Path) -> None:
    with tarfile.open(out, "w:gz") as packed:
        for path in sorted(data.rglob("*")):
            name = path.relative_to(data)
            if path.is_file() and name.parts[0] != "chroma" and not name.name.startswith("."):
                packed.add(path, str(name))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
