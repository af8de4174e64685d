"""What speaks for a sentence, and which kind of answer a question asks for."""

import pytest

from assistant.features import WEIGHTS, judge, says_what
from assistant.kinds import KINDS, Kind
from assistant.question import understand
from assistant.retrieve import Hit
from assistant.shapes import names_person
from assistant.shelf import Shelf


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


def test_every_feature_that_is_weighed_tells_sentences_apart(shelf: Shelf) -> None:
    """One that is the same for all of them only moves every score. The starter documents have no bylines."""
    questions = [
        "What is Family Safeguarding?",
        "Which councils adopted No Wrong Door?",
        "When did Rochdale start in 2021?",
        "How much money did Leeds save?",
        "How many beds does each hub have?",
        "Who leads the team in Coventry?",
        "What did a parent say about the worker?",
        "What is the hub in Rochdale called?",
        "Which secondary outcomes are there?",
    ]
    seen: dict[str, set[float]] = {name: set() for name in WEIGHTS if name not in ("meaning", "byline")}
    chunks = list(shelf.chunks.items())
    for question in questions:
        query = understand(question, shelf.knowledge)
        for number, stored in chunks:
            for unit in shelf.units(stored.document_id, stored.chunk.page):
                hit = Hit(stored, 1.0 / number, 1.0 / number)
                for name, value in judge(query, unit, hit, shelf.article_of(stored), hit.score).items():
                    seen.setdefault(name, set()).add(value)
    assert all(0.0 <= value <= 1.0 for values in seen.values() for value in values)
    assert [name for name, values in seen.items() if len(values) < 2] == ["byline"]
