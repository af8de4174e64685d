"""Statements as a person reads them."""

from dataclasses import replace

import pytest

from assistant.compose import Choice
from assistant.present import as_markdown, read_out
from assistant.rank import Candidate
from assistant.shelf import Shelf
from assistant.types import Statement
from assistant.units import Unit, UnitKind
from ingest.types import Span

SPANS = (Span(1, 0, 5),)


@pytest.fixture
def candidate(shelf: Shelf) -> Candidate:
    return Candidate(Unit(UnitKind.SENTENCE, "It works.", SPANS, 0), next(iter(shelf.chunks.values())), {}, 1.0)


def test_a_sentence_is_shown_as_it_stands(candidate: Candidate) -> None:
    assert read_out(Choice(candidate)) == "It works."


def test_a_sentence_that_needs_the_one_before_comes_behind_it(candidate: Candidate) -> None:
    assert read_out(Choice(candidate, Unit(UnitKind.SENTENCE, "It is new.", SPANS, 0))) == "It is new. It works."


def test_a_list_has_its_lead_and_bullets(candidate: Candidate) -> None:
    unit = Unit(UnitKind.LIST, "Aims:\nsafety\ntrust", SPANS, 0, before="Aims:", items=("safety", "trust"))
    assert read_out(Choice(replace(candidate, unit=unit))) == "Aims:\n- safety\n- trust"


def test_a_quote_has_its_speaker_behind_it(candidate: Candidate) -> None:
    unit = Unit(UnitKind.QUOTE, "“It works.”", SPANS, 0, speaker=Span(1, 6, 9), speaker_text="Chloe*, mother")
    assert read_out(Choice(replace(candidate, unit=unit))) == "“It works.” — Chloe*, mother"


@pytest.mark.parametrize(
    ("head", "row", "shown"),
    [
        ("Council | Teams | Beds", "Norfolk | 21 | 6", "Norfolk: 21 (Teams), 6 (Beds)"),
        ("2021 | 2022", "Children | 735 | 683", "Children: 735 (2021), 683 (2022)"),
        ("", "Norfolk | No Wrong Door | 6", "Norfolk: No Wrong Door, 6"),
        ("", "Norfolk", "Norfolk"),
    ],
)
def test_the_cells_of_a_row_stand_with_their_heads(candidate: Candidate, head: str, row: str, shown: str) -> None:
    text = f"{head}\n{row}" if head else row
    unit = Unit(UnitKind.ROW, text, SPANS, 0, before=head)
    assert read_out(Choice(replace(candidate, unit=unit))) == shown


def test_every_statement_is_followed_by_its_markers() -> None:
    statements = [Statement("It works.", (1,)), Statement("Norfolk: 6 (Beds)", (2, 3))]
    assert as_markdown(statements) == "It works. [1]\n\nNorfolk: 6 (Beds) [2][3]"
