"""The load in small: ten seconds of eight clients against a service of their own."""

from pathlib import Path

from evals.load import load


def test_nothing_is_lost_while_eight_use_the_service_at_once(tmp_path: Path) -> None:
    ledger = load(tmp_path / "library", seconds=10, clients=8)
    assert ledger.faults == []
    seen = {what for what, _ in ledger.statuses}
    assert {"upload", "job", "ask", "search", "page", "picture"} <= seen
