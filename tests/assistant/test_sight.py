"""Golden questions, asked by a reader: closed documents that speak of the same things change no letter of an answer."""

import random
import shutil
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from assistant.assistant import Assistant
from assistant.shelves import SIGHTS_KEPT
from assistant.types import NOTHING_MORE, Question
from evals.collections import compare
from evals.sets import starter_set
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from tests.closed import CLOSED, MINUTES, SECRET, add

SAMPLE = 10


@pytest.fixture(scope="module")
def having(
    corpus_library: Library, programme: Programme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    """The starter documents, and beside them closed ones."""
    folder = tmp_path_factory.mktemp("sight") / "library"
    folder.mkdir()
    with corpus_library.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(
            text("VACUUM INTO :path"), {"path": str(folder / "library.db")}
        )
    shutil.copytree(corpus_library.files.folder, folder / "files")
    with Library.open(IngestSettings(data_dir=folder), programme) as library:
        library.collections.make("Kinship team")
        add(library, "secret.txt", SECRET, CLOSED)
        add(library, "minutes.txt", MINUTES, CLOSED)
        yield library


def test_golden_questions_are_answered_as_without_closed_documents(
    corpus_assistant: Assistant, having: Library, programme: Programme
) -> None:
    """A part of them; `assistant evals collections` asks them all."""
    questions = random.Random(7).sample([one.turns[-1] for one in starter_set().questions], SAMPLE)
    different, _ = compare(corpus_assistant, Assistant(having, programme), questions)
    assert not different


def test_shelves_are_shared_by_who_sees_the_same_and_follow_a_move_at_once(
    having: Library, programme: Programme
) -> None:
    assistant = Assistant(having, programme)
    one, other = assistant.shelf(NOTHING_MORE), assistant.shelf(frozenset({"nobody-knows"}))
    assert one is other
    assert len(assistant.shelf(frozenset({CLOSED})).documents) == len(one.documents) + 2
    asked = Question("What did the Zzyzx council do?", answerer="quotes")
    (document, *_) = [record.id for record in having.documents() if record.file_name == "secret.txt"]
    having.collections.move(document, "")
    assert "7,391" in assistant.ask(Question("How many kinship placements?"), sight=NOTHING_MORE).answer
    having.collections.move(document, CLOSED)
    for answer in (assistant.ask(asked, sight=NOTHING_MORE), assistant.ask(asked, sight=frozenset({"other"}))):
        assert document not in {cited.document_id for cited in answer.citations}
        assert document not in {passage.citation.document_id for passage in answer.passages}
    for number in range(2 * SIGHTS_KEPT):
        assistant.shelf(frozenset({f"c{number}"}))
    assert assistant.shelf(NOTHING_MORE) is assistant.shelf(frozenset({"another"}))
