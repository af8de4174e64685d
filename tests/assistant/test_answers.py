"""Questions as people ask them: the person, the date, the figure, the whole list, or nothing."""

import pytest

from assistant.conversation import SILENCE
from assistant.types import Answer
from tests.assistant.conftest import Converse

NWD = ("Middlesbrough", "Rochdale", "Norfolk", "Warrington", "Redcar & Cleveland")
FS = ("Cambridgeshire", "Walsall", "Lancashire", "Telford & Wrekin", "Wandsworth", "Swindon")
FV = ("Darlington", "Warwickshire", "Newcastle", "Coventry", "Solihull", "Sefton")


def first_words(answer: Answer) -> str:
    """The first two statements: what was asked for may not stand below what was not."""
    return " ".join(statement.text for statement in answer.statements[:2])


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who manages Futures for Families?", "Rob Hamer"),
        ("Who is Sue Williams?", "Programme Director"),
        ("Who is Chloe?", "Chloe’s children were in care for two years"),
        ("When did Norfolk go live?", "1 June 2021"),
        ("When did the Lighthouse in Warrington open?", "1 April 2021"),
        ("When did Wandsworth start Family Safeguarding?", "January 2022"),
        ("How many multidisciplinary teams has Herts got?", "21"),
        ("How much money was put into the whole programme?", "£84 million"),
        ("How many kids were in care in Coventry in March 2024?", "647"),
        ("How many looked after children were there in Coventry in March 2024?", "647"),
        ("What is No Wrong Door called in Norfolk?", "New Roads"),
        ("what is nwd?", "integrated service"),
        ("wat is Family Safegaurding?", "whole-family"),
    ],
)
def test_the_answer_is_in_the_first_words(converse: Converse, question: str, said: str) -> None:
    answer = converse(question)
    assert answer.status == "answered"
    assert said in first_words(answer)


def test_a_figure_keeps_its_unit_and_its_comparison(converse: Converse) -> None:
    said = first_words(converse("What share of social work posts in Leeds are agency?"))
    assert "less than 1%" in said
    assert "average" in said
    assert "15%" in said


@pytest.mark.parametrize(
    ("question", "councils"),
    [
        ("Which councils took on No Wrong Door?", NWD),
        ("list all the FS adopters", FS),
        ("Which councils have Family Valued?", FV),
    ],
)
def test_a_list_is_given_whole(converse: Converse, question: str, councils: tuple[str, ...]) -> None:
    texts = [statement.text for statement in converse(question).statements]
    assert any(all(council in text for council in councils) for text in texts)


def test_a_numbered_list_is_given_whole(converse: Converse) -> None:
    text = converse("What four questions does No Wrong Door ask of every decision?").answer
    assert all(word in text for word in ("own", "20, 35 or 50", "risk", "parenting"))


@pytest.mark.parametrize(
    "question",
    [
        "What is the phone number of The Lighthouse?",
        "How many foster carers work for Norfolk?",
        "Who is the Director of Children's Services in Sefton?",
        "What is the salary of a social worker in Leeds?",
        "What did Ofsted say about Lancashire in 2023?",
        "What is the weather in Norfolk?",
        "What is the capital of Portugal?",
        "Who won the football world cup?",
        "Which councils adopted Signs of Safety?",
        "When was Rob Hamer appointed?",
    ],
)
def test_what_the_documents_do_not_say_is_not_answered(converse: Converse, question: str) -> None:
    answer = converse(question)
    assert answer.status == "no_evidence"
    assert answer.statements == ()
    assert answer.citations == ()
    assert answer.answer.startswith(SILENCE)
    assert "[" not in answer.answer
    assert answer.passages, "the nearest passages are for the person to judge"


@pytest.mark.parametrize("text", ["Hello", "hi there", "Thanks!"])
def test_small_talk_gets_a_friendly_pointer(converse: Converse, text: str) -> None:
    answer = converse(text)
    assert answer.status == "no_evidence"
    assert answer.citations == ()
    assert answer.answer.startswith("Hello")
    assert SILENCE not in answer.answer


def test_thanks_after_an_answer_is_small_talk_still(converse: Converse) -> None:
    answer = converse("When did Norfolk go live?", "Thanks!")
    assert answer.citations == ()
    assert answer.answer.startswith("Hello")


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("When did Norfolk go live?", "And what do they call it there?"), "New Roads"),
        (("When did Norfolk go live with No Wrong Door?", "What about Warrington?"), "1 April 2021"),
        (("Which councils adopted Family Safeguarding?", "And Family Valued?"), "Sefton"),
        (("Who is Chloe?", "What did she say about Sam?"), "amazing"),
        (("What is Our Place?", "When did it open?"), "April 2020"),
    ],
)
def test_follow_ups_keep_their_subject(converse: Converse, turns: tuple[str, ...], said: str) -> None:
    answer = converse(*turns)
    assert answer.status == "answered"
    assert said in answer.answer


def test_the_standalone_question_is_told(converse: Converse) -> None:
    assert (
        converse("When did Norfolk go live?", "What about Walsall?").standalone_question == "When did Walsall go live?"
    )
    assert converse("When did Norfolk go live?").standalone_question == "When did Norfolk go live?"


def test_a_refused_turn_does_not_colour_the_next(converse: Converse) -> None:
    """«It» is not The Lighthouse: the documents did not say, and nothing leans on what they did not say."""
    refused = "What is the phone number of The Lighthouse?"
    assert converse(refused, "When did it open?").standalone_question == "When did it open?"
