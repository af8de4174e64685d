"""`assistant evals NAME`: every check has a command line of its own, and none is lost on the way to it."""

import pytest
from typer.testing import CliRunner

from api.cli import CHECKS, app


@pytest.mark.parametrize(("name", "module"), CHECKS.items())
def test_a_check_tells_what_it_does(name: str, module: str) -> None:
    result = CliRunner().invoke(app, ["evals", name, "--help"])
    assert result.exit_code == 0
    assert result.stdout.startswith((f"usage: python -m evals.{module}", f"usage: assistant evals {name}"))


def test_without_a_name_the_golden_questions_are_asked() -> None:
    result = CliRunner().invoke(app, ["evals", "--help"])
    assert "golden questions" in result.stdout
