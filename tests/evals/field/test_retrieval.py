"""The retrieval sets in small, and the figures of a ranking on examples small enough to reckon by hand."""

import math
from pathlib import Path

import pytest
from typst import compile as typeset

from evals.field.files import FieldFilesError, read_relevance, read_rows
from evals.field.retrieval import financebench, judge_abstracts, scifact
from evals.ranking import distinct, hit, ndcg, recall
from evals.results import parts_of
from evals.statistics import figure
from tests.evals.field.sets import write_abstracts, write_relevance, write_rows


def quiet(_line: str) -> None:
    return None


def test_a_ranking_counts_each_once_at_its_best_place() -> None:
    assert distinct(["b", "a", "b"]) == ("b", "a")


def test_ndcg_is_a_share_of_the_best_order() -> None:
    assert ndcg(["a", "x"], {"a"}, 10) == 1
    assert ndcg(["x", "a"], {"a"}, 10) == pytest.approx(1 / math.log2(3))
    assert ndcg(["a", "x", "b"], {"a", "b"}, 10) == pytest.approx((1 + 1 / 2) / (1 + 1 / math.log2(3)))
    assert ndcg(["x", "a"], {"a"}, 1) == 0


def test_recall_and_hit_look_no_further_than_the_limit() -> None:
    assert recall(["x", "a", "b"], {"a", "b"}, 2) == 0.5
    assert hit(["x", "a"], {"a"}, 1) == 0
    assert hit(["x", "a"], {"a"}, 2) == 1
    assert judge_abstracts([], frozenset({"a"})) == {"nDCG@10": (0, 1), "recall@10": (0, 1), "recall@100": (0, 1)}


def test_every_arm_is_asked_what_the_set_judges(tmp_path: Path) -> None:
    folder = write_abstracts(tmp_path / "set")
    arms = scifact(folder, tmp_path / "kept", quiet)
    assert next(iter(arms)) == "ours"
    for name, rows in arms.items():
        assert [row.id for row in rows] == ["q1", "q2"], f"{name}: the third claim has no judgement"
        assert figure(parts_of(rows, "nDCG@10")) == 1, name
    assert len(list((tmp_path / "kept-baselines").glob("*.npy"))) == 1
    again = scifact(folder, tmp_path / "kept", quiet)
    assert [row.measures for row in again["ours"]] == [row.measures for row in arms["ours"]]


def test_pages_of_reports_are_found_by_every_arm(tmp_path: Path) -> None:
    (tmp_path / "pdfs").mkdir()
    source = "Revenue grew by a tenth.\n#pagebreak()\nThe factory in Leeds makes bicycles.\n#pagebreak()\nThanks."
    (tmp_path / "pdfs" / "CYCLES_2020.pdf").write_bytes(typeset(source.encode()))
    write_rows(tmp_path / "queries.jsonl", [{"id": "f1", "text": "What does the factory make?"}])
    write_relevance(tmp_path / "qrels.tsv", [("f1", "CYCLES_2020#p2")])
    arms = financebench(tmp_path, None, quiet)
    assert len(arms) == 6
    for name, rows in arms.items():
        assert figure(parts_of(rows, "recall@5")) == 1, name


def test_files_that_are_missing_or_broken_are_named(tmp_path: Path) -> None:
    with pytest.raises(FieldFilesError, match=r"corpus\.jsonl is missing"):
        scifact(tmp_path, None, quiet)
    with pytest.raises(FieldFilesError, match=r"qrels\.tsv is missing"):
        read_relevance(tmp_path / "qrels.tsv")
    (tmp_path / "bad.jsonl").write_text("{}\n{", "utf-8")
    with pytest.raises(FieldFilesError, match="line 2"):
        read_rows(tmp_path / "bad.jsonl")
    write_rows(tmp_path / "queries.jsonl", [])
    write_relevance(tmp_path / "qrels.tsv", [])
    with pytest.raises(FieldFilesError, match="holds no PDF"):
        financebench(tmp_path, None, quiet)
