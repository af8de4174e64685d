"""Filters keep what was not asked for out of the passages and out of the answer."""

import pytest

from assistant.assistant import Assistant
from assistant.types import Answer, Citation, Filters, Question
from ingest.library import Library
from ingest.records import StoredChunk

ASKED = "Which councils adopted No Wrong Door, and what do they report of it?"


def chunk_of(citation: Citation, library: Library) -> StoredChunk:
    """The chunk in which a passage lies."""
    for stored in library.chunks_of(citation.document_id):
        first, last = stored.chunk.spans[0], stored.chunk.spans[-1]
        if first.page == citation.page and (first.start, last.end) == (citation.start, citation.end):
            return stored
    raise AssertionError(f"no chunk holds {citation}")


def ask(assistant: Assistant, filters: Filters, text: str = ASKED) -> Answer:
    answer = assistant.ask(Question(text, filters=filters))
    assert answer.passages
    return answer


@pytest.mark.parametrize("model", ["no-wrong-door", "family-valued"])
def test_a_model(corpus_assistant: Assistant, corpus_library: Library, model: str) -> None:
    filters = Filters(models=(model,))
    found = [*ask(corpus_assistant, filters).passages, *corpus_assistant.search("family", filters)]
    assert all(model in chunk_of(passage.citation, corpus_library).chunk.models for passage in found)


def test_a_council(corpus_assistant: Assistant, corpus_library: Library) -> None:
    answer = ask(corpus_assistant, Filters(adopters=("walsall",)))
    assert all("walsall" in chunk_of(p.citation, corpus_library).chunk.adopters for p in answer.passages)


def test_one_of_several_councils_is_enough(corpus_assistant: Assistant, corpus_library: Library) -> None:
    councils = {"norfolk", "rochdale"}
    found = ask(corpus_assistant, Filters(adopters=tuple(councils))).passages
    held = [councils & set(chunk_of(passage.citation, corpus_library).chunk.adopters) for passage in found]
    assert all(held)
    assert set().union(*held) == councils


def test_a_document(corpus_assistant: Assistant, corpus_library: Library) -> None:
    for record in corpus_library.documents():
        answer = ask(corpus_assistant, Filters(documents=(record.id,)))
        cited = [*answer.citations, *(passage.citation for passage in answer.passages)]
        assert {citation.document_id for citation in cited} == {record.id}


def test_a_year(corpus_assistant: Assistant, corpus_library: Library) -> None:
    [year] = {(record.published or "")[:4] for record in corpus_library.documents()}
    assert ask(corpus_assistant, Filters(years=(year,))).status == "answered"


def test_all_filters_must_hold(corpus_assistant: Assistant, corpus_library: Library) -> None:
    digest = next(r for r in corpus_library.documents() if r.file_name == "digest-issue-2.pdf")
    filters = Filters(models=("no-wrong-door",), adopters=("norfolk",), documents=(digest.id,))
    for passage in ask(corpus_assistant, filters).passages:
        stored = chunk_of(passage.citation, corpus_library)
        assert stored.document_id == digest.id
        assert "no-wrong-door" in stored.chunk.models
        assert "norfolk" in stored.chunk.adopters


@pytest.mark.parametrize(
    "filters",
    [
        Filters(years=("1999",)),
        Filters(models=("no-such-model",)),
        Filters(adopters=("no-such-council",)),
        Filters(documents=("0123456789abcdef",)),
    ],
    ids=["year", "model", "council", "document"],
)
def test_a_filter_that_nothing_passes_leaves_nothing(corpus_assistant: Assistant, filters: Filters) -> None:
    answer = corpus_assistant.ask(Question(ASKED, filters=filters))
    assert (answer.status, answer.citations, answer.passages) == ("no_evidence", (), ())
    assert "listed below" not in answer.answer
    assert corpus_assistant.search(ASKED, filters) == ()


def test_the_same_question_is_answered_again_without_the_filter(corpus_assistant: Assistant) -> None:
    assert corpus_assistant.ask(Question(ASKED, filters=Filters(years=("1999",)))).status == "no_evidence"
    assert corpus_assistant.ask(Question(ASKED)).status == "answered"
