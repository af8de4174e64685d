"""A library that changes under the assistant: digests step aside and come back, and lost pages are not cited."""

import pytest
from sqlalchemy import delete, event

from assistant.assistant import Assistant
from assistant.types import Answer, Question
from ingest.library import Library
from ingest.programme import Programme
from ingest.store.schema import PageRow
from tests.ingest.pdfs import make_pdf

ASKED = "How many beds does the Norwich hub have?"


def hub(beds: str) -> list[str]:
    """The lines of a page."""
    return [
        f"The Norwich hub of New Roads has {beds} beds for young people in Norfolk.",
        "It works with their families every day, and with their schools.",
    ]


@pytest.fixture
def assistant(library: Library, programme: Programme) -> Assistant:
    return Assistant(library, programme)


def files(answer: Answer) -> set[str]:
    """The files from which an answer cites or lists anything."""
    return {c.file_name for c in (*answer.citations, *(passage.citation for passage in answer.passages))}


def test_an_empty_library_answers_nothing(assistant: Assistant) -> None:
    answer = assistant.ask(Question(ASKED))
    assert (answer.status, answer.citations, answer.passages) == ("no_evidence", (), ())
    assert assistant.search("hub") == ()


def test_a_digest_steps_aside_for_its_original_and_comes_back(
    library: Library, assistant: Assistant, programme: Programme
) -> None:
    digest = programme.digests[0]
    library.add_bytes(digest.file, make_pdf([hub("six")], "A digest"))
    before = assistant.ask(Question(ASKED))
    assert files(before) == {digest.file}
    assert "six beds" in before.answer

    added = library.add_bytes(digest.original_file, make_pdf([hub("seven")], digest.original_title))
    beside = assistant.ask(Question(ASKED))
    assert files(beside) == {digest.original_file}
    assert "seven beds" in beside.answer
    assert "six" not in beside.answer
    assert {passage.citation.file_name for passage in assistant.search("hub")} == {digest.original_file}

    assert added.document_id is not None
    library.remove(added.document_id)
    after = assistant.ask(Question(ASKED))
    assert files(after) == {digest.file}
    assert after.answer == before.answer


def test_the_title_alone_tells_the_original(library: Library, assistant: Assistant, programme: Programme) -> None:
    digest = programme.digests[0]
    library.add_bytes(digest.file, make_pdf([hub("six")], "A digest"))
    library.add_bytes("scan.pdf", make_pdf([hub("seven")], digest.original_title.upper()))
    assert files(assistant.ask(Question(ASKED))) == {"scan.pdf"}


def test_the_digest_of_another_document_stays(library: Library, assistant: Assistant, programme: Programme) -> None:
    first, second = programme.digests[:2]
    library.add_bytes(first.file, make_pdf([hub("six")], "A digest"))
    library.add_bytes(second.original_file, make_pdf([hub("seven")], second.original_title))
    assert files(assistant.ask(Question(ASKED))) == {first.file, second.original_file}


def test_what_is_added_is_found_at_once_and_what_is_removed_is_gone(library: Library, assistant: Assistant) -> None:
    assert assistant.ask(Question(ASKED)).status == "no_evidence"
    added = library.add_bytes("hub.pdf", make_pdf([hub("six")]))
    assert assistant.ask(Question(ASKED)).status == "answered"
    assert added.document_id is not None
    library.remove(added.document_id)
    gone = assistant.ask(Question(ASKED))
    assert (gone.status, gone.citations, gone.passages) == ("no_evidence", (), ())


def test_a_page_that_is_lost_is_not_cited(library: Library, programme: Programme) -> None:
    pages = [hub("six"), ["The Dereham hub of New Roads has four beds for young people.", *hub("six")[1:]]]
    library.add_bytes("hub.pdf", make_pdf(pages))
    question = Question("How many beds does the Dereham hub have?")
    assert [c.page for c in Assistant(library, programme).ask(question).citations] == [2]
    with library.engine.begin() as connection:
        connection.execute(delete(PageRow).where(PageRow.number == 2))
    lost = Assistant(library, programme).ask(question)
    assert "four" not in lost.answer
    assert 2 not in {c.page for c in (*lost.citations, *(passage.citation for passage in lost.passages))}


def test_a_document_that_is_removed_while_a_question_runs_is_not_cited(library: Library, assistant: Assistant) -> None:
    """Removed by another thread, at the moment when its chunks are found."""
    doomed = library.add_bytes("a.pdf", make_pdf([hub("six")], "A report")).document_id
    library.add_bytes("b.pdf", make_pdf([["Another page, of the town and its market hall."]], "Another"))

    def remove(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "MATCH" in statement and doomed in {record.id for record in library.documents()}:
            library.remove(str(doomed))

    assistant.warm()
    event.listen(library.engine, "after_cursor_execute", remove)
    answer = assistant.ask(Question(ASKED))
    assert doomed not in {record.id for record in library.documents()}
    assert files(answer) <= {"b.pdf"}
