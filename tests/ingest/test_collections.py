"""What somebody sees of a library is a library of its own: its words, its vectors and the work of looking into it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import event, insert, select

from ingest.doctor import examine
from ingest.errors import CollectionError, UnknownCollectionError, UnknownDocumentError
from ingest.library import Library
from ingest.programme import Programme
from ingest.rebuild import rebuild
from ingest.settings import IngestSettings
from ingest.staging import Steps
from ingest.store.access import KeyRow
from ingest.store.words import quote_term
from ingest.view import LibraryView
from tests.closed import CLOSED, FILES, MINUTES, SECRET, WELCOME, add, fill
from tests.ingest.old import become
from tests.servers import settings_for

NOTHING_MORE: frozenset[str] = frozenset()
QUERIES = (
    *("Norfolk", "conferences", "Zzyzx", "placements", "family group"),
    " OR ".join(quote_term(word) for word in ("Leeds", "family group conference", "7,391", "children", "team")),
)


@pytest.fixture(scope="module", params=["folder", "servers"])
def libraries(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, programme: Programme
) -> Iterator[tuple[Library, Library]]:
    """Without closed documents, and with."""
    folder = tmp_path_factory.mktemp("sight")
    settings = settings_for(request, folder / "without"), settings_for(request, folder / "with")
    with Library.open(settings[0], programme) as without, Library.open(settings[1], programme) as having:
        fill(without, closed=False)
        fill(having, closed=True)
        yield without, having


def ordinals(view: LibraryView, found: list[tuple[int, float]]) -> list[tuple[str, int, float]]:
    """Chunks by their place, for each library numbers them in its own way."""
    home = {stored.id: stored for stored in view.chunks([chunk for chunk, _ in found])}
    assert len(home) == len(found)
    return [(home[chunk].document_id, home[chunk].chunk.ordinal, round(score, 9)) for chunk, score in found]


@contextmanager
def statements(library: LibraryView) -> Iterator[list[str]]:
    """All that the database is asked meanwhile."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(library.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(library.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("limit", [1, 5, 50])
def test_words_rank_as_if_nothing_else_were_there(libraries: tuple[Library, Library], query: str, limit: int) -> None:
    without, having = (library.seen_by(NOTHING_MORE) for library in libraries)
    query = query if " OR " in query else quote_term(query)
    found = [ordinals(view, view.find_words(query, limit)) for view in (without, having)]
    assert found[0] == found[1]
    assert found[0] == ordinals(without, libraries[0].find_words(query, limit)), "the index of all ranks the same"
    for document in FILES:
        ids = [record.id for record in without.documents() if record.file_name == document]
        assert ordinals(without, without.find_words(query, limit, ids)) == ordinals(
            having, having.find_words(query, limit, ids)
        )


def test_vectors_and_counts_are_those_of_the_part_that_is_seen(libraries: tuple[Library, Library]) -> None:
    without, having = (library.seen_by(NOTHING_MORE) for library in libraries)
    for text in ("kinship placements in Norfolk", "family group conferences"):
        vector = libraries[0].embed([text])[0]
        near = [ordinals(view, view.find_nearest(vector, 4)) for view in (without, having)]
        assert near[0] == near[1]
        everything = dict(libraries[1].nearest.find(vector, 100))
        mine = having.find_nearest(vector, 100)
        seen = {stored.id for stored in having.chunks(list(everything))}
        best = sorted(seen, key=lambda chunk: -everything[chunk])
        assert [chunk for chunk, _ in mine] == best, "none of what is seen is missed"
        assert np.allclose([score for _, score in mine], [everything[chunk] for chunk in best], atol=1e-5)
    for kind in ("word", "stem", "chunk"):
        assert without.count_terms(kind) == having.count_terms(kind)
        assert libraries[1].count_terms(kind) != having.count_terms(kind)
    assert without.counts() == having.counts() == libraries[0].counts()
    assert sorted(without.chunk_names()) == sorted(having.chunk_names())
    assert [replace(one, added_at="") for one in without.all_versions()] == [
        replace(one, added_at="") for one in having.all_versions()
    ], "the digest does not stand aside for an original that is not seen"


def test_the_same_is_done_for_what_is_not_seen_as_for_what_is_not_there(libraries: tuple[Library, Library]) -> None:
    """Statement for statement: no branch that takes longer."""
    view = libraries[1].seen_by(NOTHING_MORE)
    (closed, *_) = [record for record in libraries[1].documents() if record.collection]
    chunk = libraries[1].chunks_of(closed.id)[0].id
    looks: list[Callable[[str, int], object]] = [
        lambda document, _: view.document(document),
        lambda document, _: view.page(document, 1),
        lambda document, _: view.page_without_words(document, 1),
        lambda document, _: view.page_states(document),
        lambda document, _: view.articles(document),
        lambda document, _: view.file_path(document),
        lambda document, _: view.chunks_of(document),
        lambda _, number: view.chunks([number]),
        lambda _, number: view.sentences([number]),
        lambda document, _: view.find_words('"Norfolk"', 5, [document]),
        lambda document, _: view.find_nearest(np.ones(384, dtype=np.float32), 5, [document]),
        lambda document, _: view.known_among([document]),
    ]
    for look in looks:
        told = []
        for document, number in ((closed.id, chunk), ("0" * 16, 10**6)):
            with statements(view) as asked:
                try:
                    told.append(look(document, number))
                except UnknownDocumentError as error:
                    told.append(str(error).replace(document, "ID"))
            told.append(list(asked))
        assert told[:2] == told[2:]


def test_what_is_done_elsewhere_is_not_noticed(libraries: tuple[Library, Library]) -> None:
    library = libraries[1]
    before = {sight: library.seen_by(sight).part().key for sight in (None, NOTHING_MORE, frozenset({CLOSED}))}
    document = add(library, "more.txt", MINUTES + "More of it.", CLOSED)
    after = {sight: library.seen_by(sight).part().key for sight in before}
    library.remove(document)
    assert [before[sight] == after[sight] for sight in before] == [False, True, False]


def test_it_is_the_same_on_servers(library: Library, libraries: tuple[Library, Library]) -> None:
    fill(library, closed=True)
    view, without = library.seen_by(NOTHING_MORE), libraries[0]
    query, vector = QUERIES[-1], library.embed(["family group conferences"])[0]
    assert ordinals(view, view.find_words(query, 9)) == ordinals(without, without.find_words(query, 9))
    near = without.seen_by(NOTHING_MORE).find_nearest(vector, 9)
    assert ordinals(view, view.find_nearest(vector, 9)) == ordinals(without, near)
    assert view.count_terms("stem") == without.count_terms("stem")
    assert view.chunks_with_several_adopters() == []
    assert sorted(view.chunk_names()) == sorted(without.chunk_names())


def test_a_sight_is_never_widened(library: Library) -> None:
    library.collections.make("Kinship team")
    add(library, "secret.txt", SECRET, CLOSED)
    narrow = library.seen_by(NOTHING_MORE)
    for asked in (None, frozenset({CLOSED})):
        assert narrow.seen_by(asked).documents() == []
    assert len(library.seen_by(frozenset({CLOSED})).documents()) == 1


def test_moving_and_deleting(library: Library, programme: Programme) -> None:
    library.collections.make("Kinship team")
    first = add(library, "welcome.txt", WELCOME)
    second = library.add_bytes("welcome.txt", (WELCOME + "It goes on.").encode()).document_id
    assert second is not None
    copy = add(library, "welcome.txt", WELCOME, CLOSED)
    with pytest.raises(CollectionError, match="stands there already"):
        library.collections.move(second, CLOSED)
    with pytest.raises(CollectionError, match="still holds documents"):
        library.collections.delete(CLOSED)
    assert [one.id for one in library.collections.empty(CLOSED)] == [copy]
    assert library.files.holds(library.document(first).sha256), "another document has the same bytes"
    library.collections.move(second, CLOSED)
    assert {one.collection for one in library.all_versions()} == {CLOSED}, "earlier versions go along"
    assert library.seen_by(NOTHING_MORE).all_versions() == []
    again = add(library, "welcome.txt", WELCOME)
    assert again not in (first, copy), "a document that was moved keeps its id"
    rebuild(library, Steps(None, 0, 1))
    assert examine(library.settings, programme) == []
    library.collections.empty(CLOSED)
    with library.begin() as connection:
        key = {"hash": "h", "name": "n", "role": "reader", "created_at": "2026-01-01", "created_by": "local"}
        connection.execute(insert(KeyRow).values(id="k", collections=[CLOSED, "other"], **key))
        connection.execute(insert(KeyRow).values(id="all", collections=None, **key))
    library.collections.delete(CLOSED)
    with library.connect() as connection:
        granted = {row.id: row.collections for row in connection.execute(select(KeyRow.id, KeyRow.collections))}
    assert granted == {"k": ["other"], "all": None}, "another collection of this name is another one"
    with pytest.raises(UnknownCollectionError):
        library.collections.require(CLOSED)
    assert [one.id for one in library.all_versions()] == [again]
    assert library.add_bytes("a.txt", b"Into nowhere.", collection=CLOSED).status == "failed"


def test_a_library_of_schema_6_is_open_to_everybody(tmp_path: Path, programme: Programme) -> None:
    settings = IngestSettings(data_dir=tmp_path / "library")
    with Library.open(settings, programme) as library:
        document = add(library, "welcome.txt", WELCOME)
        counted = library.count_terms("stem")
        with library.begin() as connection:
            become(connection, "6")
    with Library.open(settings, programme) as library:
        view = library.seen_by(NOTHING_MORE)
        assert [record.id for record in view.documents()] == [document]
        assert view.count_terms("stem") == counted
        library.collections.make("Kinship team")
        assert add(library, "welcome.txt", WELCOME, CLOSED) != document
    assert [one for one in examine(settings, programme) if one.severity == "error"] == []
