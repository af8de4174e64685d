"""What is said where the documents don't answer, and how sure an answer is."""

import pytest

from assistant.assistant import Assistant
from assistant.types import Question


def test_a_near_miss_is_refused_with_what_is_known_of_the_council(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Question("How many foster carers does Rochdale have?"))
    assert answer.status == "no_evidence"
    assert answer.answer.startswith("The documents don't say. What they do say about Rochdale")
    assert any("Rochdale" in passage.text for passage in answer.passages)


@pytest.mark.parametrize(
    "text",
    [
        "Why did Swindon give up its model?",
        "When was Coventry's Reunification Project wound up?",
        "When did Norfolk close New Roads?",
        "Why did Walsall switch to No Wrong Door?",
        "Who took over from Sal Tariq after the resignation?",
    ],
)
def test_a_question_that_presumes_an_end_is_not_answered_with_a_beginning(
    corpus_assistant: Assistant, text: str
) -> None:
    assert corpus_assistant.ask(Question(text)).status == "no_evidence"


def test_small_talk_is_answered_without_passages(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Question("Good morning"))
    assert answer.answer.startswith("Hello")
    assert (answer.passages, answer.confidence) == ((), 0.0)


def test_confidence_parts_what_is_documented_from_what_is_not(corpus_assistant: Assistant) -> None:
    known = corpus_assistant.ask(Question("When did Norfolk go live?")).confidence
    unknown = corpus_assistant.ask(Question("What is the capital of Portugal?")).confidence
    assert known is not None
    assert unknown is not None
    assert 0.0 <= unknown < 0.3 < 0.8 < known <= 1.0


def test_what_is_said_of_one_person_does_not_answer_for_another(corpus_assistant: Assistant) -> None:
    told = corpus_assistant.ask(Question("Which hub does Michaela Elsmere work at?"))
    assert "Dereham" in told.answer
    asked = corpus_assistant.ask(Question("How many foster homes had Michaela Elsmere lived in?"))
    assert asked.status == "no_evidence"
