"""The interface's description: complete, and good enough to make a client of that type-checks and works."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.serving import ROOT

# It asks for older releases than ours of a command-line library that it needs for its own command only, so it cannot
# stand among our dependencies: it is installed beside them, without its own.
GENERATOR = ("openapi-python-client==0.29.1", "ruamel.yaml==0.19.1")
CONFIG = """\
content_type_overrides:
  image/png: application/octet-stream
  application/pdf: application/octet-stream
  application/vnd.openxmlformats-officedocument.wordprocessingml.document: application/octet-stream
"""
USE = """\
import sys

from assistant_client import AuthenticatedClient
from assistant_client.api.documents import list_documents
from assistant_client.api.questions import ask
from assistant_client.models import AnswerOut, AskIn, DocumentsOut, ProblemOut

with AuthenticatedClient(base_url=sys.argv[1], token="none", raise_on_unexpected_status=True) as client:
    answer = ask.sync(client=client, body=AskIn(question="What are the four provocations of No Wrong Door?"))
    assert isinstance(answer, AnswerOut)
    print(answer.citations[0].quote, answer.citations[0].page)
    documents = list_documents.sync(client=client)
    assert isinstance(documents, DocumentsOut)
    print(len(documents.documents))
    refused = ask.sync(client=client, body=AskIn(question="why " * 600))
    assert isinstance(refused, ProblemOut)
    print(refused.title)
"""


@pytest.fixture(scope="module")
def described(site: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = site.get("/api/v1/openapi.json").json()
    return found


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, ways in described["paths"].items():
        yield from ((f"{way.upper()} {path}", operation) for way, operation in ways.items())


def test_names_are_short_and_each_its_own(described: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, operation in operations(described)]
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)
    assert not [name for name in names if "api_v1" in name or len(name) > 40]
    assert not [name for name in described["components"]["schemas"] if "__" in name]


def test_everything_is_said_in_words(described: dict[str, Any]) -> None:
    known = {tag["name"] for tag in described["tags"]}
    assert not [where for where, one in operations(described) if not one.get("description") or not one["summary"]]
    assert not [where for where, one in operations(described) if not known >= set(one["tags"]) or not one["tags"]]
    assert set(described["components"]["securitySchemes"]) >= {"bearer", "key"}


def test_every_error_is_described_as_it_comes(described: dict[str, Any]) -> None:
    for where, operation in operations(described):
        errors = {code: one for code, one in operation["responses"].items() if code >= "4"}
        kind = "application/json" if " /v1/" in where else "application/problem+json"
        assert {"500", "503"} <= set(errors), where
        assert all(set(one["content"]) == {kind} for one in errors.values()), where
        assert "default" not in operation["responses"]


def test_every_answer_has_a_schema(described: dict[str, Any]) -> None:
    for where, operation in operations(described):
        good = {code: one for code, one in operation["responses"].items() if code < "3"}
        assert good
        for code, one in good.items():
            content = one.get("content", {})
            assert code == "204" or content, where
            empty = [kind for kind, told in content.items() if not (told.get("schema") or told.get("itemSchema"))]
            assert not empty, (where, empty)


@pytest.fixture(scope="module")
def generator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generator")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), *GENERATOR]
    installed = subprocess.run(install, capture_output=True, text=True)
    if installed.returncode:
        pytest.skip(f"no package mirror at hand for {GENERATOR[0]}")
    return folder


def test_a_client_made_of_it_works(described: object, site: httpx.Client, generator: Path, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(CONFIG)
    (tmp_path / "use.py").write_text(USE)
    (tmp_path / "description.json").write_bytes(site.get("/api/v1/openapi.json").content)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"  # ruff tidies what is made

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, "PATH": path, "PYTHONPATH": str(generator)}
        return subprocess.run(
            [sys.executable, *arguments], env=environment, cwd=tmp_path, capture_output=True, text=True
        )

    options = ("--path", "description.json", "--output-path", "assistant_client", "--meta", "none")
    made = run("-m", "openapi_python_client", "generate", *options, "--config", "config.yaml", "--fail-on-warning")
    assert made.returncode == 0, made.stdout + made.stderr
    used = run("use.py", str(site.base_url).rstrip("/"))
    assert used.returncode == 0, used.stderr
    assert used.stdout.splitlines()[-2:] == ["3", "Write a question of 1 to 2,000 characters."]
    typed = run("-m", "mypy", "--strict", "--config-file", os.devnull, "use.py")
    # What the generator itself writes into each client's client.py is not wholly typed
    wrong = [line for line in typed.stdout.splitlines() if ": error:" in line and "client.py" not in line]
    assert not wrong, typed.stdout


def test_the_page_for_programmers_names_what_there_is(described: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "programs.md").read_text("utf-8")
    for path in ("/v1/chat/completions", "/v1/models", "/api/v1/ask", "/api/v1/chat"):
        assert path in page
        assert path in described["paths"]
    for words in ("assistant mcp", "/mcp", "/embed.js", "ASSISTANT_EMBED_ORIGINS", CONFIG.splitlines()[1].strip()):
        assert words in page
