"""The Model Context Protocol as the official SDK's client meets it: over HTTP and over standard input and output."""

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from tests.api.conftest import problem
from tests.asynchronous import finished
from tests.serving import ROOT, free_port, serving

QUESTION = "What are the four provocations of No Wrong Door?"
CASE = "Tom Smith, aged 7, of DE1 2AB was hit by his father last night. What do I do?"
KEY = "a-key-for-the-tests"
TOOLS = {"ask", "search", "open_page", "examples"}
Talk = Callable[[Client], Awaitable[Any]]


def over_http(site: httpx.Client, talk: Talk, mode: Any = "auto") -> Any:
    async def run() -> Any:
        async with Client(f"{str(site.base_url).rstrip('/')}/mcp", mode=mode) as client:
            return await talk(client)

    return finished(run())


def started(library: Library, *arguments: str, **environment: str) -> StdioServerParameters:
    known = {"PATH": "", "PYTHONPATH": str(ROOT), "ASSISTANT_DATA_DIR": str(library.settings.data_dir)}
    command = ["-m", "api.cli", "mcp", *arguments]
    return StdioServerParameters(command=sys.executable, args=command, env=known | environment)


def over_stdio(server: StdioServerParameters, talk: Talk) -> Any:
    async def run() -> Any:
        async with Client(server) as client:
            return await talk(client)

    return finished(run())


async def call(client: Client, tool: str, **arguments: Any) -> Any:
    """The result as data; fails the test where the tool failed."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return result.structured_content


async def said(client: Client, tool: str, **arguments: Any) -> str:
    """What a tool says that refuses."""
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    content: Any = result.content[0]
    return str(content.text)


async def everything(client: Client) -> None:
    """An answer whose quotes stand on the pages that are then opened, letter for letter."""
    tools = (await client.list_tools()).tools
    assert {tool.name for tool in tools} == TOOLS
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
    answer = await call(client, "ask", question=QUESTION)
    assert answer["status"] == "answered"
    assert answer["citations"]
    for cited in answer["citations"]:
        page = await call(client, "open_page", document_id=cited["document_id"], page=cited["page"])
        assert page["text"][cited["start"] : cited["end"]] == cited["quote"]
        assert cited["url"].startswith("http://127.0.0.1:")
        read = await client.read_resource(f"assistant://documents/{cited['document_id']}/pages/{cited['page']}")
        content: Any = read.contents[0]
        assert content.text == page["text"]
    found = await call(client, "search", query="hub", limit=3)
    assert len(found["passages"]) == 3


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_over_http(site: httpx.Client, mode: str) -> None:
    over_http(site, everything, mode)


def test_over_standard_input_from_the_library_itself(corpus_library: Library) -> None:
    over_stdio(started(corpus_library, ASSISTANT_PORT=str(free_port())), everything)


def test_over_standard_input_from_a_running_service(corpus_library: Library, site: httpx.Client) -> None:
    service = str(site.base_url).rstrip("/")

    async def talk(client: Client) -> None:
        await everything(client)
        answer = await call(client, "ask", question=QUESTION)
        assert answer["citations"][0]["url"].startswith(f"{service}/documents/")

    over_stdio(started(corpus_library, "--url", service), talk)


def test_an_answer_reads_as_text_with_its_references(site: httpx.Client) -> None:
    async def talk(client: Client) -> str:
        result = await client.call_tool("ask", {"question": QUESTION})
        content: Any = result.content[0]
        return str(content.text)

    text = over_http(site, talk)
    assert "\n\nSources:\n\n- [1] [" in text
    assert f"]({str(site.base_url).rstrip('/')}/documents/" in text


def test_examples_come_with_their_references(site: httpx.Client) -> None:
    async def talk(client: Client) -> Any:
        first = await call(client, "examples", limit=2)
        return first, await call(client, "examples", limit=2, cursor=first["cursor"])

    first, second = over_http(site, talk)
    assert len(first["examples"]) == 2
    assert first["total"] > 2
    assert all(one["reference"] and one["quote"] for one in first["examples"])
    assert first["examples"] != second["examples"]


def test_follow_ups_and_filters(site: httpx.Client, handbook: str) -> None:
    async def talk(client: Client) -> Any:
        turns = [{"role": "user", "content": "When did New Roads in Norfolk go live?"}]
        followed = await call(client, "ask", question="What is it called there?", history=turns)
        limited = await call(client, "search", query="hub", filters={"documents": [handbook]})
        return followed["standalone_question"], {one["document_id"] for one in limited["passages"]}

    question, documents = over_http(site, talk)
    assert "Norfolk" in question
    assert documents == {handbook}


def test_what_is_refused_is_said_in_words(site: httpx.Client) -> None:
    async def talk(client: Client) -> None:
        refused = await said(client, "ask", question=CASE)
        assert "call 999" in refused
        assert "may identify a child" in refused
        assert "Smith" not in refused
        assert "name" in await said(client, "search", query=CASE)
        assert "no document of this id" in await said(client, "open_page", document_id="nothing", page=1)
        assert "limit" in await said(client, "search", query="hub", limit=500)
        assert "question" in await said(client, "ask", question="why " * 600)
        assert "Load it again" in await said(client, "examples", cursor="nothing")
        with pytest.raises(MCPError, match="no document of this id"):
            await client.read_resource("assistant://documents/nothing/pages/1")

    over_http(site, talk)


def test_without_evidence_the_status_says_so(site: httpx.Client) -> None:
    async def talk(client: Client) -> Any:
        return await call(client, "ask", question="Who won the 1998 football World Cup?")

    answer = over_http(site, talk)
    assert answer["status"] == "no_evidence"
    assert answer["citations"] == answer["statements"] == []


def test_documents_can_be_listed(site: httpx.Client) -> None:
    async def talk(client: Client) -> tuple[Any, Any]:
        uris = ("assistant://documents", "assistant://documents?title=handbook")
        contents: list[Any] = [(await client.read_resource(uri)).contents[0] for uri in uris]
        return json.loads(contents[0].text), json.loads(contents[1].text)

    every, named = over_http(site, talk)
    assert len(every) == 3
    assert [one["file_name"] for one in named] == ["handbook.pdf"]


def test_nothing_is_kept(site: httpx.Client) -> None:
    before = site.get("/api/v1/conversations").json()
    over_http(site, lambda client: call(client, "ask", question=QUESTION))
    assert site.get("/api/v1/conversations").json() == before


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_other_sites_are_refused(site: httpx.Client, method: str, headers: dict[str, str]) -> None:
    problem(site.request(method, "/mcp", headers=headers), 403)


def test_what_is_no_message_is_refused(site: httpx.Client) -> None:
    json_ = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    assert site.get("/mcp").status_code == 405
    assert site.delete("/mcp").status_code == 405
    for content in (b"", b"{", b"[]", b'{"jsonrpc": "2.0"}', b"\xff", b"7"):
        assert 400 <= site.post("/mcp", content=content, headers=json_).status_code < 500
    assert 400 <= site.post("/mcp", content=b"{}", headers={"content-type": "text/plain"}).status_code < 500
    assert site.post("/mcp", content=b"x" * 2_100_000, headers=json_).status_code == 413
    problem(site.post("/mcp", content=b"{}", headers=json_ | {"host": "evil.example"}), 421)


def test_keys_open_it(corpus_library: Library, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = Settings.model_validate({"data_dir": tmp_path_factory.mktemp("locked"), "api_keys": KEY})

    async def talk(url: str) -> Any:
        async with (
            httpx2.AsyncClient(headers={"Authorization": f"Bearer {KEY}"}) as http,
            Client(streamable_http_client(f"{url}/mcp", http_client=http)) as client,
        ):
            return await call(client, "ask", question=QUESTION)

    with serving(create_app(settings, corpus_library)) as url:
        problem(httpx.post(f"{url}/mcp", json={}), 401)
        problem(httpx.get(f"{url}/mcp", headers={"accept": "text/html"}), 401)
        assert finished(talk(url))["status"] == "answered"
        refused = command(corpus_library, "--url", url, ASSISTANT_KEY="wrong")
        assert refused.returncode == 1
        assert "does not know this access key: set ASSISTANT_KEY" in refused.stderr


def command(library: Library, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command with nothing to read."""
    given = started(library, *arguments, **environment)
    return subprocess.run([given.command, *given.args], env=given.env, input="", capture_output=True, text=True)


def test_the_command_says_what_is_missing(corpus_library: Library) -> None:
    nobody = command(corpus_library, "--url", f"http://127.0.0.1:{free_port()}")
    assert nobody.returncode == 1
    assert "No assistant answers at" in nobody.stderr
    assert nobody.stdout == ""
