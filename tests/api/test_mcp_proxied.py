"""The protocol behind a proxy, with people who are known: what counts, and where links lead."""

from typing import Any

import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from tests.api.test_mcp import KEY, QUESTION, call, said
from tests.asynchronous import finished
from tests.serving import serving


def test_behind_a_proxy_questions_count_and_links_lead_to_the_public_address(
    corpus_library: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    given = {"api_keys": KEY, "limit_questions": "1/minute", "public_url": "https://assistant.example"}
    settings = Settings.model_validate({"data_dir": tmp_path_factory.mktemp("proxied"), **given})

    async def talk(url: str) -> tuple[Any, str]:
        headers = {"Authorization": f"Bearer {KEY}", "Origin": "https://assistant.example"}
        async with (
            httpx2.AsyncClient(headers=headers) as http,
            Client(streamable_http_client(f"{url}/mcp", http_client=http)) as client,
        ):
            first = await call(client, "ask", question=QUESTION)
            await call(client, "search", query=QUESTION)
            return first, await said(client, "ask", question=QUESTION)

    with serving(create_app(settings, corpus_library)) as url:
        first, second = finished(talk(url))
    assert all(one["url"].startswith("https://assistant.example/documents/") for one in first["citations"])
    assert "questions alone" in second
