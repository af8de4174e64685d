"""The files that put the service on a server: what they name exists, and they are as strict as they say."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.cli import COMMANDS
from api.settings import Settings
from api.settings_page import variable

ROOT = Path(__file__).resolve().parents[2]
CONTAINERFILE = (ROOT / "Containerfile").read_text("utf-8")
UNIT = ROOT / "deploy" / "assistant.service"
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SETTINGS = {variable(name) for name in Settings.model_fields}


def instructions(name: str) -> list[str]:
    joined = re.sub(r"\\\n", " ", "\n".join(line for line in CONTAINERFILE.splitlines() if not line.startswith("#")))
    return [line.split(" ", 1)[1].strip() for line in joined.splitlines() if line.startswith(f"{name} ")]


def test_the_image_is_made_of_what_is_here() -> None:
    copied = [word for line in instructions("COPY") if "--from" not in line for word in line.split()[:-1]]
    assert not [name for name in copied if not (ROOT / name).exists()]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = {name.rstrip("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]}
    assert packages <= set(copied)


def test_the_image_runs_as_nobody_in_particular_and_downloads_nothing() -> None:
    assert instructions("USER")[-1].split(":")[0].isdigit()
    assert instructions("USER")[-1] != "0:0"
    assert not re.search(r"https?://(?!127\.0\.0\.1)", CONTAINERFILE)
    assert not instructions("ADD")
    assert len(instructions("FROM")) == 2
    assert all("/" not in image.split()[0] for image in instructions("FROM"))
    assert instructions("HEALTHCHECK")


def test_the_step_that_lists_the_dependencies_lists_them(tmp_path: Path) -> None:
    """The RUN step itself, in a plain folder with what was copied there before it."""
    (step,) = re.findall(r'python -c ("import tomllib.*?") > wanted.txt', instructions("RUN")[0])
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shell = ["sh", "-c", f"'{sys.executable}' -c {step} > wanted.txt"]
    subprocess.run(shell, cwd=tmp_path, check=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    servers = project["optional-dependencies"]["servers"]
    assert (tmp_path / "wanted.txt").read_text().split() == [*project["dependencies"], *servers]


def test_compose_names_services_networks_and_volumes_that_are_there() -> None:
    services = COMPOSE["services"]
    for service in services.values():
        assert set(service["depends_on"]) <= services.keys() if "depends_on" in service else True
        assert set(service["networks"]) <= COMPOSE["networks"].keys()
        assert {volume.split(":")[0] for volume in service["volumes"]} <= COMPOSE["volumes"].keys()
        assert "." not in service["image"].split("/")[0] or "/" not in service["image"]  # no registry's host
    assert all(port.startswith("127.0.0.1:") for port in services["assistant"]["ports"])
    assert [name for name, service in services.items() if "ports" in service] == ["assistant"]


def test_compose_sets_only_settings_that_there_are() -> None:
    for name in ("assistant", "worker"):
        service = COMPOSE["services"][name]
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert {key for key in service["environment"] if key.startswith("ASSISTANT_")} <= SETTINGS
        assert service.get("command", ["serve"])[0] in COMMANDS


def test_secrets_come_from_outside() -> None:
    for service in COMPOSE["services"].values():
        for key, value in service.get("environment", {}).items():
            if re.search(r"KEY|PASSWORD", key):
                assert str(value).startswith("${")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_reads_the_unit_and_finds_it_hardened(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text("utf-8").replace("/opt/assistant/bin/assistant", sys.executable))
    read = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True)
    assert (read.returncode, read.stdout + read.stderr) == (0, "")
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", str(unit)], capture_output=True, text=True, check=True
    )
    (exposure,) = re.findall(r"Overall exposure level for \S+: ([\d.]+)", judged.stdout)
    assert float(exposure) <= 2.0


def test_what_the_unit_sets_are_settings_that_there_are() -> None:
    assert set(re.findall(r"\b(ASSISTANT_[A-Z_]+)=", UNIT.read_text("utf-8"))) <= SETTINGS
