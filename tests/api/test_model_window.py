"""What a language model gets to read fits its window, and its service is asked to count once."""

from collections.abc import Iterator

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from assistant.writing.context import PASSAGES
from assistant.writing.endpoint import REPLY
from ingest.library import Library
from tests import behaviours as does
from tests.endpoints import MODEL, Endpoint, serving_model
from tests.replies import replying
from tests.serving import serving

QUESTION = "What is No Wrong Door?"


@pytest.fixture
def model() -> Iterator[Endpoint]:
    with serving_model(does.says(replying("No Wrong Door is a model."))) as endpoint:
        endpoint.tokenizes = True
        yield endpoint


def shown(model: Endpoint, library: Library, window: int) -> tuple[int, str]:
    """How often the service was asked to count for one question, and what the model then got to read."""
    settings = Settings(data_dir=library.settings.data_dir, llm_base_url=model.url, llm_model=MODEL, llm_context=window)
    with serving(create_app(settings, library)) as served, httpx.Client(base_url=served, timeout=60) as client:
        client.post("/api/v1/ask", json={"question": QUESTION}).raise_for_status()
        before = len([sent for sent in model.sent if sent.path == "/tokenize"])
        client.post("/api/v1/ask", json={"question": QUESTION}).raise_for_status()
    counted = len([sent for sent in model.sent if sent.path == "/tokenize"]) - before
    return counted, model.chats[-1].text


def test_all_passages_are_counted_in_one_request(model: Endpoint, corpus_library: Library) -> None:
    counted, text = shown(model, corpus_library, 8000)
    assert counted == 1
    assert f"[{PASSAGES}] (" in text


@pytest.mark.parametrize("window", [1050, 1150])
def test_what_does_not_fit_is_left_out(model: Endpoint, corpus_library: Library, window: int) -> None:
    counted, text = shown(model, corpus_library, window)
    assert counted <= 3
    assert "[1] (" in text
    assert f"[{PASSAGES}] (" not in text
    assert len(text.split()) <= window - REPLY
