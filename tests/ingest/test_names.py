"""Models and councils are found by any of their names."""

import re

import pytest

from ingest.names import CouncilFinder, Named, entity_of, find_names
from ingest.programme import Entity, Programme, load_programme

OURS = Programme(
    name="Test programme",
    names=("Test programme",),
    models=(
        Entity("open-door", "Open Door", ("Open Door", "OD", "Open Door model")),
        Entity("safe-homes", "Safe Homes", ("Safe Homes", "SH")),
    ),
    innovators=(Entity("hillshire", "Hillshire", ("Hillshire", "Hillshire County Council", "Hills"), "open-door"),),
    adopters=(
        Entity("sea-and-sand", "Sea & Sand", ("Sea & Sand", "Sea & Sand Council"), "open-door", ("Harbour Lights",)),
        Entity("st-ives", "St Ive’s", ("St Ive’s",), "safe-homes"),
    ),
    partners=(),
    people=(),
    synonyms=(),
    glossary={},
    digests=(),
    raw={},
)


@pytest.mark.parametrize(
    ("text", "models", "councils"),
    [
        ("Open Door began in May.", ("open-door",), ()),
        ("The team in Hillshire grew.", (), ("hillshire",)),
        ("Harbour Lights took in six children.", ("open-door",), ("sea-and-sand",)),
        ("Sea & Sand wrote a report.", (), ("sea-and-sand",)),
        ("Sea and Sand wrote a report.", (), ("sea-and-sand",)),
        ("sea  and\nsand wrote a report.", (), ("sea-and-sand",)),
        ("St Ive's and St Ive’s are one.", (), ("st-ives",)),
        ("OD is short for it.", ("open-door",), ()),
        ("An od word, and Od too.", (), ()),
        ("The CODE of OD-like SHOES.", ("open-door",), ()),
        ("open door policies", ("open-door",), ()),
        ("The Openly Doorless", (), ()),
        ("Hillshire’s Safe Homes", ("safe-homes",), ("hillshire",)),
        ("Nothing is named here.", (), ()),
        ("", (), ()),
    ],
)
def test_names_are_found(text: str, models: tuple[str, ...], councils: tuple[str, ...]) -> None:
    assert find_names(text, OURS) == Named(models, councils)


def test_each_is_found_once() -> None:
    assert find_names("Harbour Lights is Open Door in Sea & Sand, Open Door at its best.", OURS) == Named(
        ("open-door",), ("sea-and-sand",)
    )


def test_a_council_is_found_by_its_id() -> None:
    assert entity_of(OURS, "hillshire").name == "Hillshire"
    with pytest.raises(KeyError):
        entity_of(OURS, "atlantis")


def test_every_name_of_the_programme_leads_to_its_owner(programme: Programme) -> None:
    for entity in programme.models:
        assert all(entity.id in find_names(f"About {name}, then.", programme).models for name in entity.names)
    for entity in programme.councils:
        for name in entity.names + entity.local_names:
            assert entity.id in find_names(f"About {name}, then.", programme).councils, name


def test_every_local_name_leads_to_the_model_it_carries_out(programme: Programme) -> None:
    named = [(name, entity.model) for entity in programme.adopters for name in entity.local_names]
    assert named
    for name, model in named:
        assert model in find_names(f"At {name} they met.", programme).models, name


def test_short_names_in_lower_case_are_words(programme: Programme) -> None:
    short = [name for entity in programme.models for name in entity.names if re.fullmatch(r"[A-Z]{2,4}", name)]
    assert short
    for name in short:
        assert find_names(f"in {name} it says", programme).models
        assert not find_names(f"in {name.lower()} it says", programme).models


@pytest.mark.parametrize(
    "text",
    [
        "Leeds and Coventry meet in Solihull.",
        "Redcar and Cleveland, then Telford & Wrekin; Our Place is in Rochdale.",
        "Nobody is named here, not even in Leedsville.",
        "COVENTRY, coventry and Coventry City Council",
    ],
)
def test_the_finder_for_many_texts_finds_the_same_councils(text: str) -> None:
    programme = load_programme()
    assert CouncilFinder(programme).find(text) == find_names(text, programme).councils
