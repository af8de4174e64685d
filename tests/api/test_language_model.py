"""The real application beside a language model's service that does everything such services do, well or badly."""

import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from api.app import create_app
from api.settings import Settings
from ingest.library import Library
from ingest.programme import load_programme
from tests import behaviours as does
from tests.endpoints import MODEL, Behaviour, Endpoint, serving_model
from tests.ingest.pdfs import make_pdf
from tests.replies import replying
from tests.serving import free_port, serving

HUBS = ("Harbour council opened its first hub in May 2022.", "The hub has nine beds and a team of four key workers.")
QUESTION = "How many beds does the hub have?"
TRUE, FALSE = "The hub has nine beds.", "The hub has twelve beds."
KEY = "a key of ours"
WAIT_S = 60.0  # on a busy machine the model takes its time to load
GOOD = does.says(replying(TRUE))


@pytest.fixture(scope="module")
def model() -> Iterator[Endpoint]:
    with serving_model(GOOD) as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(Settings(data_dir=tmp_path_factory.mktemp("model") / "library"), load_programme()) as library:
        assert library.add_bytes("hubs.pdf", make_pdf([HUBS], "Hubs")).status == "added"
        yield library


@pytest.fixture(scope="module")
def site(library: Library, model: Endpoint) -> Iterator[httpx.Client]:
    yield from _site(library, model.url)


def _site(library: Library, url: str) -> Iterator[httpx.Client]:
    settings = Settings(
        data_dir=library.settings.data_dir,
        llm_base_url=url,
        llm_model=MODEL,
        llm_api_key=SecretStr(KEY),
        llm_silence=3,
        llm_timeout=8,
        llm_at_once=2,
    )
    with serving(create_app(settings, library)) as served, httpx.Client(base_url=served, timeout=60) as client:
        until(lambda: client.get("/ready").status_code == 200)
        ask(client)  # the first question waits for imports, which may take longer than the silence that is allowed here
        yield client


def ask(site: httpx.Client, **more: Any) -> dict[str, Any]:
    answer: dict[str, Any] = site.post("/api/v1/ask", json={"question": QUESTION, **more}).raise_for_status().json()
    return answer


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT_S
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def stands(site: httpx.Client, answer: dict[str, Any]) -> None:
    """Every sentence opens at a page that says its quote, letter for letter."""
    assert answer["status"] == "answered"
    numbers = {number for statement in answer["statements"] for number in statement["citations"]}
    assert numbers == {citation["number"] for citation in answer["citations"]}
    for one in answer["citations"]:
        text = site.get(f"/api/v1/documents/{one['document_id']}/pages/{one['page']}").json()["text"]
        assert text[one["start"] : one["end"]] == one["quote"]


@pytest.mark.parametrize("behaviour", [GOOD, does.refuses_schema(GOOD)], ids=["with a schema", "without one"])
def test_only_what_is_proven_is_told(site: httpx.Client, model: Endpoint, behaviour: Behaviour) -> None:
    model.now(behaviour)
    answer = ask(site)
    assert [(one["text"], one["support"]) for one in answer["statements"]] == [(TRUE, "verified")]
    assert (answer["answerer"], answer["model"], answer["fallback"]) == ("llm", MODEL, None)
    stands(site, answer)
    model.now(does.says(replying(FALSE, TRUE)))
    answer = ask(site)
    assert ([one["text"] for one in answer["statements"]], answer["withdrawn"]) == ([TRUE], 1)


def test_a_recorded_reply_is_told_again(site: httpx.Client, model: Endpoint) -> None:
    model.now(does.says(""))
    ask(site)
    (sent,) = model.chats
    model.now(does.recorded({does.prompt_of(sent): f"{TRUE} [1]"}))
    assert [one["text"] for one in ask(site)["statements"]] == [TRUE]


BAD: dict[str, tuple[Behaviour, str]] = {
    "stalls before the first word": (does.stalls_after(""), "too long"),
    "stalls in the middle": (does.stalls_after(replying(TRUE, FALSE, part=slice(-20))), "too long"),
    "too many requests": (does.too_many(), "too many requests"),
    "too many, come back in an hour": (does.too_many(3600), "too many requests"),
    "an error of its own": (does.fails(500), "error"),
    "overloaded": (does.fails(503), "error|too much to do"),
    "garbage": (does.garbage(), "reply"),
    "ends in a word": (does.cut_after("The hub has ni"), "reply|no answer|not prove"),
    "a web page": (does.html(), "web page|reply"),
    "a web page as a stream": (does.says("<!doctype html><title>Sign in</title><p>Please sign in"), "web page"),
    "an unknown model": (does.unknown_model(), "model"),
    "10,000 words": (does.says("The hub has twelve beds and a garden. [1]\n" * 1300), "not prove|too long"),
    "10,000 words at a stretch": (does.says("word " * 10_000), "reply|no answer|not prove"),
    "another person's markers": (does.says(f"{TRUE} [17] 【9:3†others.pdf】"), "not prove"),
    "nothing": (does.says(""), "empty"),
    "letters that are none": (does.invalid_utf8(), "reply|no answer|not prove"),
    "a line without an end": (does.one_line(), "reply|too long"),
    "the wrong key": (does.wrong_key(), "key"),
    "wrong": (does.says(replying(FALSE)), "not prove"),
}


@pytest.mark.parametrize(("behaviour", "why"), BAD.values(), ids=list(BAD))
def test_whatever_it_does_the_quotes_answer(
    site: httpx.Client, model: Endpoint, behaviour: Behaviour, why: str
) -> None:
    model.now(behaviour)
    before = site.get("/api/v1/writer").json()["counts"]
    answer = ask(site)
    counted = Counter(site.get("/api/v1/writer").json()["counts"]) - Counter(before)
    assert counted.pop("asked") == 1
    assert sum(counted[name] for name in counted if name != "withdrawn") == 1  # why, for who runs the service
    assert answer["answerer"] == "quotes"
    assert {one["support"] for one in answer["statements"]} == {"verbatim"}
    assert "nine beds" in answer["answer"]
    assert re.fullmatch(r"[A-Z][^.]{5,120}\.", answer["fallback"])
    assert re.search(why, answer["fallback"])
    assert KEY not in str(answer)
    assert model.url.split("/")[2] not in answer["fallback"]
    stands(site, answer)
    until(lambda: model.at_once == 0)  # nothing goes on behind our back


def test_where_nobody_answers_and_where_others_do(library: Library, model: Endpoint) -> None:
    for site in _site(library, f"http://127.0.0.1:{free_port()}/v1"):
        assert re.search("cannot be reached", ask(site)["fallback"])
    with serving_model(does.redirects(f"{model.url}/chat/completions")) as elsewhere:
        model.now(GOOD)
        for site in _site(library, elsewhere.url):
            assert ask(site)["answerer"] == "quotes"
        assert elsewhere.chats
    assert model.sent == []  # key and passages went nowhere but to the address that was set


def test_it_tries_again_after_a_while(site: httpx.Client, model: Endpoint) -> None:
    model.now(does.too_many(), does.fails(503), GOOD)
    began = time.monotonic()
    assert ask(site)["answerer"] == "llm"
    assert len(model.chats) == 3
    assert time.monotonic() - began >= 0.5  # a service that is overrun is not run over again at once


def test_what_leaves_the_house(site: httpx.Client, model: Endpoint) -> None:
    """The question and the passages; nothing of the conversation's id, and no other question of it."""
    model.now(GOOD)
    first = ask(site, question="Who opened a hub in May 2022?")
    model.now(GOOD)
    answer = ask(site, conversation_id=first["conversation_id"])
    (sent,) = model.chats
    assert QUESTION in sent.text
    assert HUBS[1] in sent.text
    assert "Who opened a hub" not in sent.text
    assert answer["conversation_id"] not in str(sent)
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    assert sent.body["model"] == MODEL
    model.now(GOOD)
    assert ask(site, answerer="quotes")["fallback"] is None
    assert model.sent == []


def test_at_most_so_many_at_once(site: httpx.Client, model: Endpoint) -> None:
    model.now(does.waits_then(replying(TRUE)))
    with ThreadPoolExecutor(5) as pool:
        asked = [pool.submit(ask, site) for _ in range(5)]
        until(lambda: model.at_once == 2)
        until(lambda: sum(one.done() for one in asked) == 3)  # those for whom there is no room get the quotes
        model.release()
        answers = [one.result() for one in asked]
    assert model.most_at_once == 2
    assert sorted(answer["answerer"] for answer in answers) == ["llm", "llm", "quotes", "quotes", "quotes"]
    assert {answer["fallback"] for answer in answers} == {None, "The language model has too much to do at the moment."}


@pytest.mark.parametrize(("first", "kept"), [((), "quotes"), ((TRUE,), "llm")], ids=["nothing yet", "something"])
def test_who_leaves_takes_the_request_along(
    site: httpx.Client, model: Endpoint, first: Sequence[str], kept: str
) -> None:
    model.now(does.stalls_after(replying(*first, FALSE, part=slice(-12))))
    conversation, told = "", 0
    with site.stream("POST", "/api/v1/chat", json={"question": QUESTION}) as stream:
        for line in stream.iter_lines():
            found = re.search(r'"conversation_id":\s*"(\w+)"', line)
            conversation = conversation or (found[1] if found else "")
            told += line.startswith("event: delta")
            if ("writing" in line and not first) or told:
                break
    until(lambda: model.hung_up == 1)
    messages: list[dict[str, Any]] = []

    def is_kept() -> bool:
        messages[:] = site.get(f"/api/v1/conversations/{conversation}").json()["messages"]
        return len(messages) == 2

    until(is_kept)
    assert messages[1]["answer"]["answerer"] == kept
    stands(site, messages[1]["answer"])
    until(lambda: model.at_once == 0)


def test_others_are_answered_while_it_stalls(site: httpx.Client, model: Endpoint) -> None:
    model.now(does.stalls_after(""))
    stalled = threading.Thread(target=ask, args=(site,))
    stalled.start()
    until(lambda: model.at_once == 1)
    assert ask(site, answerer="quotes")["answerer"] == "quotes"
    assert model.at_once == 1
    stalled.join(WAIT_S)
    assert not stalled.is_alive()
