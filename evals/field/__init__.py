"""The whole pipeline on public question sets that this project never saw, beside baselines measured in the same run."""

from evals.field.command import main

__all__ = ["main"]
