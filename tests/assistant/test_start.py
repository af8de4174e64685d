"""Reading paths, glossary and timeline over the starter documents, and over a library that knows nothing of them."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.start.headings import find_heading
from assistant.start.keeper import Guide, GuideKeeper
from assistant.start.paths import is_answered
from assistant.types import Question
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from tests.ingest.pdfs import make_pdf, report


@pytest.fixture(scope="module")
def guide(corpus_library: Library, corpus_assistant: Assistant, programme: Programme) -> Iterator[Guide]:
    keeper = GuideKeeper(corpus_library, corpus_assistant, programme)
    keeper.start()
    made = keeper.guide(wait=300)
    assert made is not None
    yield made
    keeper.stop()


def test_each_role_has_a_path_of_parts_that_are_there(guide: Guide, corpus_assistant: Assistant) -> None:
    shelf = corpus_assistant.shelf()
    assert [path.id for path in guide.paths] == ["frontline-practitioner", "manager", "commissioner", "coach"]
    for path in guide.paths:
        assert len(path.steps) == 6
        assert not path.left_out
        assert path.minutes == sum(step.reading.minutes for step in path.steps)
        for step in path.steps:
            assert step.reading.document_id in shelf.documents
            assert step.reading.minutes == max(1, math.ceil(step.reading.words / 230))
            assert len(step.questions) == 3


def test_a_question_counts_as_answered_by_its_words(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Question("Who pays for the programme?"))
    assert is_answered(answer, "Department for Education")
    assert not is_answered(answer, "the moon")
    assert not is_answered(corpus_assistant.ask(Question("How tall is Mount Everest?")), "")


def test_a_heading_is_found_by_its_beginning_and_never_in_the_contents(corpus_assistant: Assistant) -> None:
    shelf = corpus_assistant.shelf()
    found = find_heading("Keep doing the right", shelf)
    assert found is not None
    assert found.title == "Keep doing the right things"
    assert found.page > 2
    assert find_heading("The price of tea", shelf) is None
    assert find_heading("…", shelf) is None


def test_definitions_are_quoted_or_said_to_be_ours(guide: Guide, corpus_assistant: Assistant) -> None:
    terms = {entry.term: entry for entry in guide.glossary}
    assert len(terms) > 80
    conference = terms["Family group conference"]
    assert conference.definition.startswith("A meeting led by the family")
    for entry in guide.glossary:
        for one in entry.quotes:
            page = corpus_assistant.shelf().page(one.document_id, one.page)
            assert page is not None
            assert page.text[one.start : one.end] == one.quote
        assert entry.definition == " ".join(one.quote for one in entry.quotes) or not entry.quotes
    assert "circle" not in terms["Restorative circle"].marked
    assert "FGC" in conference.marked
    assert terms["SCIE"].names == ("Social Care Institute for Excellence",)


def test_every_date_of_the_timeline_stands_in_its_sentence(guide: Guide) -> None:
    assert len(guide.timeline) > 8
    for event in guide.timeline:
        assert event.date[:4] in event.line.text
        assert event.line.text.startswith(event.citation.quote)
    assert [event.months for event in guide.timeline] == sorted(event.months for event in guide.timeline)


def test_another_library_leaves_out_what_it_does_not_treat(tmp_path: Path, programme: Programme) -> None:
    with Library.open(IngestSettings(data_dir=tmp_path / "library"), programme) as library:
        added = library.add_bytes("boats.pdf", report("mending boats")).document_id
        keeper = GuideKeeper(library, Assistant(library, programme), programme)
        keeper.start()
        guide = keeper.guide(wait=300)
        assert guide is not None
        assert all(not path.steps for path in guide.paths)
        assert all(len(path.left_out) == 6 for path in guide.paths)
        assert guide.timeline == ()
        assert all(not entry.quotes for entry in guide.glossary)
        assert added is not None
        library.remove(added)
        assert keeper.guide() is None, "what came from a document that was removed must not be shown"
        keeper.stop()


def test_a_question_like_nothing_in_a_tiny_library_is_answered_with_silence(
    tmp_path: Path, programme: Programme
) -> None:
    with Library.open(IngestSettings(data_dir=tmp_path / "library"), programme) as library:
        library.add_bytes("team.pdf", make_pdf([["Second visits are made by the whole team."], []], "The team"))
        answer = Assistant(library, programme).ask(Question("What did Anne say about the provocations?"))
        assert answer.status == "no_evidence"
