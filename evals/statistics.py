"""How sure a figure is: bootstrap intervals over the questions, and paired tests between two arms.

A figure is a ratio of sums: each question adds a part and a whole (a hit adds 1 and 1, three of four quotes 3 and 4).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Part = tuple[float, float]  # what one question adds above and below the line of the ratio

ROUNDS = 5000
SEED = 20261122
SURE = 0.95
_NORMAL = 1.959964  # standard deviations of the normal curve that hold 95 % of it
_AT_ONCE = 500  # rounds drawn together, so that a thousand questions stay small in memory

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two arms over the same questions; `p` is two-sided, from swapping the arms question by question."""

    questions: int
    first: float
    second: float
    interval: Interval
    p: float

    @property
    def difference(self) -> float:
        return self.second - self.first


def figure(parts: Sequence[Part]) -> float | None:
    """None where nothing was counted."""
    whole = sum(one[1] for one in parts)
    return sum(one[0] for one in parts) / whole if whole else None


def interval(parts: Sequence[Part]) -> Interval | None:
    """Percentile bootstrap over the questions (Efron 1979), the same at every run."""
    counted = [one for one in parts if one[1]]
    if len(counted) < 2:
        return None
    values = np.asarray(counted, dtype=np.float64)
    drawn = np.concatenate([_ratios(values[rows].sum(axis=1)) for rows in _draws(len(values))])
    return _percentiles(drawn)


def proportion(count: int, whole: int) -> Interval:
    """Wilson's score interval (1927) of a share, which says something where all or none were hit, as a draw cannot."""
    if not whole:
        raise ValueError("Of nothing there is no share.")
    square = _NORMAL**2
    middle = (count + square / 2) / (whole + square)
    reach = _NORMAL * math.sqrt(count * (whole - count) / whole + square / 4) / (whole + square)
    return Interval(max(0.0, middle - reach), min(1.0, middle + reach))


def compare(first: Sequence[Part], second: Sequence[Part]) -> Comparison | None:
    """The same questions in the same order; None where an arm has nothing to count."""
    one, other = figure(first), figure(second)
    if one is None or other is None:
        return None
    counted = [(a, b) for a, b in zip(first, second, strict=True) if a[1] or b[1]]
    pairs = np.asarray(counted, dtype=np.float64)  # question, arm, part and whole
    drawn = np.concatenate([_gaps(pairs[rows].sum(axis=1)) for rows in _draws(len(pairs))])
    return Comparison(len(counted), one, other, _percentiles(drawn), _permuted(pairs, abs(other - one)))


def _permuted(pairs: Values, observed: float) -> float:
    """The share of random swaps that part the arms at least as far (Fisher 1935), the observed one included."""
    numbers = np.random.default_rng(SEED)
    beyond = 0
    for _ in range(0, ROUNDS, _AT_ONCE):
        swapped = numbers.integers(0, 2, size=(_AT_ONCE, len(pairs)), dtype=np.int8)[..., None, None]
        gaps = _gaps(np.where(swapped, pairs[:, ::-1], pairs).sum(axis=1))
        beyond += int((np.abs(gaps) >= observed - 1e-12).sum())
    return (beyond + 1) / (ROUNDS + 1)


def _draws(size: int) -> Any:
    numbers = np.random.default_rng(SEED)
    return (numbers.integers(0, size, size=(_AT_ONCE, size)) for _ in range(0, ROUNDS, _AT_ONCE))


def _gaps(sums: Values) -> Values:
    return np.asarray(_ratios(sums[:, 1]) - _ratios(sums[:, 0]), dtype=np.float64)


def _ratios(sums: Values) -> Values:
    """Parts over wholes; a draw in which nothing was counted has no figure."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(sums[..., 1] > 0, sums[..., 0] / sums[..., 1], np.nan)


def _percentiles(drawn: Values) -> Interval:
    low, high = np.nanpercentile(drawn, [50 * (1 - SURE), 50 * (1 + SURE)])
    return Interval(float(low), float(high))
