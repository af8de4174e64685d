"""Proof that neither an ingest nor a question needs another machine."""

import os
import subprocess
import sys
from pathlib import Path

from ingest.programme import CORPUS

ROOT = Path(__file__).resolve().parents[2]


def run(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    # Python imports `sitecustomize` wherever it starts, so the processes that read PDFs are watched too.
    watch = home / "watch" / "sitecustomize.py"
    watch.parent.mkdir()
    watch.write_text("import sys\nimport tests.api.watch\nsys.addaudithook(tests.api.watch.refuse_the_outside)\n")
    path = f"{watch.parent}{os.pathsep}{ROOT}"
    environment = {"PATH": "", "PYTHONPATH": path, "HOME": str(home), "USERPROFILE": str(home)}
    command = [sys.executable, "-m", "tests.api.offline", *arguments]
    return subprocess.run(command, env=environment, cwd=home, capture_output=True, text=True, timeout=240)


def test_an_ingest_and_a_question_reach_no_other_machine(tmp_path: Path) -> None:
    done = run(tmp_path, str(tmp_path / "library"), str(CORPUS / "digest-issue-2.pdf"))
    assert done.returncode == 0, done.stdout + done.stderr
    status, answered, passages = done.stdout.split()
    assert status == "added"
    assert answered in ("answered", "no_evidence")
    assert int(passages) > 0


def test_the_proof_would_notice(tmp_path: Path) -> None:
    done = run(tmp_path, "--reach-out")
    assert done.returncode == 77
    assert "192.0.2.1" in done.stdout
