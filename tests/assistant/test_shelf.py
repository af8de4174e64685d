"""What answers read of the library: a few chunks and pages at a time, the same as if all of it had been read."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event

from assistant.shelf import Shelf, open_shelf
from assistant.types import Filters
from ingest.library import Library
from ingest.programme import Programme
from ingest.records import StoredChunk
from tests.assistant.conftest import Converse


def _all(library: Library) -> list[StoredChunk]:
    return [stored for record in library.documents() for stored in library.chunks_of(record.id)]


def test_chunks_are_those_of_the_library_without_contents_pages(shelf: Shelf, corpus_library: Library) -> None:
    stored = _all(corpus_library)
    wanted = {one.id: one for one in stored if not one.chunk.context.lower().endswith("contents")}
    assert dict(shelf.chunks) == wanted
    assert shelf.chunks.fetch([one.id for one in stored]) == wanted
    assert list(shelf.chunks.fetch([3, 1, 10**9, 2])) == [i for i in (3, 1, 2) if i in wanted]
    assert 10**9 not in shelf.chunks


def test_chunks_that_name_most_councils_come_first(shelf: Shelf) -> None:
    councils = {one.id for one in shelf.knowledge.programme.councils}
    counts = [(i, len(councils & set(one.chunk.adopters))) for i, one in shelf.chunks.items()]
    wanted = sorted((row for row in counts if row[1] > 2), key=lambda row: (-row[1], row[0]))[:10]
    assert wanted
    assert shelf.naming_most(councils, Filters()) == wanted
    document = shelf.chunks[wanted[-1][0]].document_id
    filtered = shelf.naming_most(councils, Filters(documents=(document,)), limit=3)
    assert {shelf.chunks[i].document_id for i, _ in filtered} == {document}


def test_an_answer_reads_rows_by_their_ids(corpus_library: Library, converse: Converse) -> None:
    """No statement of an answer may read all documents or all chunks."""
    converse("What is a family group conference?")  # counts what is counted once a generation
    with _statements(corpus_library) as said:
        converse("Who leads the work with families at night?")
    assert said
    assert not [one for one in said if " WHERE " not in one and "FROM meta" not in one]


def test_what_was_read_ahead_is_not_read_again(corpus_library: Library, programme: Programme) -> None:
    shelf = open_shelf(corpus_library, programme)
    assert shelf.unread() == list(shelf.documents)
    for document in shelf.unread():
        shelf.read_ahead(document, lambda: False)
    with _statements(corpus_library) as said:
        units = [shelf.units(one.id, number) for one in shelf.documents.values() for number in range(1, one.pages + 1)]
    assert sum(map(len, units)) > 500
    assert not said


def test_reading_ahead_can_be_stopped(corpus_library: Library, programme: Programme) -> None:
    shelf = open_shelf(corpus_library, programme)
    document = next(iter(shelf.documents))
    with _statements(corpus_library) as said:
        shelf.read_ahead(document, lambda: True)
    assert not said


@contextmanager
def _statements(library: Library) -> Iterator[list[str]]:
    """What is asked of the library's file in the meantime."""
    said: list[str] = []

    def note(_c: Connection, _cursor: object, statement: str, *_: object) -> None:
        said.append(" ".join(statement.split()))

    event.listen(library.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(library.engine, "before_cursor_execute", note)
