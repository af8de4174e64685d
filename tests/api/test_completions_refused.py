"""What chat completions refuse, and how they say so: OpenAI's shape of an error, whatever is wrong."""

from typing import Any

import httpx
import openai
import pytest
from openai import OpenAI

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from tests.api.test_completions import QUESTION, ask, text_of, user
from tests.serving import serving

KEY = "a-key-for-the-tests"
IMAGE = [{"type": "image_url", "image_url": {"url": "data:,x"}}, {"type": "text", "text": "What is this?"}]


@pytest.mark.parametrize(
    ("change", "param", "says"),
    [
        ({"n": 2}, "n", "one answer"),
        ({"tools": [], "tool_choice": "required"}, "tool_choice", "No tools"),
        ({"response_format": {"type": "json_object"}}, "response_format", "annotations"),
        ({"logprobs": True}, "logprobs", "Leave logprobs out"),
        ({"modalities": ["text", "audio"]}, "modalities", "Answers are text"),
        ({"messages": []}, "messages", "Send a message of the role “user”"),
        ({"messages": [{"role": "system", "content": "x"}]}, "messages", "Send a message of the role “user”"),
        ({"messages": [user("  ")]}, "messages", "Write a question"),
        ({"messages": [user(IMAGE)]}, "messages", "Only text is read"),
        ({"messages": [user("why " * 600)]}, "messages", "the limit is 2,000"),
        ({"messages": "hello"}, "messages", "valid list"),
        ({"messages": [7]}, "messages.0", "cannot be read"),
    ],
)
def test_what_cannot_be_had_is_said_plainly(site: httpx.Client, change: Any, param: str, says: str) -> None:
    body = {"model": "assistant", "messages": [user(QUESTION)]} | change
    for stream in (False, True):
        answer = site.post("/v1/chat/completions", json=body | {"stream": stream})
        assert answer.status_code == 400
        error = answer.json()["error"]
        assert set(error) == {"message", "type", "param", "code"}
        assert says in error["message"]
        assert error["param"] == param
        assert error["type"] == "invalid_request_error"


def test_every_error_has_their_shape(site: httpx.Client) -> None:
    broken = site.post("/v1/chat/completions", content=b"{", headers={"content-type": "application/json"})
    elsewhere, wrong_method = site.get("/v1/embeddings"), site.get("/v1/chat/completions")
    foreign = site.post("/v1/chat/completions", json={}, headers={"origin": "https://evil.example"})
    large = site.post("/v1/chat/completions", content=b"x" * 2_100_000)
    answers = [broken, elsewhere, wrong_method, foreign, large]
    assert [answer.status_code for answer in answers] == [400, 404, 405, 403, 413]
    for answer in answers:
        assert answer.headers["content-type"] == "application/json"
        assert set(answer.json()["error"]) == {"message", "type", "param", "code"}
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_keys_open_it(corpus_library: Library, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = Settings.model_validate({"data_dir": tmp_path_factory.mktemp("locked"), "api_keys": KEY})
    with serving(create_app(settings, corpus_library)) as url:
        with OpenAI(base_url=f"{url}/v1", api_key="wrong", max_retries=0) as stranger:
            with pytest.raises(openai.AuthenticationError, match="access key"):
                stranger.models.list()
            with pytest.raises(openai.AuthenticationError, match="access key"):
                ask(stranger, user(QUESTION))
        with OpenAI(base_url=f"{url}/v1", api_key=KEY, max_retries=0) as known:
            assert "Sources:" in text_of(ask(known, user(QUESTION)))
