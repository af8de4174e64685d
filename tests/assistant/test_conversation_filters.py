"""Limits that are said in words: set, kept, stepped over, lifted."""

from dataclasses import replace

import pytest

from assistant.assistant import Assistant
from assistant.conversation import SILENCE, Standalone, merged, stand_alone
from assistant.types import Filters, Question, Turn
from ingest.library import Library
from ingest.programme import Programme
from ingest.records import DocumentRecord

ASKED = "Which councils adopted a model?"
NWD = Filters(models=("no-wrong-door",))


@pytest.fixture(scope="module")
def documents(corpus_library: Library) -> tuple[DocumentRecord, ...]:
    return tuple(corpus_library.documents())


def after(programme: Programme, documents: tuple[DocumentRecord, ...], *turns: str) -> Standalone:
    history: list[Turn] = []
    for turn in turns[:-1]:
        text = turn.removesuffix(" (refused)")
        history += [Turn("user", text), Turn("assistant", "So it is. [1]" if text == turn else f"{SILENCE}.")]
    return stand_alone(turns[-1], history, programme, documents)


def files(filters: Filters, documents: tuple[DocumentRecord, ...]) -> set[str]:
    return {record.file_name for record in documents if record.id in filters.documents}


@pytest.mark.parametrize(
    "turn",
    ["only No Wrong Door", "just NWD please", "No Wrong Door only", "limit it to No Wrong Door", "Only for NWD."],
)
def test_a_model(programme: Programme, documents: tuple[DocumentRecord, ...], turn: str) -> None:
    found = after(programme, documents, ASKED, turn)
    assert found.filters == NWD
    assert found.shown == f"{ASKED} (only No Wrong Door)"
    assert found.text == ASKED


@pytest.mark.parametrize(
    ("turn", "file"),
    [
        ("in issue 2 only", "digest-issue-2.pdf"),
        ("only issue 6", "digest-issue-6.pdf"),
        ("just the 2024 journal", "digest-issue-6.pdf"),
        ("only the handbook", "handbook.pdf"),
    ],
)
def test_a_document(programme: Programme, documents: tuple[DocumentRecord, ...], turn: str, file: str) -> None:
    assert files(after(programme, documents, ASKED, turn).filters, documents) == {file}


def test_a_council(programme: Programme, documents: tuple[DocumentRecord, ...]) -> None:
    assert after(programme, documents, ASKED, "just Coventry").filters == Filters(adopters=("coventry",))


@pytest.mark.parametrize(
    "turn",
    [
        "Only No Wrong Door: which councils adopted it?",
        "Which councils adopted a model, only in No Wrong Door?",
    ],
)
def test_with_a_question(programme: Programme, documents: tuple[DocumentRecord, ...], turn: str) -> None:
    found = after(programme, documents, turn)
    assert found.filters == NWD
    assert found.text.lower().startswith("which councils adopted")


@pytest.mark.parametrize(
    "turn",
    ["Which is the only London borough?", "Is it only Leeds that has conferences?", "Only Leeds?", "only the best"],
)
def test_not_every_only_is_a_limit(programme: Programme, documents: tuple[DocumentRecord, ...], turn: str) -> None:
    assert after(programme, documents, turn).filters == Filters()


def test_it_holds_for_ten_turns_and_thanks(programme: Programme, documents: tuple[DocumentRecord, ...]) -> None:
    turns = ["only No Wrong Door", *[f"How many hubs opened in 20{n}?" for n in range(14, 22)], "Thanks", ASKED]
    assert after(programme, documents, *turns).filters == NWD


@pytest.mark.parametrize("turn", ["all models again", "remove the filter", "everything again", "across all models"])
def test_it_is_lifted(programme: Programme, documents: tuple[DocumentRecord, ...], turn: str) -> None:
    assert after(programme, documents, "only No Wrong Door", ASKED, turn) == Standalone(ASKED)


@pytest.mark.parametrize("turn", ["What is Family Valued?", "When did Walsall go live?"])
def test_naming_another_lifts_it(programme: Programme, documents: tuple[DocumentRecord, ...], turn: str) -> None:
    assert after(programme, documents, "only No Wrong Door", turn).filters == Filters()
    assert after(programme, documents, "only No Wrong Door", turn, ASKED).filters == Filters()


def test_naming_another_issue_lifts_it(programme: Programme, documents: tuple[DocumentRecord, ...]) -> None:
    assert after(programme, documents, "only issue 6", "What did issue 2 say?").filters == Filters()
    assert after(programme, documents, "only issue 6", "What did issue 6 say?").filters.documents


def test_limits_of_two_kinds_hold_together(programme: Programme, documents: tuple[DocumentRecord, ...]) -> None:
    found = after(programme, documents, "only No Wrong Door", "in issue 2 only", ASKED)
    assert found.filters.models == NWD.models
    assert files(found.filters, documents) == {"digest-issue-2.pdf"}
    assert found.shown == f"{ASKED} (only No Wrong Door; only issue 2)"
    assert after(programme, documents, "only No Wrong Door", "in issue 2 only", "all issues", ASKED).filters == NWD


def test_another_of_the_same_kind_takes_its_place(programme: Programme, documents: tuple[DocumentRecord, ...]) -> None:
    found = after(programme, documents, "only No Wrong Door", "only Family Valued", ASKED)
    assert found.filters == Filters(models=("family-valued",))


def test_a_refused_question_is_asked_again_within_the_limit(
    programme: Programme, documents: tuple[DocumentRecord, ...]
) -> None:
    assert after(programme, documents, f"{ASKED} (refused)", "only No Wrong Door").text == ASKED


def test_words_go_before_the_filters_of_the_request() -> None:
    asked = Filters(models=("family-valued",), years=("2024",))
    assert merged(asked, NWD) == replace(asked, models=NWD.models)
    assert merged(asked, Filters()) == asked


def test_the_answer_keeps_to_the_limit_and_says_so(corpus_assistant: Assistant, corpus_library: Library) -> None:
    history = (Turn("user", "When did Our Place open?"), Turn("assistant", "In April 2020. [1]"))
    answer = corpus_assistant.ask(Question("in issue 6 only", history))
    assert answer.standalone_question == "When did Our Place open? (only issue 6)"
    assert {citation.file_name for citation in answer.citations} == {"digest-issue-6.pdf"}
