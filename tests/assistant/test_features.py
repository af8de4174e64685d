"""What speaks for a sentence, and which kind of answer a question asks for."""

import pytest

from assistant.features import names_person, says_what
from assistant.kinds import KINDS, Kind


@pytest.mark.parametrize(
    ("question", "text", "says"),
    [
        ("What is Our Place?", "The hub of Rochdale, Our Place, had a hard start.", True),
        ("What is Our Place?", "Our Place is Rochdale’s hub.", True),
        ("what's a family group conference", "A family group conference (FGC) is a meeting of the family.", True),
        ("What is Our Place?", "The team are proud that ‘Our Place’ was judged as Outstanding.", False),
        ("What is the budget of Our Place?", "Our Place is Rochdale’s hub.", False),
    ],
)
def test_a_sentence_says_what_a_thing_is(question: str, text: str, says: bool) -> None:
    assert says_what(question, text) is says


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sal Tariq directs the programme.", True),
        ("No Wrong Door is for adolescents.", False),
        ("North Yorkshire began in 2015.", False),
    ],
)
def test_a_name_of_the_programme_is_no_person(text: str, names: bool) -> None:
    assert names_person(text, {"no", "wrong", "door", "north", "yorkshire"}) is names


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Who leads it?", True),
        ("And who leads it?", True),
        ("Is there a story of a worker who was nervous?", False),
        ("Can you find somebody who was nervous?", False),
    ],
)
def test_who_asks_for_a_person_only_where_it_asks(question: str, asks: bool) -> None:
    assert bool(dict(KINDS)[Kind.WHO].search(question)) is asks
