"""`assistant evals` as a person types it: what it refuses, with a sentence, before it spends a minute."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app


def invoke(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["evals", *arguments])
    return result.exit_code, " ".join(result.output.replace("│", " ").split())


def test_the_journals_have_to_be_named() -> None:
    code, said = invoke("--set", "journals")
    assert code == 2
    assert "--journals FOLDER" in said


def test_a_folder_without_the_journals_is_named(tmp_path: Path) -> None:
    code, said = invoke("--set", "journals", "--journals", str(tmp_path))
    assert code == 1
    assert "does not hold" in said
    assert "corpus/README.md" in said


@pytest.mark.parametrize("option", ["--check", "--update-baseline"])
def test_the_baseline_is_of_whole_sets(option: str) -> None:
    code, said = invoke("--split", "tune", option)
    assert code == 2
    assert "whole sets" in said
