"""Requests of all kinds, made out of the interface's own description: none ends in a 5xx, or in what it does not say.

`python -m tests.fuzz` looks for longer.
"""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from api.settings import Settings
from tests.ingest.pdfs import make_pdf
from tests.serving import serving

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
PAGES = (["The hub opened in May 2022. It has nine beds.", "Practitioners said that it changed much."], ["Costs"])
EXAMPLES = 6
QUIET = settings(
    max_examples=EXAMPLES,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The real application over a library of its own, with something of everything in it."""
    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("fuzzed") / "library"))
    with serving(app) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


def known_ids(client: httpx.Client) -> dict[str, list[Any]]:
    """What there is, so that not every request ends at an id that nothing has."""
    sent = client.post("/api/v1/documents", files={"files": ("hub.pdf", make_pdf(PAGES, "The hub"))}).json()
    while client.get(f"/api/v1/jobs/{sent['job_id']}").json()["state"] in ("waiting", "running"):
        time.sleep(0.1)
    (document,) = client.get("/api/v1/documents").json()["documents"]
    answer = client.post("/api/v1/ask", json={"question": "How many beds does the hub have?"}).json()
    board = client.post("/api/v1/boards", json={"name": "Board"}).json()["id"]
    item = client.post(f"/api/v1/boards/{board}/items", json={"heading": "Costs"}).json()
    programme = client.get("/api/v1/programme").json()
    return {
        "document_id": [document["id"]],
        "job_id": [sent["job_id"]],
        "conversation_id": [answer["conversation_id"]],
        "message_id": [answer["message_id"]],
        "board_id": [board],
        "item_id": [item["id"]] if "id" in item else [1],
        "entity_id": [row["id"] for part in ("models", "adopters", "innovators") for row in programme[part]][:4],
        "model": ["assistant"],
        "n": [1, 2],
    }


def test_every_operation_answers_as_it_is_described(fuzzed: httpx.Client) -> None:
    known = known_ids(fuzzed)
    schema = schemathesis.openapi.from_url(f"{fuzzed.base_url}/api/v1/openapi.json".replace("//api", "/api"))
    operations = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    failed = [told for one in sorted(operations, key=_ends_something) for told in _tried(one, known)]
    assert not failed, "\n\n".join(failed)
    assert len(operations) > 40


def _ends_something(operation: Any) -> bool:
    """What deletes comes last, and what may lock the door: until then there is something to meet."""
    path = str(operation.path)
    return bool(operation.method == "delete") or path.startswith(("/api/v1/keys", "/api/v1/people", "/api/v1/me/"))


def _tried(operation: Any, known: dict[str, list[Any]]) -> list[str]:
    """What is wrong with an operation; nothing when all is well."""
    wrong: list[str] = []
    for mode in _modes(operation):

        @seed(1)
        @QUIET
        @given(case=operation.as_strategy(generation_mode=mode), chosen=st.integers(0, 3))
        def once(case: Any, chosen: int) -> None:
            for name in case.path_parameters if chosen else ():
                if name in known:
                    case.path_parameters[name] = known[name][chosen % len(known[name])]
            case.call_and_validate(checks=CHECKS, timeout=60)

        try:
            once()
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE, operation.path  # there is no wrong way to ask for some
        except (Exception, FailureGroup) as error:
            wrong.append(f"{operation.method.upper()} {operation.path}: {error}")
    return wrong


def _modes(operation: Any) -> list[GenerationMode]:
    """Wrong requests only where something can be wrong besides an id, which may be any text."""
    if operation.body or operation.query:
        return [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
    return [GenerationMode.POSITIVE]


MESSAGES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
METHODS = st.sampled_from(["initialize", "tools/list", "tools/call", "resources/read", "prompts/get", "ping", "x"])
NAMES = st.sampled_from(["ask", "search", "open_page", "examples", "nothing"])
VERSIONS = st.sampled_from(["", "2025-06-18", "2025-11-25", "2026-07-28", "9999-01-01", "x"])


@seed(1)
@settings(QUIET, max_examples=60)
@given(method=METHODS, name=NAMES, arguments=MESSAGES, whole=MESSAGES, is_call=st.booleans(), version=VERSIONS)
def _messages(
    client: httpx.Client, method: str, name: str, arguments: Any, whole: Any, is_call: bool, version: str
) -> None:
    params = {"name": name, "arguments": arguments, "uri": arguments} if isinstance(arguments, dict) else arguments
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params} if is_call else whole
    headers = {"accept": "application/json, text/event-stream"}
    answer = client.post("/mcp", json=body, headers=headers | ({"mcp-protocol-version": version} if version else {}))
    assert answer.status_code < 500, (body, answer.text)


def test_no_message_breaks_the_protocol_server(fuzzed: httpx.Client) -> None:
    _messages(fuzzed)
    assert fuzzed.get("/health").status_code == 200
