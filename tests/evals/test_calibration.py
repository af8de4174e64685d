"""Confidence against truth, on answers small enough to reckon by hand."""

import pytest

from evals.calibration import Bin, Sure, area, calibration_bins, calibration_error, risk_coverage


def sure(*pairs: tuple[float, bool]) -> list[Sure]:
    return [Sure(confidence, true) for confidence, true in pairs]


def test_answers_of_like_confidence_are_taken_together() -> None:
    found = calibration_bins(sure((0.92, True), (0.98, False), (1.0, True), (0.0, False)), bins=10)
    assert [one.count for one in found] == [1, 3]
    assert found[1].confidence == pytest.approx(2.9 / 3)
    assert found[1].true == pytest.approx(2 / 3)


def test_the_error_is_the_distance_from_truth() -> None:
    assert calibration_bins(sure((0.5, True), (0.5, False))) == (Bin(2, 0.5, 0.5),)
    assert calibration_error(sure((0.5, True), (0.5, False))) == 0
    assert calibration_error(sure((0.9, False), (0.1, True))) == pytest.approx(0.9)
    assert calibration_error([]) is None


def test_risk_grows_as_less_sure_answers_are_given() -> None:
    points = risk_coverage(sure((0.2, False), (0.9, True), (0.8, True), (0.4, False)))
    assert points == ((0.25, 0.0), (0.5, 0.0), (0.75, 1 / 3), (1.0, 0.5))
    assert area(points) == pytest.approx((0 + 0 + 1 / 3 + 1 / 2) / 4)


def test_equal_confidences_cannot_be_told_apart() -> None:
    assert risk_coverage(sure((0.5, True), (0.5, False))) == ((1.0, 0.5),)
    assert risk_coverage([]) == ()
    assert area(()) is None
