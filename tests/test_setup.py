"""`make setup` on machines that lack something, its promise to do nothing twice, and the settings it names.

No package is installed here.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from api.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
FILES = ("Makefile", "pyproject.toml", "constraints.txt", "scripts/setup")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder, with a space in its path, that has what the set-up needs and no environment."""
    folder = tmp_path / "a checkout"
    (folder / "scripts").mkdir(parents=True)
    for name in FILES:
        shutil.copy2(ROOT / name, folder / name)
    return folder


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of programs with no Python among them, to be all that the set-up finds."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in ("sh", "cat", "rm"):
        (folder / name).symlink_to(str(shutil.which(name)))
    return folder


def _program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


def _setup(checkout: Path, machine: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(shutil.which("sh")), "scripts/setup", ".venv"],
        cwd=checkout,
        env={"PATH": str(machine), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def _dry_run(checkout: Path, target: str) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    done = subprocess.run(
        ["make", "-n", target], cwd=checkout, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


def _set_up(checkout: Path) -> None:
    """Leaves what a finished set-up leaves."""
    programs = checkout / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to(sys.executable)
    _program(programs / "assistant", "exit 0")
    (checkout / ".venv" / "made-for").write_text(f"{checkout.resolve()}\n", "utf-8")


def test_no_python_gets_a_sentence(checkout: Path, machine: Path) -> None:
    done = _setup(checkout, machine)
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr
    assert not (checkout / ".venv").exists()


def test_an_old_python_is_passed_over(checkout: Path, machine: Path) -> None:
    _program(machine / "python3", "exit 1")
    assert "Python 3.11 or newer is needed" in _setup(checkout, machine).stderr


def test_a_chosen_python_is_the_only_one_tried(checkout: Path, machine: Path) -> None:
    (machine / "python3").symlink_to(sys.executable)
    done = _setup(checkout, machine, ASSISTANT_PYTHON="/no/such/python")
    assert done.returncode == 1
    assert "tried: /no/such/python" in done.stderr


def test_a_missing_venv_module_gets_a_sentence(checkout: Path, machine: Path) -> None:
    _program(machine / "python3", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    done = _setup(checkout, machine)
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr


def test_a_finished_set_up_is_not_repeated(checkout: Path) -> None:
    _set_up(checkout)
    assert "scripts/setup" not in _dry_run(checkout, "run")


@pytest.mark.parametrize("changed", FILES[1:])
def test_a_changed_requirement_sets_up_again(checkout: Path, changed: str) -> None:
    _set_up(checkout)
    later = (checkout / ".venv" / "made-for").stat().st_mtime + 10
    os.utime(checkout / changed, (later, later))
    assert "scripts/setup" in _dry_run(checkout, "run")


def test_a_moved_checkout_is_set_up_again(checkout: Path) -> None:
    _set_up(checkout)
    moved = checkout.rename(checkout.with_name("moved"))
    assert "scripts/setup" in _dry_run(moved, "run")


def test_a_lost_python_is_set_up_again(checkout: Path) -> None:
    _set_up(checkout)
    (checkout / ".venv" / "bin" / "python").unlink()
    assert "scripts/setup" in _dry_run(checkout, "test")


def test_the_settings_example_names_every_setting_and_its_default() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    shown = dict(re.findall(r"^#ASSISTANT_(\w+)=(.*)$", text, re.MULTILINE))
    fields = {name.upper(): field.default for name, field in Settings.model_fields.items()}
    assert fields.keys() == shown.keys()
    assert not {name: shown[name] for name, default in fields.items() if default and str(default) != shown[name]}
