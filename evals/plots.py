"""Two plots of results, where looking beats reading: risk against coverage, and quality against time.

matplotlib is the optional extra `evals`, and is imported only when a plot is drawn.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from evals.calibration import Sure, risk_coverage
from evals.results import ResultsError, Row, names_of, parts_of, read_results
from evals.statistics import figure, interval

QUALITY = ("facts", "nDCG@10", "recall@5", "evidence")  # the first of these that a set has is its quality
_LETTERS = 7

Arms = Mapping[str, Sequence[Row]]


def draw_plots(folder: Path) -> list[Path]:
    """Draws every results file (*.json) of the folder into SVG files beside them. Raises ResultsError."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise ResultsError(f"{folder} holds no results: write some there first, with `--json {folder / 'NAME.json'}`.")
    sets: dict[str, dict[str, Sequence[Row]]] = {}
    for file in files:
        for name, rows in read_results(file).items():
            set_name, _, arm = name.partition("/")
            sets.setdefault(set_name, {})[f"{file.stem}, {arm}" if arm else file.stem] = rows
    drawn = [_risk(sets, folder / "risk-coverage.svg"), _quality(sets, folder / "quality-time.svg")]
    return [path for path in drawn if path is not None]


def sure_answers(rows: Sequence[Row]) -> list[Sure]:
    return [Sure(r.confidence, r.answerable) for r in rows if r.confidence is not None and r.answerable is not None]


def operating_point(rows: Sequence[Row]) -> tuple[float, float] | None:
    """(coverage, risk) of what was answered: the choice that the arm itself made."""
    judged = [row for row in rows if row.answerable is not None and row.refused is not None]
    answered = [row for row in judged if not row.refused]
    if not answered:
        return None
    return len(answered) / len(judged), sum(not row.answerable for row in answered) / len(answered)


def _risk(sets: Mapping[str, Arms], path: Path) -> Path | None:
    shown = {name: arms for name, arms in sets.items() if any(operating_point(rows) for rows in arms.values())}
    if not shown:
        return None
    picture, axes = _panels(len(shown))
    for axis, (name, arms) in zip(axes, shown.items(), strict=True):
        for number, (arm, rows) in enumerate(arms.items()):
            points = risk_coverage(sure_answers(rows))
            if points:
                across, up = zip(*points, strict=True)
                axis.step(across, up, where="pre", color=f"C{number}", label=arm)
            if at := operating_point(rows):
                axis.plot(*at, "o", color=f"C{number}", label=None if points else arm)
        axis.set(title=name, xlabel="share answered", ylabel="of those, not in the documents", xlim=(0, 1.02))
        axis.set_ylim(bottom=0)
        axis.legend(fontsize=_LETTERS)
    return _save(picture, path)


def _quality(sets: Mapping[str, Arms], path: Path) -> Path | None:
    picture, axes = _panels(len(sets))
    for axis, (name, arms) in zip(axes, sets.items(), strict=True):
        measure = quality_of(next(iter(arms.values())))
        for number, (arm, rows) in enumerate(arms.items()):
            parts = parts_of(rows, measure)
            value, sure = figure(parts), interval(parts)
            if value is not None:
                milliseconds = median(row.milliseconds for row in rows)
                axis.plot(milliseconds, value, "o", color=f"C{number}", label=arm)
                if sure is not None:
                    axis.plot([milliseconds] * 2, [sure.low, sure.high], color=f"C{number}", linewidth=0.8)
        axis.set(title=name, xlabel="median milliseconds", ylabel=f"{measure}, 95 % interval")
        axis.set_xlim(left=0)
        axis.legend(fontsize=_LETTERS)
    return _save(picture, path)


def quality_of(rows: Sequence[Row]) -> str:
    """The measure by which a set is judged first."""
    names = names_of(rows)
    if not names:
        raise ResultsError("A results file holds no figure: write it again with `--json`.")
    return next((name for name in QUALITY if name in names), names[0])


def _panels(count: int) -> tuple[Any, Sequence[Any]]:
    try:
        import matplotlib
    except ImportError as error:
        raise ResultsError(
            'Plots need matplotlib: `.venv/bin/pip install -c constraints.txt -e ".[evals]"`.'
        ) from error
    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "evals"  # the same results give the same bytes
    from matplotlib.figure import Figure

    picture = Figure(figsize=(5.2 * count, 4), layout="constrained")
    return picture, list(picture.subplots(1, count, squeeze=False)[0])


def _save(picture: Any, path: Path) -> Path:
    picture.savefig(path, format="svg", metadata={"Date": None})
    return path
