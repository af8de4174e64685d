"""Follow-ups made to stand alone, and questions that need nothing from before."""

from collections.abc import Callable

import pytest

from assistant.conversation import SILENCE, Standalone, stand_alone
from assistant.knowledge import Knowledge
from assistant.question import understand
from assistant.types import Turn
from ingest.programme import Programme

After = Callable[..., str]
NORFOLK = "When did Norfolk go live?"


def read(programme: Programme, *turns: str) -> Standalone:
    """The last of some turns; one that ends with «(refused)» was not answered, «=>» stands before an answer."""
    history: list[Turn] = []
    for turn in turns[:-1]:
        asked, _, told = turn.partition(" => ")
        text = asked.removesuffix(" (refused)")
        reply = (told or "So it is. [1]") if text == asked else f"{SILENCE}. The nearest passages are listed below."
        history += [Turn("user", text), Turn("assistant", reply)]
    return stand_alone(turns[-1], history, programme)


@pytest.fixture
def after(programme: Programme) -> After:
    return lambda *turns: read(programme, *turns).text


@pytest.mark.parametrize(
    ("turns", "meant"),
    [
        (
            ("Which model did Norfolk adopt?", "And what do they call it there?"),
            "What do they call the model in Norfolk?",
        ),
        (("Who is Chloe?", "What did she say about her worker?"), "What did Chloe say about her worker?"),
        (("Who is Sue Williams?", "Where does she work?"), "Where does Sue Williams work?"),
        (("What is Our Place?", "When did it open?"), "When did Our Place in Rochdale open?"),
        (("What is motivational interviewing?", "Why is it used?"), "Why is motivational interviewing used?"),
        (
            ("What is motivational interviewing?", "How does it work in Leeds?"),
            "How does motivational interviewing work in Leeds?",
        ),
        (
            ("When did Norfolk go live with No Wrong Door?", "Who manages it?"),
            "Who manages No Wrong Door in Norfolk?",
        ),
        (
            ("What is No Wrong Door called in Middlesbrough?", "Who is its service manager?"),
            "Who is No Wrong Door's service manager in Middlesbrough?",
        ),
        (
            ("Which councils adopted Family Valued?", "When did they begin?"),
            "When did the councils that adopted Family Valued begin?",
        ),
        (("Who is Chloe?", "Who is Sue Williams?", "Where does she work?"), "Where does Sue Williams work?"),
        ((NORFOLK, "How many hubs do they have?"), "How many hubs does Norfolk have?"),
        (
            ("Tell me about the Reunification Project.", "When did it start?"),
            "When did the Reunification Project start?",
        ),
        ((NORFOLK, "Who leads the council?"), "Who leads Norfolk?"),
    ],
)
def test_a_pronoun_takes_whom_or_what_it_stands_for(after: After, turns: tuple[str, ...], meant: str) -> None:
    assert after(*turns) == meant


@pytest.mark.parametrize(
    ("turns", "meant"),
    [
        (
            ("Who runs Futures for Families? => Rob Hamer, service manager, names speed.", "What does he say?"),
            "What does Rob Hamer say?",
        ),
        (("Which council is the youngest? => Wandsworth is. [1]", "Who leads it?"), "Who leads Wandsworth?"),
        (("Which council is it? => Leeds is. [1]", "How many hubs are run there?"), "How many hubs are run in Leeds?"),
        (
            ("What is No Wrong Door called in Norfolk? => It is called New Roads. [1]", "When did it open?"),
            "When did New Roads in Norfolk open?",
        ),
    ],
)
def test_a_pronoun_takes_what_the_answer_named(after: After, turns: tuple[str, ...], meant: str) -> None:
    assert after(*turns) == meant


@pytest.mark.parametrize("turn", ["What about Walsall?", "And Walsall?", "How about in Walsall?", "ok, and Walsall?"])
def test_another_council_takes_the_place_of_the_first(after: After, turn: str) -> None:
    assert after(NORFOLK, turn) == "When did Walsall go live?"


@pytest.mark.parametrize(
    ("before", "turn", "meant"),
    [
        ("How many children came home in Leeds?", "What about Walsall?", "How many children came home in Walsall?"),
        ("Which councils adopted Family Safeguarding?", "What about FV?", "Which councils adopted Family Valued?"),
        (
            "When did Norfolk go live with No Wrong Door?",
            "And Coventry?",
            "When did Coventry go live with Family Valued?",
        ),
        ("Who manages Futures for Families?", "And in Rochdale?", "Who manages Our Place in Rochdale?"),
        ("Who manages Futures for Families?", "And in Walsall?", "Who manages the service in Walsall?"),
        ("What does Sue Williams say about values?", "And Sal Tariq?", "What does Sal Tariq say about values?"),
        ("What did Ofsted say in 2021?", "And in 2023?", "What did Ofsted say in 2023?"),
        ("How many were in care in March 2021?", "And two years later?", "How many were in care in March 2023?"),
        ("Who wrote the foreword of issue 2?", "And of issue 6?", "Who wrote the foreword of issue 6?"),
        ("What share is it in Leeds?", "And in the whole country?", "What share is it in the whole country?"),
        ("What is the primary outcome?", "And the secondary outcomes?", "What are the secondary outcomes?"),
        ("What did staff say about training?", "And about leadership?", "What did staff say about leadership?"),
        ("Which model did Norfolk adopt?", "When?", "When did Norfolk adopt?"),
        ("Which councils adopted Family Valued?", "How many?", "How many councils adopted Family Valued?"),
        ("Who evaluates the programme?", "Since when?", "Who evaluates the programme, and since when?"),
    ],
)
def test_the_same_is_asked_of_something_else(after: After, before: str, turn: str, meant: str) -> None:
    assert after(before, turn) == meant


def test_councils_can_be_swapped_again_and_again(after: After) -> None:
    found = after("When did Warwickshire begin with Family Valued?", "What about Newcastle?", "And Coventry?")
    assert found == "When did Coventry begin with Family Valued?"


@pytest.mark.parametrize(
    ("before", "turn", "meant"),
    [
        (NORFOLK, "No, I meant Walsall", "When did Walsall go live?"),
        (NORFOLK, "sorry, Walsall", "When did Walsall go live?"),
        ("Who leads it in Leeds?", "I meant Coventry, not Leeds", "Who leads it in Coventry?"),
        ("How many staff are in Norfolk?", "I meant the cost, not the number", "What is the cost in Norfolk?"),
        ("What is the first outcome?", "I meant the last one", "What is the last outcome?"),
        (NORFOLK, "No, how many hubs are in Walsall?", "how many hubs are in Walsall?"),
        (NORFOLK, "no, I meant Newcastle, when did they begin?", "When did Newcastle begin?"),
        (f"{NORFOLK} (refused)", "no, I meant Rochdale", "When did Rochdale go live?"),
    ],
)
def test_a_correction_changes_the_question_before(after: After, before: str, turn: str, meant: str) -> None:
    assert after(before, turn).lower() == meant.lower()


@pytest.mark.parametrize(
    ("turn", "meant"),
    [
        ("back to Leeds: how many families took part?", "How many families took part in Leeds?"),
        ("Going back to Leeds, who leads it?", "Who leads Leeds?"),
        ("As for Leeds, when did it begin?", "When did Leeds begin?"),
        ("What about Leeds, when did it begin?", "When did Leeds begin?"),
        ("Back to Leeds.", "What do the documents say about Leeds?"),
    ],
)
def test_an_earlier_subject_is_gone_back_to(after: After, turn: str, meant: str) -> None:
    assert after("How does Leeds train?", NORFOLK, turn) == meant


@pytest.mark.parametrize(
    "turn",
    [
        "Which councils adopted Family Valued in England?",
        "How do practitioners use motivational interviewing with parents?",
        "What did Ofsted say about Rochdale in 2023?",
        "When did Walsall go live?",
        "What is RAISE?",
        "Who is Naomi?",
        "What is motivational interviewing and how is it used by practitioners?",
        "Which approaches help councils that want to keep staff?",
        "Why is it important to plan early?",
        "How do social workers explain their decisions?",
        "Is it only Leeds that has conferences?",
        "How many hubs are there in North Yorkshire?",
        "Which is the only London borough?",
        "reunification",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(programme: Programme, turn: str) -> None:
    assert read(programme, "What is Our Place?", turn) == Standalone(turn)


def test_another_topic_takes_nothing_along(after: After) -> None:
    assert after(NORFOLK, "Different topic: who leads the evaluation?") == "Who leads the evaluation?"
    assert after("Who is Chloe?", "Another question: what is a circle?", "What is her name?") == "What is her name?"


@pytest.mark.parametrize("turn", ["Thanks", "Thanks, that is really useful!", "Ok great, thank you", "cheers"])
def test_thanks_lose_no_subject(programme: Programme, turn: str) -> None:
    assert read(programme, NORFOLK, turn).courtesy
    assert read(programme, NORFOLK, turn, "What about Walsall?").text == "When did Walsall go live?"
    assert read(programme, NORFOLK, f"{turn.rstrip('!')}! What about Walsall?").text == "When did Walsall go live?"


def test_nothing_leans_on_a_turn_that_was_refused(after: After) -> None:
    turn, refused = "When did it open?", "What is the phone number of The Lighthouse? (refused)"
    assert after(refused, turn) == turn
    assert after("What is Our Place?", refused, turn) == "When did Our Place in Rochdale open?"


def test_nothing_leans_on_a_greeting(after: After) -> None:
    assert after("Hello", "When did it open?") == "When did it open?"


@pytest.mark.parametrize("turn", ["When did it open?", "And what do they call it there?", "What about Walsall?"])
def test_a_first_question_has_nothing_to_lean_on(after: After, turn: str) -> None:
    assert after(turn).lower() in turn.lower()


def test_a_question_with_its_own_council_takes_no_other(after: After) -> None:
    assert "Norfolk" not in after(NORFOLK, "What is their service called in Rochdale?")


def test_the_subject_of_ten_turns_ago_can_be_gone_back_to(after: After) -> None:
    others = [
        f"What is {word}?" for word in ("a circle", "a genogram", "a hub", "a pilot", "a trial", "RAISE", "kinship")
    ]
    turns = ["How many children did Leeds help?", *others, "Thanks", "back to Leeds: and how many families?"]
    assert len(turns) == 10
    assert "Leeds" in after(*turns)


def test_a_standalone_question_is_understood_with_its_subject(programme: Programme, knowledge: Knowledge) -> None:
    found = read(programme, "Which model did Norfolk adopt?", "And what do they call it there?")
    assert understand(found.text, knowledge, found.subject).named.councils == ("norfolk",)
