"""What a question asks for: its kind, its terms and their synonyms, the thing it is about, the names in it."""

import pytest

from assistant.kinds import Kind
from assistant.knowledge import Knowledge
from assistant.lexicon import stems_of
from assistant.question import Query, is_small_talk, understand


def alternatives(query: Query, text: str) -> set[str]:
    """The other ways to say one term of the question, as stems."""
    [term] = [term for term in query.terms if term.text == text]
    return {" ".join(alternative) for alternative in term.alternatives}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Who runs the hub?", Kind.WHO),
        ("Whose idea was it?", Kind.WHO),
        ("When did Norfolk go live?", Kind.WHEN),
        ("In which year did it end, and since when is it planned?", Kind.WHEN),
        ("How many councils are there?", Kind.NUMBER),
        ("What share of posts are agency?", Kind.NUMBER),
        ("By what percentage did it fall?", Kind.NUMBER),
        ("Which councils adopted No Wrong Door?", Kind.LIST),
        ("List all the adopters", Kind.LIST),
        ("What four questions does it ask?", Kind.LIST),
        ("What is it called in Norfolk?", Kind.NAME),
        ("What did Chloe say?", Kind.QUOTE),
        ("Give me an example of restorative practice", Kind.EXAMPLE),
        ("What is motivational interviewing?", Kind.DEFINE),
        ("what's a hub", Kind.DEFINE),
    ],
)
def test_the_kind_of_answer_wanted(knowledge: Knowledge, text: str, kind: Kind) -> None:
    assert kind in understand(text, knowledge).kinds


def test_two_things_asked_at_once_are_two_kinds(knowledge: Knowledge) -> None:
    assert {Kind.WHO, Kind.WHEN} <= understand("Who made it and when did it start?", knowledge).kinds


def test_a_question_of_no_special_kind(knowledge: Knowledge) -> None:
    assert understand("Why do they meet in circles?", knowledge).kinds == {Kind.OTHER}


def test_a_subordinate_clause_asks_for_no_date(knowledge: Knowledge) -> None:
    assert Kind.WHEN not in understand("What helps when parents quarrel?", knowledge).kinds


def test_a_call_out_is_not_a_name(knowledge: Knowledge) -> None:
    assert Kind.NAME not in understand("By how much did police call-outs fall?", knowledge).kinds


@pytest.mark.parametrize(
    ("text", "term", "others"),
    [
        ("What is a FGC?", "fgc", {"family group conference"}),
        ("What is a family group conference?", "family group conference", {"FGC"}),
        ("How many looked after children are there?", "looked after children", {"children in care", "CLA"}),
        ("Are kids safer?", "kids", {"children"}),
        ("What do Herts do?", "herts", {"Hertfordshire", "Hertfordshire County Council"}),
    ],
)
def test_terms_bring_their_synonyms(knowledge: Knowledge, text: str, term: str, others: set[str]) -> None:
    found = alternatives(understand(text, knowledge), term)
    assert {" ".join(stems_of(other)) for other in others} <= found


def test_acronyms_are_understood_in_lower_case(knowledge: Knowledge) -> None:
    query = understand("what is nwd?", knowledge)
    assert query.named.models == ("no-wrong-door",)
    assert "no wrong door" in alternatives(query, "nwd")


def test_a_local_name_stands_for_its_council_and_its_model(knowledge: Knowledge) -> None:
    named = understand("What is New Roads?", knowledge).named
    assert named.councils == ("norfolk",)
    assert named.models == ("no-wrong-door",)


@pytest.mark.parametrize(
    "text", ["Redcar and Cleveland", "redcar & cleveland", "Telford and Wrekin", "telford & wrekin"]
)
def test_a_council_is_known_by_any_spelling_of_its_name(knowledge: Knowledge, text: str) -> None:
    assert len(understand(f"When did {text} begin?", knowledge).named.councils) == 1


def test_misspelt_questions_are_put_right(knowledge: Knowledge) -> None:
    assert "family safeguarding" in understand("wat is famaly safegaurding?", knowledge).text.lower()
    assert understand("When did Warickshire begin?", knowledge).named.councils == ("warwickshire",)


def test_stop_words_are_no_terms_and_telling_words_weigh_more(knowledge: Knowledge) -> None:
    query = understand("What is the work of the portfolio leads?", knowledge)
    weights = {term.text: term.weight for term in query.terms}
    assert not {"what", "is", "the", "of"} & weights.keys()
    assert weights["portfolio"] > weights["work"]
    assert {term.text for term in query.terms if term.generic} == {"work"}


def test_what_comes_from_earlier_turns_weighs_less(knowledge: Knowledge) -> None:
    [own] = understand("Reunification?", knowledge).terms
    [carried] = understand("What then?", knowledge, ("reunification",)).terms
    assert 0 < carried.weight < own.weight


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("How many foster carers work for Norfolk?", ["foster", "carers"]),
        ("What is the salary of a director in Leeds?", ["salary"]),
        ("How much does it cost?", ["cost"]),
        ("What did Ofsted say about Lancashire?", ["ofsted"]),
    ],
)
def test_the_thing_that_is_asked_for(knowledge: Knowledge, text: str, focus: list[str]) -> None:
    assert [term.text for term in understand(text, knowledge).focus] == focus


def test_names_that_no_document_has(knowledge: Knowledge) -> None:
    assert understand("What is the capital of Portugal?", knowledge).unknown_names == ("Portugal",)
    assert understand("When did Norfolk and Warrington begin?", knowledge).unknown_names == ()


def test_years_are_noticed(knowledge: Knowledge) -> None:
    assert understand("What happened between 2021 and 1999, with 22,700 pounds?", knowledge).years == {"2021", "1999"}


def test_a_question_for_councils_is_told_from_one_for_other_things(knowledge: Knowledge) -> None:
    assert understand("Which councils adopted NWD?", knowledge).wants_councils
    assert not understand("Which partners support the programme?", knowledge).wants_councils


@pytest.mark.parametrize("text", ["Hello", "hi there", "Thanks!", "thank you very much", "good morning", "ok", "bye"])
def test_small_talk(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize("text", ["Hello, what is NWD?", "Who is he?", "", "???", "good practice", "Norfolk"])
def test_a_question_is_not_small_talk(text: str) -> None:
    assert not is_small_talk(text)
