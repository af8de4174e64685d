"""Questions that ask two things, or one thing of two sides, and questions in a pasted letter."""

import pytest

from assistant.editions import Edition
from assistant.parts import Part, take_apart
from assistant.pasted import lead_question
from ingest.programme import Programme
from tests.assistant.conftest import Converse

DATED = (Edition("2021-06", "2", ("old",)), Edition("2024-03", "6", ("new",)))


def parts_of(text: str, programme: Programme) -> tuple[Part, ...]:
    return take_apart(text, (), programme, lambda: DATED)


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("Compare Leeds and Coventry on staff", ["Staff in Leeds?", "Staff in Coventry?"]),
        ("Compare agency staff in Leeds and Coventry", ["Agency staff in Leeds?", "Agency staff in Coventry?"]),
        ("How do FS and FV differ?", ["What is Family Safeguarding?", "What is Family Valued?"]),
        (
            "How do FS and FV differ in who is in the team?",
            ["Who is in the team in Family Safeguarding?", "Who is in the team in Family Valued?"],
        ),
        ("Is FS different from NWD?", ["What is Family Safeguarding?", "What is No Wrong Door?"]),
        ("NWD vs FV: training?", ["Training in No Wrong Door?", "Training in Family Valued?"]),
        (
            "How does the team in Walsall differ from that in Swindon?",
            ["The team in Walsall?", "The team in Swindon?"],
        ),
        ("When did Norfolk and Warrington go live?", ["When did Norfolk go live?", "When did Warrington go live?"]),
        ("Did Norfolk or Warrington go live first?", ["When did Norfolk go live?", "When did Warrington go live?"]),
        ("Who leads Our Place and when did it start?", ["Who leads Our Place?", "When did it start? (Our Place)"]),
        ("What is RAISE? And who uses it?", ["What is RAISE?", "Who uses it? (RAISE)"]),
        (
            "What is Family Safeguarding, and who is in the team?",
            ["What is Family Safeguarding?", "Who is in the team? (Family Safeguarding)"],
        ),
    ],
)
def test_a_question_of_two_is_taken_apart(programme: Programme, question: str, texts: list[str]) -> None:
    assert [part.text for part in parts_of(question, programme)] == texts


@pytest.mark.parametrize(
    "question",
    [
        "Who and what is needed for a hub?",
        "What keeps children safe and well?",
        "Which councils work like Leeds and Coventry?",
        "How do Leeds and Coventry work together?",
        "What do Family Safeguarding and Family Valued have in common?",
        "How do the three models differ from each other?",
        "How is Family Safeguarding different from traditional social work?",
        "Explain what No Wrong Door is and how it works",
        "Which council was second to take on Family Valued, and when did it begin?",
        "How do they decide who comes and when they leave?",
        "What did Leeds do and why?",
        "How did the number of children in care in Coventry change from 2021 to 2024?",
        "What changed between issue 2 and issue 6?",
        "Who is Rob Hamer?",
    ],
)
def test_when_in_doubt_a_question_stays_whole(programme: Programme, question: str) -> None:
    assert parts_of(question, programme) == (Part(question),)


@pytest.mark.parametrize(
    "question",
    [
        "What changed in Rochdale since 2021?",
        "What changed between issue 2 and issue 6 in Rochdale?",
        "How did Rochdale develop between 2021 and 2024?",
    ],
)
def test_two_times_are_two_sets_of_documents(programme: Programme, question: str) -> None:
    old, new = parts_of(question, programme)
    assert (old.heading, old.documents) == ("Issue 2 (June 2021)", ("old",))
    assert (new.heading, new.documents) == ("Issue 6 (March 2024)", ("new",))
    assert old.text == new.text == "What does Rochdale report?"


LETTER = (
    "Hello all, I hope you are well. We are planning a visit to Rochdale in the spring, because our own hub had a hard "
    "start and theirs is said to have gone better after a while. My boss would like to know how long they have been at "
    "it before she signs anything. {question} Many thanks and best wishes, Jo Example, Team Manager"
)


def test_the_question_of_a_letter_leads(programme: Programme) -> None:
    text = LETTER.format(question="When did the hub open?")
    assert lead_question(text, programme) == "When did the hub open? (Rochdale)"


def test_a_question_that_says_whom_it_means_takes_nothing_over(programme: Programme) -> None:
    asked = "What is New Roads in Norfolk?"
    assert lead_question(LETTER.format(question=asked), programme) == asked


def test_what_is_short_or_asks_nothing_stays_whole(programme: Programme) -> None:
    for text in ("Hello. I am new here. What is RAISE?", LETTER.format(question="")[:150]):
        assert lead_question(text, programme) == text


def test_a_comparison_shows_both_sides_under_their_names(converse: Converse) -> None:
    answer = converse("When did Norfolk and Warrington go live?")
    headings = [statement.heading for statement in answer.statements if statement.heading]
    assert headings == ["Norfolk", "Warrington"]
    assert "1 June 2021" in answer.answer
    assert "1 April 2021" in answer.answer
    assert "**Norfolk**\n\n" in answer.answer
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert all(statement.citations for statement in answer.statements)
    assert [passage.citation.number for passage in answer.passages] == list(range(1, len(answer.passages) + 1))


def test_a_side_without_evidence_is_said(converse: Converse) -> None:
    answer = converse("Compare Leeds and Walsall on agency staff")
    assert answer.status == "answered"
    assert {statement.heading for statement in answer.statements} <= {"Leeds", None}
    assert answer.notes == ("The documents don't say this of Walsall.",)
    assert answer.answer.endswith(answer.notes[0])


def test_two_questions_in_one_are_both_answered(converse: Converse) -> None:
    answer = converse("What is No Wrong Door called in Norfolk, and when did it go live there?")
    assert "New Roads" in answer.answer
    assert "1 June 2021" in answer.answer


def test_no_side_with_evidence_is_no_evidence(converse: Converse) -> None:
    answer = converse("Compare the canteen menus of Leeds and Coventry")
    assert answer.status == "no_evidence"
    assert answer.notes == ()


def test_a_letter_is_answered(converse: Converse) -> None:
    answer = converse(LETTER.format(question="When did the hub open?"))
    assert "April 2020" in answer.answer
