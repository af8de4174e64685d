"""Answers to long questions in small: what covers a reference, and what a refusal counts for."""

from pathlib import Path

import pytest

from evals.field.clapnq import Given, clapnq, judge
from evals.field.overlap import covers, rouge_l, token_f1
from evals.results import parts_of
from evals.statistics import figure
from tests.evals.field.sets import write_passages

ANSWERABLE: dict[str, object] = {
    "answerable": True,
    "answers": ["Salt makes iron rust faster."],
    "evidence_sentences": [["Iron rusts in wet air .", "Salt makes it rust faster ."], ["Salt makes it rust faster ."]],
    "passages": ["a3"],
}
SILENT: dict[str, object] = {"answerable": False, "answers": [], "evidence_sentences": [], "passages": ["a3"]}
GOOD = Given("Salt makes it rust faster.", "Salt makes it rust faster.", ("a3", "a1"), False, 0.9)
REFUSED = Given("The documents do not say.", "", (), True, 0.1)


def test_tokens_in_common() -> None:
    assert token_f1("The cat sat.", "cat sat") == 1
    assert token_f1("cat sat down here", "cat sat") == pytest.approx(2 / 3)
    assert token_f1("", "cat") == 0


def test_tokens_in_the_same_order() -> None:
    assert rouge_l("one two three", "one two three") == 1
    assert rouge_l("three two one", "one two three") == pytest.approx(1 / 3)
    assert rouge_l("one x two y three", "one two three") == pytest.approx(6 / 8)


def test_a_sentence_is_covered_whatever_its_spaces() -> None:
    assert covers("“It rose by 5%, he said.”", "It rose by 5 % , he said .")
    assert not covers("It rose.", "It rose by 5 % , he said .")
    assert not covers("anything", "…")


def test_the_best_reference_counts() -> None:
    found = judge(ANSWERABLE, GOOD)
    assert found["evidence"] == (1, 1)
    assert found["token F1"][0] == pytest.approx(2 * 4 / 10)
    assert found["cited"] == (1, 1)
    assert found["citation P"] == (1, 2)
    assert found["words"] == (5, 1)


def test_a_question_without_named_evidence_adds_nothing_to_it() -> None:
    assert judge({**ANSWERABLE, "evidence_sentences": []}, GOOD)["evidence"] == (0, 0)


def test_a_refusal_covers_nothing_and_is_right_only_where_nothing_is_known() -> None:
    wrong, right = judge(ANSWERABLE, REFUSED), judge(SILENT, REFUSED)
    assert wrong["evidence"][0] == wrong["token F1"][0] == wrong["cited"][0] == wrong["answered"][0] == 0
    assert wrong["refusal P"] == (0, 1)
    assert right == {"refusal P": (1, 1), "refusal R": (1, 1)}
    assert judge(SILENT, GOOD) == {"refusal P": (0, 0), "refusal R": (0, 1)}


def test_the_whole_assistant_is_asked(tmp_path: Path) -> None:
    arms = clapnq(write_passages(tmp_path), None, lambda _: None)
    ours, plain = arms.values()
    assert [row.answerable for row in ours] == [True, False]
    assert figure(parts_of(ours, "evidence")) == 1
    assert figure(parts_of(ours, "cited")) == 1
    assert figure(parts_of(ours, "refusal R")) == 1
    assert figure(parts_of(plain, "refusal R")) == 0
    assert all(row.confidence is not None for row in plain)
