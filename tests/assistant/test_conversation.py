"""Follow-ups made to stand alone, and questions that need nothing from before."""

from collections.abc import Callable

import pytest

from assistant.conversation import SILENCE, Standalone, stand_alone
from assistant.knowledge import Knowledge
from assistant.question import understand
from assistant.types import Turn
from ingest.programme import Programme

After = Callable[..., Standalone]
NORFOLK = "When did Norfolk go live?"


@pytest.fixture
def after(programme: Programme) -> After:
    """The last of some turns made to stand alone; a turn that ends with «(refused)» was not answered."""

    def read(*turns: str) -> Standalone:
        history: list[Turn] = []
        for turn in turns[:-1]:
            text = turn.removesuffix(" (refused)")
            reply = "So it is. [1]" if text == turn else f"{SILENCE}. The nearest passages are listed below."
            history += [Turn("user", text), Turn("assistant", reply)]
        return stand_alone(turns[-1], history, programme)

    return read


def test_there_takes_the_council_of_the_turn_before(after: After) -> None:
    found = after("Which model did Norfolk adopt?", "And what do they call it there?")
    assert found.text.startswith("What do they call it there?")
    assert "Norfolk" in found.text
    assert "Norfolk" in found.subject


@pytest.mark.parametrize(
    "turn", ["What about Walsall?", "And Walsall?", "How about in Walsall?", "No, I meant Walsall", "ok, and Walsall?"]
)
def test_another_council_takes_the_place_of_the_first(after: After, turn: str) -> None:
    assert after(NORFOLK, turn) == Standalone("When did Walsall go live?")


@pytest.mark.parametrize("asked", ["When did New Roads go live?", "When did norfolk county council go live?"])
def test_the_council_gives_way_by_whatever_name_it_was_called(after: After, asked: str) -> None:
    assert after(asked, "What about Warrington?").text == "When did Warrington go live?"


@pytest.mark.parametrize("turn", ["And Family Valued?", "What about FV?"])
def test_another_model_takes_the_place_of_the_first(after: After, turn: str) -> None:
    text = after("Which councils adopted Family Safeguarding?", turn).text
    assert text == "Which councils adopted Family Valued?"


def test_councils_can_be_swapped_again_and_again(after: After) -> None:
    found = after("When did Warwickshire begin with Family Valued?", "What about Newcastle?", "And Coventry?")
    assert found.text == "When did Coventry begin with Family Valued?"


def test_a_new_question_about_another_council_is_kept(after: After) -> None:
    assert "how many children are in care" in after(NORFOLK, "And in Walsall, how many children are in care?").text


@pytest.mark.parametrize(
    ("before", "turn", "who"),
    [
        ("Who is Chloe?", "What did she say about her worker?", "Chloe"),
        ("Who is Sue Williams?", "Where does she work?", "Sue Williams"),
        ("What is the Reunification Project?", "How many children has it helped to go home?", "Reunification Project"),
        ("What is Our Place?", "When did it open?", "Our Place"),
        ("What is motivational interviewing?", "Why is it used?", "motivational"),
    ],
)
def test_a_pronoun_takes_whom_or_what_it_stands_for(after: After, before: str, turn: str, who: str) -> None:
    found = after(before, turn)
    assert found.text.startswith(turn)
    assert who in found.text
    assert any(who in subject for subject in found.subject)


def test_a_local_name_stays_and_brings_its_council(after: After) -> None:
    assert "Our Place in Rochdale" in after("What is Our Place?", "When did it open?").subject


def test_a_turn_or_two_without_a_name_do_not_lose_the_subject(after: After) -> None:
    assert "Chloe" in after("Who is Chloe?", "Who is her worker?", "What did she say about her?").text


def test_the_nearest_subject_is_meant(after: After) -> None:
    found = after("Who is Chloe?", "Who is Sue Williams?", "Where does she work?")
    assert "Sue Williams" in found.text
    assert "Chloe" not in found.text


def test_nothing_leans_on_a_turn_that_was_refused(after: After) -> None:
    turn = "When did it open?"
    assert after("What is the phone number of The Lighthouse? (refused)", turn) == Standalone(turn)
    later = after("What is Our Place?", "What is the phone number of The Lighthouse? (refused)", turn)
    assert "Our Place" in later.text
    assert "Lighthouse" not in later.text


def test_a_swap_passes_over_a_refused_turn(after: After) -> None:
    assert after(NORFOLK, "What about Walsall? (refused)", "And Warrington?").text == "When did Warrington go live?"


def test_nothing_leans_on_a_greeting(programme: Programme) -> None:
    history = (Turn("user", "Hello"), Turn("assistant", "Hello. Ask about the models."))
    assert stand_alone("When did it open?", history, programme) == Standalone("When did it open?")


@pytest.mark.parametrize(
    "turn",
    [
        "Which councils adopted Family Valued in England?",
        "How do practitioners use motivational interviewing with parents?",
        "What did Ofsted say about Rochdale in 2023?",
        "When did Walsall go live?",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(after: After, turn: str) -> None:
    assert after(NORFOLK, turn) == Standalone(turn)


def test_a_pronoun_that_points_into_its_own_question_takes_nothing(after: After) -> None:
    turn = "What is motivational interviewing and how is it used by practitioners?"
    assert after(NORFOLK, turn) == Standalone(turn)


@pytest.mark.parametrize("turn", ["When did it open?", "And what do they call it there?", "What about Walsall?"])
def test_a_first_question_is_left_alone(after: After, turn: str) -> None:
    assert after(turn) == Standalone(turn)


def test_a_question_with_its_own_council_takes_no_other(after: After) -> None:
    assert "Norfolk" not in after(NORFOLK, "What is their service called in Rochdale?").text


def test_a_standalone_question_is_understood_with_its_subject(after: After, knowledge: Knowledge) -> None:
    found = after("Which model did Norfolk adopt?", "And what do they call it there?")
    assert understand(found.text, knowledge, found.subject).named.councils == ("norfolk",)
