"""Whether a confidence can be trusted: the share that is right among those as sure, and the risk at each coverage."""

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure one answer is (0 to 1) that the documents answer, and whether they do."""

    confidence: float
    true: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of like confidence: their mean confidence, and the share of them that is true."""

    count: int
    confidence: float
    true: float


def calibration_bins(answers: Sequence[Sure], bins: int = BINS) -> tuple[Bin, ...]:
    """Equally wide bins of confidence, empty ones left out."""
    rows: list[list[Sure]] = [[] for _ in range(bins)]
    for one in answers:
        rows[min(bins - 1, int(one.confidence * bins))].append(one)
    return tuple(
        Bin(len(row), sum(one.confidence for one in row) / len(row), sum(one.true for one in row) / len(row))
        for row in rows
        if row
    )


def calibration_error(answers: Sequence[Sure], bins: int = BINS) -> float | None:
    """Mean distance between confidence and truth over the bins, by their size (Naeini et al. 2015)."""
    found = calibration_bins(answers, bins)
    return sum(one.count * abs(one.confidence - one.true) for one in found) / len(answers) if found else None


def risk_coverage(answers: Sequence[Sure]) -> tuple[tuple[float, float], ...]:
    """(coverage, risk) when only the surest are answered, a point for each confidence; equals go together.

    Coverage is the share answered, risk the share of those to which the documents hold no answer (El-Yaniv and Wiener
    2010).
    """
    points = []
    wrong = 0
    ordered = sorted(answers, key=lambda one: -one.confidence)
    for count, one in enumerate(ordered, 1):
        wrong += not one.true
        if count == len(ordered) or ordered[count].confidence < one.confidence:
            points.append((count / len(ordered), wrong / count))
    return tuple(points)


def area(points: Sequence[tuple[float, float]]) -> float | None:
    """Mean risk over all coverages; each point's risk counts for the coverage since the one before."""
    before = 0.0
    total = 0.0
    for coverage, risk in points:
        total += (coverage - before) * risk
        before = coverage
    return total if points else None
