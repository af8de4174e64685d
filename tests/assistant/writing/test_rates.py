"""How often something happens is part of what a statement says."""

import pytest

from assistant.writing.rate_checks import rates_in


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("They meet twice a week.", {("2", "week")}),
        ("They meet weekly.", {("1", "week")}),
        ("They meet every week, and once a year in the hall.", {("1", "week"), ("1", "year")}),
        ("They meet three times each month.", {("3", "month")}),
        ("In the first week of the year they met.", set()),
        ("They earn 500 pounds a week.", set()),
    ],
)
def test_rates_are_told_whatever_the_words(text: str, rates: set[tuple[str, str]]) -> None:
    assert rates_in(text).keys() == rates
