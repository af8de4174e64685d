"""Figures of a ranking, as the field reckons them: nDCG (Järvelin and Kekäläinen 2002, binary grades) and recall."""

import math
from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


def distinct(found: Iterable[T]) -> tuple[T, ...]:
    """Each once, at its best place."""
    return tuple(dict.fromkeys(found))


def ndcg(ranked: Sequence[str], relevant: Collection[str], limit: int) -> float:
    """Gain 1 / log2(1 + rank) of what is relevant, as a share of the best order's."""
    gained = sum(1 / math.log2(1 + rank) for rank, one in enumerate(ranked[:limit], 1) if one in relevant)
    best = sum(1 / math.log2(1 + rank) for rank in range(1, 1 + min(limit, len(relevant))))
    return gained / best if best else 0.0


def recall(ranked: Sequence[str], relevant: Collection[str], limit: int) -> float:
    """The share of what is relevant that stands within the limit."""
    return len(set(ranked[:limit]) & set(relevant)) / len(relevant) if relevant else 0.0


def hit(ranked: Sequence[str], relevant: Collection[str], limit: int) -> float:
    """1 when anything relevant stands within the limit."""
    return float(any(one in relevant for one in ranked[:limit]))
