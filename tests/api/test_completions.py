"""Chat completions as OpenAI's own client meets them, on the real application."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import openai
import pytest
from openai import AsyncOpenAI, OpenAI
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from api.openai.completions import tokens
from tests.asynchronous import finished

QUESTION = "What are the four provocations of No Wrong Door?"
UNANSWERABLE = "Who won the 1998 football World Cup?"
CASE = "Tom Smith, aged 7, of DE1 2AB was hit by his father last night. What do I do?"
KEY = "a-key-for-the-tests"


@pytest.fixture(scope="module")
def client(site: httpx.Client) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{site.base_url}/v1".replace("//v1", "/v1"), api_key="none", max_retries=0) as made:
        yield made


def user(content: Any) -> Any:
    return {"role": "user", "content": content}


def ask(client: OpenAI, *messages: Any, **rest: Any) -> ChatCompletion:
    answer: ChatCompletion = client.chat.completions.create(model="assistant", messages=list(messages), **rest)
    return answer


def text_of(answer: ChatCompletion) -> str:
    content = answer.choices[0].message.content
    assert content is not None
    return content


def annotations_of(message: Any) -> list[dict[str, Any]]:
    return [one if isinstance(one, dict) else one.model_dump() for one in message.annotations]


def cited(annotations: list[dict[str, Any]], text: str, site: httpx.Client) -> list[int]:
    """Checks that each annotation points at its marker, its quote stands on its page, and its link opens there."""
    for one in annotations:
        assert one["type"] == "url_citation"
        place = one["url_citation"]
        assert text[place["start_index"] : place["end_index"]] == f"[{place['number']}]"
        page = site.get(f"/api/v1/documents/{place['document_id']}/pages/{place['page']}").json()
        assert page["text"][place["start"] : place["end"]] == place["quote"]
        assert urlsplit(place["url"]).netloc == site.base_url.netloc.decode()
        assert site.get(place["url"]).status_code == 200
        assert f"- [{place['number']}] [" in text
        assert f"]({place['url']})" in text
    return [one["url_citation"]["number"] for one in annotations]


def test_an_answer_carries_its_citations(client: OpenAI, site: httpx.Client) -> None:
    answer = ask(client, user(QUESTION))
    text = text_of(answer)
    statements, _, references = text.partition("\n\nSources:\n\n")
    markers = [int(number) for number in re.findall(r"\[(\d+)\]", statements)]
    assert markers
    assert cited(annotations_of(answer.choices[0].message), text, site) == markers
    assert len(references.splitlines()) == len(set(markers))
    assert answer.choices[0].finish_reason == "stop"
    about: Any = answer.model_extra
    plain = site.post("/api/v1/ask", json={"question": QUESTION}).json()
    assert statements == plain["answer"]
    assert about["assistant"]["status"] == "answered"
    assert about["assistant"]["citations"] == plain["citations"]


def test_usage_counts_words_and_marks(client: OpenAI) -> None:
    answer = ask(client, {"role": "system", "content": "Be brief."}, user(QUESTION))
    assert answer.usage is not None
    assert answer.usage.prompt_tokens == 3 + 10
    assert answer.usage.completion_tokens == tokens(text_of(answer))
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens


def test_a_stream_tells_the_same(client: OpenAI, site: httpx.Client) -> None:
    chunks: list[ChatCompletionChunk] = list(
        client.chat.completions.create(
            model="assistant-quotes", messages=[user(QUESTION)], stream=True, stream_options={"include_usage": True}
        )
    )
    whole = ask(client, user(QUESTION))
    deltas = [chunk.choices[0].delta for chunk in chunks if chunk.choices]
    text = "".join(delta.content or "" for delta in deltas)
    assert text == text_of(whole)
    assert len([delta for delta in deltas if delta.content]) > 2, "statement by statement"
    given = [one for delta in deltas for one in (delta.model_extra or {}).get("annotations", [])]
    assert given == annotations_of(whole.choices[0].message)
    assert deltas[0].role == "assistant"
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
    assert chunks[-1].usage == whole.usage
    assert {chunk.id for chunk in chunks} == {chunks[0].id}


def test_a_stream_ends_as_the_protocol_wants(site: httpx.Client) -> None:
    body = {"model": "assistant", "messages": [user(QUESTION)], "stream": True}
    answer = site.post("/v1/chat/completions", json=body)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text.endswith("data: [DONE]\n\n")
    assert '"usage"' not in answer.text


def test_the_asynchronous_client_works_too(client: OpenAI) -> None:
    async def both() -> tuple[str, str]:
        async with AsyncOpenAI(base_url=str(client.base_url), api_key="none", max_retries=0) as other:
            whole = await other.chat.completions.create(model="assistant", messages=[user(QUESTION)])
            stream = await other.chat.completions.create(model="assistant", messages=[user(QUESTION)], stream=True)
            pieces = [chunk.choices[0].delta.content or "" async for chunk in stream if chunk.choices]
            return text_of(whole), "".join(pieces)

    whole, streamed = finished(both())
    assert whole == streamed == text_of(ask(client, user(QUESTION)))


def test_what_was_said_before_is_taken_from_the_messages(client: OpenAI) -> None:
    first = user("When did New Roads in Norfolk go live?")
    answer = text_of(ask(client, first))
    followed = ask(client, first, {"role": "assistant", "content": answer}, user("What is it called there?"))
    about: Any = followed.model_extra
    assert "Norfolk" in about["assistant"]["standalone_question"]


def test_nothing_is_kept(client: OpenAI, site: httpx.Client) -> None:
    before = site.get("/api/v1/conversations").json()
    ask(client, user(QUESTION))
    assert site.get("/api/v1/conversations").json() == before


def test_content_may_come_in_parts_and_with_instructions(client: OpenAI) -> None:
    parts = user(
        [{"type": "text", "text": "What are the four provocations"}, {"type": "text", "text": "of No Wrong Door?"}]
    )
    instructions = [{"role": role, "content": "You are a pirate."} for role in ("system", "developer")]
    given = ask(client, *instructions, parts, temperature=0.2, max_tokens=5, seed=3, user="x", extra_body={"odd": [1]})
    assert text_of(given) == text_of(ask(client, user(QUESTION)))


def test_without_evidence_nothing_is_cited(client: OpenAI) -> None:
    for stream in (False, True):
        if stream:
            chunks = client.chat.completions.create(model="assistant", messages=[user(UNANSWERABLE)], stream=True)
            text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
        else:
            answer = ask(client, user(UNANSWERABLE))
            assert annotations_of(answer.choices[0].message) == []
            text = text_of(answer)
        assert text.startswith("The documents don't say.")
        assert "Sources" not in text


def test_case_data_is_answered_by_what_to_do(client: OpenAI, site: httpx.Client) -> None:
    answer = ask(client, user(CASE))
    text = text_of(answer)
    assert answer.choices[0].finish_reason == "content_filter"
    assert text.index("call 999") < text.index("This may identify a child or a family")
    assert "You could ask instead: “" in text
    assert "Smith" not in answer.model_dump_json()
    assert "DE1 2AB" not in answer.model_dump_json()
    chunks = list(client.chat.completions.create(model="assistant", messages=[user(CASE)], stream=True))
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == text
    assert chunks[-1].choices[0].finish_reason == "content_filter"


def test_a_live_concern_is_told_first(client: OpenAI) -> None:
    text = text_of(ask(client, user("A father hit his child last night, what should I do?")))
    assert text.startswith("If a child may be at risk now, follow your local safeguarding procedure")


def test_tools_that_need_not_be_called_change_nothing(client: OpenAI) -> None:
    tool: Any = {"type": "function", "function": {"name": "f", "parameters": {}}}
    assert text_of(ask(client, user(QUESTION), tools=[tool])) == text_of(ask(client, user(QUESTION)))


def test_models_are_listed_and_others_refused(client: OpenAI) -> None:
    names = [model.id for model in client.models.list()]
    assert names == ["assistant", "assistant-quotes"]
    assert client.models.retrieve("assistant-quotes").id == "assistant-quotes"
    with pytest.raises(openai.NotFoundError, match="Ask “assistant” or “assistant-quotes”"):
        client.chat.completions.create(model="gpt-4o", messages=[user(QUESTION)])
    with pytest.raises(openai.NotFoundError, match="no model"):
        client.models.retrieve("gpt-4o")
