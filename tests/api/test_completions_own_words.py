"""Chat completions beside a language model: its words as they are proven, and the quotes when it fails half way."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from openai import OpenAI

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.programme import load_programme
from tests import behaviours as does
from tests.api.test_completions import annotations_of, ask, cited, text_of, user
from tests.endpoints import MODEL, Endpoint, serving_model
from tests.ingest.pdfs import make_pdf
from tests.replies import replying
from tests.serving import serving

HUBS = ("Harbour council opened its first hub in May 2022.", "The hub has nine beds and a team of four key workers.")
QUESTION = "How many beds does the hub have?"
TRUE, FALSE = "The hub has nine beds.", "The hub has twelve beds."


@pytest.fixture(scope="module")
def model() -> Iterator[Endpoint]:
    with serving_model(does.says(replying(TRUE))) as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def site(model: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("words") / "library"
    settings = Settings(data_dir=folder, llm_base_url=model.url, llm_model=MODEL, llm_silence=4, llm_timeout=20)
    with Library.open(settings, load_programme()) as library:
        assert library.add_bytes("hubs.pdf", make_pdf([HUBS], "Hubs")).status == "added"
        with serving(create_app(settings, library)) as url, httpx.Client(base_url=url, timeout=60) as client:
            yield client


@pytest.fixture(scope="module")
def client(site: httpx.Client) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{str(site.base_url).rstrip('/')}/v1", api_key="none", max_retries=0) as made:
        yield made


def streamed(client: OpenAI) -> tuple[str, list[dict[str, Any]], Any]:
    chunks = list(client.chat.completions.create(model="assistant", messages=[user(QUESTION)], stream=True))
    deltas = [chunk.choices[0].delta for chunk in chunks]
    given = [one for delta in deltas for one in (delta.model_extra or {}).get("annotations", [])]
    return "".join(delta.content or "" for delta in deltas), given, chunks[-1].model_extra


def test_proven_words_are_cited(site: httpx.Client, client: OpenAI, model: Endpoint) -> None:
    model.now(does.says(replying(TRUE)))
    answer = ask(client, user(QUESTION))
    text = text_of(answer)
    assert text.startswith(f"{TRUE} [1]\n\nSources:")
    assert cited(annotations_of(answer.choices[0].message), text, site) == [1]
    about: Any = answer.model_extra
    assert about["assistant"]["answerer"] == "llm"


def test_quotes_are_asked_for_by_the_models_name(client: OpenAI, model: Endpoint) -> None:
    model.now(does.says(replying(TRUE)))
    before = len(model.chats)
    answer = client.chat.completions.create(model="assistant-quotes", messages=[user(QUESTION)])
    assert HUBS[1] in text_of(answer)
    assert len(model.chats) == before


def test_words_that_were_streamed_keep_their_citations_when_the_model_fails(
    site: httpx.Client, client: OpenAI, model: Endpoint
) -> None:
    model.now(does.stalls_after(replying(TRUE, FALSE, part=slice(-20))))
    text, annotations, about = streamed(client)
    assert text.startswith(f"{TRUE} [1]\n\n(The language model took too long. These are the documents’ own words.)")
    assert f"{HUBS[1]} [2]" in text
    assert cited(annotations, text, site)[:2] == [1, 2]
    assert text.count("took too long") == 1
    assert [one["number"] for one in about["assistant"]["citations"]] == [1, 2]


def test_a_model_that_fails_at_once_is_told_of(site: httpx.Client, client: OpenAI, model: Endpoint) -> None:
    model.now(does.fails(500))
    for text, annotations in (streamed(client)[:2], _whole(client)):
        assert text.startswith(HUBS[1])
        assert "These are the documents’ own words.)\n\nSources:" in text
        assert cited(annotations, text, site)


def _whole(client: OpenAI) -> tuple[str, list[dict[str, Any]]]:
    answer = ask(client, user(QUESTION))
    return text_of(answer), annotations_of(answer.choices[0].message)
