"""The whole path: what it refuses, what it tells on the way, and that it always says the same."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace

import pytest

from assistant.assistant import MAX_QUESTION, Assistant
from assistant.errors import QuestionError
from assistant.types import Answer, Filters, Question, Timings
from ingest.library import Library
from ingest.programme import Programme

NORFOLK = "When did Norfolk go live?"
ODD = [
    "???",
    "%%%",
    '" OR * NEAR(',
    "\x00",
    "🙂",
    "'; DROP TABLE chunks; --",
    "x" * MAX_QUESTION,
]


def timeless(answer: Answer) -> Answer:
    return replace(answer, timings=Timings(0, 0, 0, 0))


def told(answer: Answer) -> tuple[object, ...]:
    """What a person reads of an answer."""
    return answer.answer, answer.statements, answer.citations, [passage.citation for passage in answer.passages]


@pytest.mark.parametrize("text", ["", "   \n\t ", "x" * 3000, "word " * 600])
def test_an_empty_or_endless_question_is_refused_in_a_sentence(corpus_assistant: Assistant, text: str) -> None:
    events: list[str] = []
    for refuse in (
        lambda: corpus_assistant.ask(Question(text), lambda name, value: events.append(name)),
        lambda: corpus_assistant.search(text),
    ):
        with pytest.raises(QuestionError, match=r"^[A-Z].*\.$"):
            refuse()
    assert events == []


def test_the_refusal_of_a_long_question_names_both_numbers(corpus_assistant: Assistant) -> None:
    with pytest.raises(QuestionError, match=r"3,000 .* 2,000"):
        corpus_assistant.ask(Question("x" * 3000))


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_odd_questions_are_answered_with_silence(corpus_assistant: Assistant, text: str) -> None:
    answer = corpus_assistant.ask(Question(text))
    assert (answer.status, answer.citations) == ("no_evidence", ())
    corpus_assistant.search(text)


def test_an_undecodable_character_does_not_break_a_question(corpus_assistant: Assistant) -> None:
    corpus_assistant.ask(Question("When did Norfolk \udce9 go live?"))


def test_events_come_in_the_order_of_the_path(corpus_assistant: Assistant) -> None:
    told: list[tuple[str, object]] = []
    answer = corpus_assistant.ask(Question(NORFOLK), lambda name, value: told.append((name, value)))
    stages = {str(value[0]): value[1] for name, value in told if name == "stage" and isinstance(value, tuple)}
    assert stages == {name: getattr(answer.timings, name) for name in ("question", "retrieve", "answer")}
    events = [(name, value) for name, value in told if name != "stage"]
    assert [name for name, _ in events] == ["question", "evidence", *["statement"] * len(answer.statements)]
    assert events[0][1] == answer.standalone_question
    assert events[1][1] == answer.passages
    assert tuple(value for name, value in events if name == "statement") == answer.statements
    assert answer.statements


def test_a_refusal_tells_no_statement(corpus_assistant: Assistant) -> None:
    names: list[str] = []
    corpus_assistant.ask(Question("What is the capital of Portugal?"), lambda name, value: names.append(name))
    assert names == ["question", "stage", "evidence", "stage", "stage"]


@pytest.mark.parametrize("text", [NORFOLK, "What is the capital of Portugal?", "Hello"])
def test_an_answer_can_be_written_as_json(corpus_assistant: Assistant, text: str) -> None:
    answer = corpus_assistant.ask(Question(text))
    assert json.loads(json.dumps(asdict(answer), allow_nan=False))["answer"] == answer.answer
    assert {type(passage.score) for passage in answer.passages} <= {float}
    assert (answer.answerer, answer.model) == ("quotes", None)


def test_the_timings_add_up(corpus_assistant: Assistant) -> None:
    timings = corpus_assistant.ask(Question(NORFOLK)).timings
    assert min(timings.question, timings.retrieve, timings.answer) >= 0
    assert timings.total == pytest.approx(timings.question + timings.retrieve + timings.answer)


@pytest.mark.parametrize("text", [NORFOLK, "Which councils took on No Wrong Door?", "Who is Chloe?"])
def test_the_same_question_is_answered_alike(
    corpus_assistant: Assistant, corpus_library: Library, programme: Programme, text: str
) -> None:
    first = corpus_assistant.ask(Question(text))
    assert timeless(corpus_assistant.ask(Question(text))) == timeless(first)
    assert told(Assistant(corpus_library, programme).ask(Question(text))) == told(first)


def test_white_space_around_and_within_a_question_changes_nothing(corpus_assistant: Assistant) -> None:
    spaced = corpus_assistant.ask(Question("  When did\n Norfolk   go live?\t"))
    assert timeless(spaced) == timeless(corpus_assistant.ask(Question(NORFOLK)))


def test_threads_ask_at_once_and_get_their_own_answers(
    corpus_assistant: Assistant, corpus_library: Library, programme: Programme
) -> None:
    texts = [NORFOLK, "Who manages Futures for Families?"]
    fresh = Assistant(corpus_library, programme)
    with ThreadPoolExecutor(len(texts)) as pool:
        answers = list(pool.map(lambda text: fresh.ask(Question(text)), texts * 2))
    expected = [told(corpus_assistant.ask(Question(text))) for text in texts] * 2
    assert [told(answer) for answer in answers] == expected


def test_search_gives_the_best_passages_first(corpus_assistant: Assistant) -> None:
    found = corpus_assistant.search("family group conferences in Darlington", limit=5)
    assert len(found) == 5
    scores = [passage.score for passage in found]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0
    assert {type(score) for score in scores} == {float}
    assert [passage.citation.number for passage in found] == [1, 2, 3, 4, 5]
    assert "Darlington" in found[0].text
    assert re.search("family group conferenc|FGC", found[0].text, re.I)


def test_search_quotes_its_passages_from_their_pages(corpus_assistant: Assistant, corpus_library: Library) -> None:
    for passage in corpus_assistant.search("restorative practice", Filters(), limit=10):
        citation = passage.citation
        page = corpus_library.page(citation.document_id, citation.page)
        assert page.text[citation.start : citation.end] == citation.quote
