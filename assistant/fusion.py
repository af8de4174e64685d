"""One score out of two rankings: how near in meaning, how good in words; figures in docs/decisions/0014."""

from collections.abc import Iterable, Mapping, Sequence

MEANING = 0.7  # of a score is the cosine, the rest is BM25, each as a share of the best

Ranking = Sequence[tuple[int, float]]  # chunk ids and what they score, best first


def fuse(near: Ranking, words: Ranking, near_pool: int, words_pool: int, meaning: float = MEANING) -> dict[int, float]:
    """Chunk id → score; 1 is best in both.

    Shares of the best, not ranks, keep how clearly one is ahead; a floor of zero, not of the pool's last, keeps the
    score of a chunk the same whatever the size of the pools (Bruch et al. 2023, on convex combination).
    """
    parts = [(meaning, _shares(near), near_pool), (1 - meaning, _shares(words), words_pool)]
    ids = dict.fromkeys(chunk_id for _, shares, _ in parts for chunk_id in shares)
    floors = [_floor(shares.values(), pool) for _, shares, pool in parts]
    weights = 1.0 if near and words else meaning if near else 1 - meaning
    return {
        i: sum(weight * shares.get(i, floor) for (weight, shares, _), floor in zip(parts, floors, strict=True))
        / weights
        for i in ids
    }


def _shares(ranking: Ranking) -> Mapping[int, float]:
    best = max((score for _, score in ranking), default=0.0)
    return {chunk_id: max(score, 0.0) / best if best > 0 else 0.0 for chunk_id, score in ranking}


def _floor(shares: Iterable[float], pool: int) -> float:
    """What a chunk scores that a ranking does not have: at most what its last has, and nothing if it was not full."""
    held = list(shares)
    return min(held) if len(held) >= pool else 0.0
