"""Two rankings become one score that keeps how clearly one chunk is ahead."""

import pytest

from assistant.fusion import MEANING, fuse


def test_first_in_both_is_one_and_shares_of_the_best_add_up() -> None:
    scores = fuse([(1, 0.8), (2, 0.4)], [(1, 12.0), (2, 3.0)], 60, 300)
    assert scores[1] == pytest.approx(1.0)
    assert scores[2] == pytest.approx(MEANING * 0.5 + (1 - MEANING) * 0.25)


def test_a_chunk_that_a_full_ranking_lacks_counts_as_its_last() -> None:
    scores = fuse([(1, 0.8), (2, 0.4)], [(3, 9.0)], 2, 300)
    assert scores[3] == pytest.approx(MEANING * 0.5 + (1 - MEANING))  # the pool of two is full
    assert scores[1] == pytest.approx(MEANING)  # the words' pool is not: it holds every chunk that has any


def test_one_ranking_alone_is_taken_as_the_whole() -> None:
    assert fuse([(1, 0.8), (2, 0.4)], [], 60, 300) == pytest.approx({1: 1.0, 2: 0.5})
    assert fuse([], [(1, 4.0)], 60, 300) == pytest.approx({1: 1.0})
    assert fuse([], [], 60, 300) == {}
