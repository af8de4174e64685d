"""The gate: the starter questions, asked in process, may not be answered worse than the committed baseline says."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from assistant.assistant import Assistant
from evals.baseline import read_baseline, shortfalls
from evals.metrics import Outcome, figures
from evals.run import Bench, run
from evals.sets import starter_set
from evals.table import wrong_answers
from ingest.embedding import Vectors
from ingest.library import Library


class Remembering(dict[str, Vectors]):
    """The library's own vectors, each made once: questions on the same pages compare the same sentences."""

    def __init__(self, library: Library) -> None:
        self.make = library.embed

    def embed(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self]
        if new:
            self.update(zip(new, self.make(new), strict=True))
        return np.stack([self[text] for text in texts])


@pytest.fixture(scope="module")
def outcomes(corpus_library: Library, corpus_assistant: Assistant) -> Iterator[tuple[Outcome, ...]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(corpus_library, "embed", Remembering(corpus_library).embed)
        yield run(starter_set().questions, Bench(corpus_library, corpus_assistant))


def test_no_figure_falls_below_the_baseline(outcomes: tuple[Outcome, ...]) -> None:
    found = shortfalls(figures(outcomes), read_baseline()["starter"])
    assert found == [], "\n".join(wrong_answers(outcomes))


def test_every_quote_stands_where_its_citation_says(outcomes: tuple[Outcome, ...]) -> None:
    wrong = [
        (one.question.id, one.quotes, one.quotes_standing, one.offsets_right)
        for one in outcomes
        if not one.quotes == one.quotes_standing == one.offsets_right
    ]
    assert wrong == []


def test_nothing_is_said_without_a_citation_and_a_refusal_cites_nothing(outcomes: tuple[Outcome, ...]) -> None:
    for one in outcomes:
        assert one.marked == one.statements, one.question.id
        assert not (one.refused and one.quotes), one.question.id
