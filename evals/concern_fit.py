"""Fits what tells a live concern by its meaning: `python -m evals.concern_fit` writes assistant/concern_weights.json.

A logistic regression (L2, balanced classes, Newton's method) over the embedding of the question. It learns from the
`tune` questions of concerns.jsonl; the golden questions and the tuning half of case-data.jsonl are no concerns.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from assistant.concern import WEIGHTS
from evals.guard import golden, read_case_data, read_concerns
from ingest.library import Library
from ingest.programme import load_programme
from ingest.settings import IngestSettings

PENALTY = 0.02
FOLDS = 10
SEED = 20261122
Values = npt.NDArray[np.float64]


def fit(vectors: Values, live: Values) -> Values:
    """Weights, the bias last."""
    rows = np.hstack([vectors, np.ones((len(vectors), 1))])
    share = np.where(live > 0, 0.5 / live.mean(), 0.5 / (1 - live.mean()))
    weights, ridge = np.zeros(rows.shape[1]), PENALTY * np.eye(rows.shape[1])
    ridge[-1, -1] = 1e-6
    for _ in range(30):
        chance = 1 / (1 + np.exp(-(rows @ weights)))
        slope = rows.T @ (share * (chance - live)) + ridge @ weights
        curve = (rows * (share * chance * (1 - chance))[:, None]).T @ rows + ridge
        weights -= np.linalg.solve(curve, slope)
    return weights


def held_out(vectors: Values, live: Values) -> Values:
    """Each question's score by weights that did not see it."""
    fold = np.random.default_rng(SEED).integers(0, FOLDS, len(live))
    scores = np.zeros(len(live))
    for one in range(FOLDS):
        weights = fit(vectors[fold != one], live[fold != one])
        scores[fold == one] = vectors[fold == one] @ weights[:-1] + weights[-1]
    return scores


def examples() -> list[tuple[str, bool]]:
    concerns = [(row.question, row.flagged) for row in read_concerns() if row.split == "tune"]
    harmless = [(row.question, False) for row in (*golden(), *read_case_data()) if row.split in ("golden", "tune")]
    return list(dict.fromkeys([*concerns, *harmless]))


def embedded(texts: Sequence[str]) -> tuple[Values, str]:
    with (
        TemporaryDirectory() as folder,
        Library.open(IngestSettings(data_dir=Path(folder)), load_programme()) as library,
    ):
        return np.asarray(library.embed(texts), dtype=np.float64), library.embedder.identity.sha256


def main() -> None:
    asked = examples()
    vectors, model = embedded([text for text, _ in asked])
    live = np.asarray([float(flagged) for _, flagged in asked])
    scores = held_out(vectors, live)
    for level in (-1.0, 0.0, 0.5, 1.0, 1.5, 2.0):
        print(
            f"{level:5.1f}: recall {(scores[live > 0] > level).mean():.2f}, alarms {(scores[live == 0] > level).sum()}"
        )
    weights = fit(vectors, live)
    rounded = [round(float(one), 4) for one in weights]
    WEIGHTS.write_text(json.dumps({"model": model, "bias": rounded[-1], "weights": rounded[:-1]}) + "\n", "utf-8")


if __name__ == "__main__":
    main()
