"""The commands of the library, as a person and as a program call them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from tests.ingest.pdfs import encrypted, make_pdf, report

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    def run_it(data_dir: Path, *arguments: str | Path) -> Result:
        monkeypatch.setenv("ASSISTANT_DATA_DIR", str(data_dir))
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return run_it


def _rows(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_add_tells_of_every_file_as_json(run: Run, tmp_path: Path) -> None:
    files = {
        "a.pdf": make_pdf([["The first page has words enough to be read."], []]),
        "b.pdf": encrypted(),
        "c.pdf": b"<!doctype html><title>Sign in</title><p>A web page, whatever its name says.",
        "d.pdf": make_pdf([]),
        "e.pdf": make_pdf([[]]),
    }
    (tmp_path / "in").mkdir()
    for name, data in files.items():
        (tmp_path / "in" / name).write_bytes(data)
    result = run(tmp_path / "library", "add", "--json", tmp_path / "in")
    assert result.exit_code == 1
    rows = _rows(result)
    assert [Path(str(row["file"])).name for row in rows] == list(files)
    assert [row["status"] for row in rows] == ["added", "failed", "added", "failed", "added"]
    assert set(rows[0]) == {"file", "status", "reason", "document_id", "pages", "pages_without_text"}
    assert (rows[0]["pages"], rows[0]["pages_without_text"], rows[0]["reason"]) == (2, [2], None)
    assert "password" in str(rows[1]["reason"])
    assert "no pages" in str(rows[3]["reason"])
    assert rows[4]["reason"] == "No page of it has text that can be searched (1 page: empty picture)."


def test_add_tells_a_person_what_failed_and_why(run: Run, data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "night duty.pdf").write_bytes(report("night duty"))
    result = run(data_dir, "add", tmp_path / "night duty.pdf", tmp_path / "missing.pdf")
    assert result.exit_code == 1
    assert "unchanged" in result.stdout
    assert "There is no file or folder" in result.stdout
    assert run(data_dir, "add", tmp_path / "night duty.pdf").exit_code == 0


def test_documents_lists_what_is_there(run: Run, data_dir: Path, tmp_path: Path) -> None:
    rows = _rows(run(data_dir, "documents", "--json"))
    assert [row["file_name"] for row in rows] == ["kinship care.pdf", "night duty.pdf"]
    table = run(data_dir, "documents").stdout
    assert all(str(row["id"]) in table and str(row["file_name"]) in table for row in rows)
    empty = run(tmp_path / "nothing", "documents")
    assert (empty.exit_code, run(tmp_path / "nothing", "documents", "--json").stdout) == (0, "")
    assert "empty" in empty.stdout
    assert not (tmp_path / "nothing").exists()


def test_remove_takes_ids_and_refuses_unknown_ones_before_it_begins(run: Run, data_dir: Path) -> None:
    first, second = (str(row["id"]) for row in _rows(run(data_dir, "documents", "--json")))
    refused = run(data_dir, "remove", first, "0000")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "no document with the id “0000”" in refused.stderr
    assert run(data_dir, "remove", first).exit_code == 0
    assert [row["id"] for row in _rows(run(data_dir, "documents", "--json"))] == [second]


def test_doctor_and_rebuild(run: Run, data_dir: Path) -> None:
    assert (run(data_dir, "doctor").exit_code, run(data_dir, "doctor", "--json").stdout) == (0, "")
    (data_dir / "chroma" / "chroma.sqlite3").unlink()
    sick = run(data_dir, "doctor", "--json")
    assert sick.exit_code == 1
    (row,) = _rows(sick)
    assert (row["severity"], "assistant rebuild" in str(row["mend"])) == ("error", True)
    assert run(data_dir, "rebuild").exit_code == 0
    assert "sound" in run(data_dir, "doctor").stdout


def test_a_missing_model_is_one_sentence(run: Run, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDING_MODEL", "no/such-model")
    result = run(data_dir, "rebuild")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no embedding model “no/such-model”" in result.stderr
    assert run(data_dir, "documents").exit_code == 0


def test_a_setting_that_cannot_be_is_named(run: Run, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_MAX_PAGES", "none")
    result = run(data_dir, "documents")
    assert result.exit_code == 1
    assert "ASSISTANT_MAX_PAGES" in result.stderr
    assert "Traceback" not in result.stderr


def test_documents_starts_without_torch_or_chroma(data_dir: Path) -> None:
    program = "import sys; from api.cli import app; app(['documents'], standalone_mode=False);"
    program += "print(sorted({'torch', 'chromadb', 'transformers'} & set(sys.modules)))"
    environment = os.environ | {"ASSISTANT_DATA_DIR": str(data_dir)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
