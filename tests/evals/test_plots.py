"""Results from files: read back, compared, drawn; and what is said when they cannot be."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from evals.plots import draw_plots, operating_point, quality_of
from evals.results import ResultsError, Row, as_json, read_results, write_results


def rows(right: int, milliseconds: float, confident: bool = True) -> list[Row]:
    """Twenty answerable questions and five others; so many facts are right, and the last two are refused."""
    return [
        Row(
            f"Q{n}",
            {"facts": (float(n < right), float(n < 20))},
            milliseconds,
            answerable=n < 20,
            refused=n >= 23,
            confidence=1 - n / 25 if confident else None,
        )
        for n in range(25)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_results(tmp_path / "before.json", {"starter": as_json(rows(12, 20, confident=False))})
    write_results(tmp_path / "after.json", {"starter": as_json(rows(18, 40))})
    return tmp_path


def invoke(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["evals", *arguments])
    return result.exit_code, result.output


def test_results_come_back_as_they_were_written(folder: Path) -> None:
    assert list(read_results(folder / "after.json")["starter"]) == rows(18, 40)


def test_two_files_are_compared_question_by_question(folder: Path) -> None:
    code, said = invoke("--compare", str(folder / "before.json"), str(folder / "after.json"))
    assert code == 0
    assert "starter: 25 questions" in said
    (line,) = [line for line in said.splitlines() if "facts" in line]
    cells = line.split()
    assert cells[:4] == ["facts", "0.600", "0.900", "+0.300"]
    assert float(cells[-1]) == pytest.approx(2 * 0.5**6, abs=0.005)
    assert max(map(len, said.splitlines())) <= 80


def test_files_that_share_nothing_are_not_compared(folder: Path) -> None:
    write_results(folder / "other.json", {"journals": as_json(rows(1, 1))})
    code, said = invoke("--compare", str(folder / "before.json"), str(folder / "other.json"))
    assert code == 1
    assert "share no question" in said


def test_what_is_no_result_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text(json.dumps({"starter": {"facts": 1}}), "utf-8")
    with pytest.raises(ResultsError, match=r"notes\.json holds no results"):
        read_results(tmp_path / "notes.json")
    code, said = invoke("--plot", str(tmp_path / "empty"))
    assert code == 1
    assert "holds no results" in said


def test_plots_are_drawn_beside_the_results_and_the_same_each_time(folder: Path) -> None:
    pytest.importorskip("matplotlib", reason="plots need the optional extra «evals»")
    drawn = draw_plots(folder)
    assert [path.name for path in drawn] == ["risk-coverage.svg", "quality-time.svg"]
    before = [path.read_bytes() for path in drawn]
    assert all(picture.startswith(b"<?xml") for picture in before)
    assert [path.read_bytes() for path in draw_plots(folder)] == before


def test_a_retrieval_set_has_a_quality_and_no_refusal(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="plots need the optional extra «evals»")
    found = [Row("Q1", {"nDCG@10": (0.5, 1), "recall@10": (1, 1)}, 3.0)]
    assert operating_point(found) is None
    assert quality_of(found) == "nDCG@10"
    write_results(tmp_path / "one.json", {"scifact/ours": as_json(found), "scifact/BM25": as_json(found)})
    assert [path.name for path in draw_plots(tmp_path)] == ["quality-time.svg"]


def test_the_choice_an_arm_made_is_a_point() -> None:
    assert operating_point(rows(20, 1)) == (23 / 25, 3 / 23)
    assert operating_point([Row("Q1", {}, 1.0, answerable=True, refused=True)]) is None
