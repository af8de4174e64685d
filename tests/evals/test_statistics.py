"""How sure a figure is: the same at every run, wide where little was asked, and paired between arms."""

import pytest

from evals.statistics import Part, compare, figure, interval, proportion

RIGHT, WRONG, UNASKED = (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)


def test_a_figure_is_a_ratio_of_sums() -> None:
    assert figure([(3, 4), (1, 2), UNASKED]) == 4 / 6
    assert figure([UNASKED]) is None


def test_an_interval_holds_the_figure_and_narrows_with_more_questions() -> None:
    few, many = interval([RIGHT, RIGHT, RIGHT, WRONG] * 10), interval([RIGHT, RIGHT, RIGHT, WRONG] * 100)
    assert few is not None
    assert many is not None
    assert few.low < many.low < 0.75 < many.high < few.high
    # for 400 questions the normal approximation is good: 0.75 ± 1.96 · sqrt(0.75 · 0.25 / 400)
    assert many.low == pytest.approx(0.7076, abs=0.005)
    assert many.high == pytest.approx(0.7924, abs=0.005)


def test_an_interval_is_the_same_at_every_run_and_none_without_questions() -> None:
    parts = [RIGHT, WRONG] * 20
    assert interval(parts) == interval(parts)
    assert interval(parts) == interval([*parts, UNASKED]), "what a figure does not count does not widen it"
    assert interval([RIGHT]) is None


def test_questions_that_count_more_weigh_more() -> None:
    found = interval([(1, 10), (9, 10), (1, 1)])
    assert found is not None
    assert 0 < found.low < 11 / 21 < found.high <= 1


def test_arms_that_agree_are_not_told_apart() -> None:
    found = compare([RIGHT, WRONG] * 30, [RIGHT, WRONG] * 30)
    assert found is not None
    assert (found.difference, found.p) == (0, 1)


def test_a_pair_is_told_apart_by_what_it_differs_in() -> None:
    """As many wins against none, out of 200 or out of 20 questions, are as unlikely by chance: 2 · 0.5 ** 8."""
    same: list[Part] = [RIGHT] * 192
    for rest in (same, same[:12]):
        found = compare([*rest, *[WRONG] * 8], [*rest, *[RIGHT] * 8])
        assert found is not None
        assert found.difference == pytest.approx(8 / (len(rest) + 8))
        assert found.p == pytest.approx(2 * 0.5**8, abs=0.003)
        assert found.interval.low > 0


def test_wins_on_both_sides_are_chance() -> None:
    found = compare([WRONG] * 5 + [RIGHT] * 4, [RIGHT] * 5 + [WRONG] * 4)
    assert found is not None
    assert found.p > 0.9
    assert found.interval.low < 0 < found.interval.high


def test_an_arm_with_nothing_to_count_is_not_compared() -> None:
    assert compare([UNASKED], [RIGHT]) is None


def test_a_share_of_which_all_were_hit_is_not_certain() -> None:
    """Wilson's own bounds: n / (n + z²) below where all were hit, and as much above nought where none was."""
    assert proportion(150, 150).low == pytest.approx(150 / (150 + 1.96**2), abs=1e-4)
    assert proportion(0, 150).high == pytest.approx(1 - 150 / (150 + 1.96**2), abs=1e-4)
    assert proportion(0, 150).low == 0
    assert proportion(15, 150).low < 0.1 < proportion(15, 150).high
    with pytest.raises(ValueError, match="no share"):
        proportion(0, 0)
