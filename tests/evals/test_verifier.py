"""The verifier against planted errors: what it lets through and what it takes away for nothing, held by a floor."""

import pytest
from rich.console import Console

from assistant.shelf import Shelf, open_shelf
from assistant.writing.verify import Verdict
from evals.planted import read_planted
from evals.verifier import Judged, judge_pairs, kinds_table, mistakes, totals_table
from ingest.library import Library
from ingest.programme import Programme

LEAST_CAUGHT = 0.94
MOST_WITHDRAWN = 0.32  # to be lowered with the verifier: the goal is 0.95 caught at 0.03 withdrawn
PAIRS = read_planted()


@pytest.fixture(scope="module")
def shelf(corpus_library: Library, programme: Programme) -> Shelf:
    return open_shelf(corpus_library, programme)


@pytest.fixture(scope="module")
def judged(shelf: Shelf) -> tuple[Judged, ...]:
    return judge_pairs(PAIRS, shelf)


def test_planted_errors_are_caught_and_true_statements_kept(judged: tuple[Judged, ...]) -> None:
    assert len(judged) >= 200
    assert sum(one.caught for one in judged) >= LEAST_CAUGHT * len(judged)
    assert sum(one.withdrawn for one in judged) <= MOST_WITHDRAWN * len(judged)


def test_what_is_withdrawn_says_why_and_what_is_shown_has_its_proof(judged: tuple[Judged, ...]) -> None:
    verdicts = [verdict for one in judged for verdict in (one.error, one.honest)]
    assert all(verdict.reason and not verdict.witnesses for verdict in verdicts if not verdict.supported)
    assert all(verdict.witnesses and not verdict.reason for verdict in verdicts if verdict.supported)


def test_a_verifier_that_says_the_same_of_all_is_told(shelf: Shelf) -> None:
    trusting = judge_pairs(PAIRS[:8], shelf, lambda *_: Verdict(True, None))
    strict = judge_pairs(PAIRS[:8], shelf, lambda *_: Verdict(False, "nothing is good enough"))
    assert [(one.caught, one.withdrawn) for one in trusting] == [(False, False)] * 8
    assert [(one.caught, one.withdrawn) for one in strict] == [(True, True)] * 8
    assert any("shown: " in line for line in mistakes(trusting))
    assert all("nothing is good enough" in line for line in mistakes(strict))


def test_the_half_for_reporting_is_not_shown(judged: tuple[Judged, ...]) -> None:
    told = {line.split()[0] for line in mistakes(judged)}
    assert told <= {pair.id for pair in PAIRS if pair.split == "tune"}


def test_the_tables_fit_a_terminal(judged: tuple[Judged, ...]) -> None:
    console = Console(width=80)
    with console.capture() as said:
        console.print(totals_table(judged))
        console.print(kinds_table(judged))
    assert all(len(line) <= 80 for line in said.get().splitlines())
    assert {"all", "tune", "report", "subtle", "starter"} <= set(said.get().split())
