"""The committed baseline: a figure may rise above it, and never fall below."""

import json
from collections.abc import Mapping
from pathlib import Path

from evals.metrics import Figures
from evals.questions import FOLDER

BASELINE = FOLDER / "baseline.json"

# Higher is better for all of these. Time depends on the machine, so it is shown and never gated.
GATED = (
    "facts",
    "cited",
    "hit_at_1",
    "hit_at_5",
    "mrr",
    "statement_precision",
    "fact_recall",
    "quotes",
    "offsets",
    "marked",
    "refusal_precision",
    "refusal_recall",
)
WORDS_MAY_GROW = 1.15  # loose: facts must not be bought with answers that nobody reads
DECIMALS = 4

Baseline = Mapping[str, Mapping[str, float]]


def read_baseline(path: Path = BASELINE) -> Baseline:
    """Figures by question set; empty while none is committed."""
    if not path.exists():
        return {}
    baseline: Baseline = json.loads(path.read_text("utf-8"))
    return baseline


def write_baseline(measured: Mapping[str, Figures], path: Path = BASELINE) -> None:
    """Replaces the figures of the sets measured and keeps those of the others."""
    rows = {**read_baseline(path), **{name: gated_figures(one) for name, one in measured.items()}}
    path.write_text(json.dumps(rows, indent=2, sort_keys=True) + "\n", "utf-8")


def gated_figures(measured: Figures) -> dict[str, float]:
    """What the baseline keeps of a run; a figure for which nothing was counted is left out."""
    kept = {name: getattr(measured, name) for name in (*GATED, "words", "questions")}
    return {name: round(float(value), DECIMALS) for name, value in kept.items() if value is not None}


def shortfalls(measured: Figures, baseline: Mapping[str, float]) -> list[str]:
    """One sentence for each figure that is worse than the baseline allows."""
    now = gated_figures(measured)
    found = [
        f"{name} is {now.get(name, 0.0):.4f}, the baseline is {baseline[name]:.4f}."
        for name in GATED
        if name in baseline and now.get(name, 0.0) < baseline[name]
    ]
    if "words" in baseline and now.get("words", 0.0) > WORDS_MAY_GROW * baseline["words"]:
        found.append(f"words is {now['words']:.0f}, the baseline is {baseline['words']:.0f} and may grow by 15 %.")
    if "questions" in baseline and now["questions"] != baseline["questions"]:
        found.append(
            f"The set has {now['questions']:.0f} questions and the baseline {baseline['questions']:.0f}: "
            "run `assistant evals --update-baseline` and commit it."
        )
    return found
