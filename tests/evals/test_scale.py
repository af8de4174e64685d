"""The scale in small: 1,000 chunks made of the starter documents are a library like any other."""

import shutil
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from evals.multiplying import SLACK, multiply
from evals.scale import questions
from evals.scale_vectors import recall
from ingest.doctor import examine
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings
from ingest.store import rarer, words
from ingest.store.opening import FILE_NAME

CHUNKS = 1_000


@pytest.fixture(scope="module")
def grown(corpus_library: Library, programme: Programme, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A copy of the starter documents' library, multiplied; some documents read, the rest made of their pages."""
    folder = tmp_path_factory.mktemp("grown")
    shutil.copytree(corpus_library.files.folder, folder / "files")
    with corpus_library.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as database:
        database.execute(text("VACUUM INTO :copy"), {"copy": str(folder / FILE_NAME)})
    with pytest.MonkeyPatch.context() as patch, Library.open(IngestSettings(data_dir=folder), programme) as library:
        patch.setattr("evals.multiplying.READ", 3)
        library.nearest.rebuild()
        multiply(library, CHUNKS)
        yield library


def test_it_has_as_many_chunks_as_were_asked_for_and_the_doctor_finds_it_sound(
    grown: Library, programme: Programme
) -> None:
    assert CHUNKS - SLACK <= grown.counts()[1] <= CHUNKS
    assert len([record for record in grown.documents() if record.format == "markdown"]) > 5
    assert examine(grown.settings, programme) == []


def test_a_made_document_speaks_of_other_councils_with_its_own_figures(grown: Library) -> None:
    made = [record for record in grown.documents() if record.format == "markdown"]
    texts = [stored.chunk.text for record in made for stored in grown.chunks_of(record.id)]
    assert len(set(texts)) > 0.95 * len(texts)
    named = [bool(stored.chunk.adopters) for record in made for stored in grown.chunks_of(record.id)]
    assert 0 < sum(named) < 0.3 * len(named)  # in passing


def test_the_index_finds_the_ten_nearest(grown: Library) -> None:
    assert recall(grown, [one.turns[0] for one in questions(12)]).recall >= 0.99  # of two as near it may have either


def test_few_rows_are_ranked_whatever_their_words(grown: Library) -> None:
    query = " OR ".join(map(words.quote_term, ("families", "children", "reunification")))
    with grown.connect() as connection:
        assert rarer.narrowed(connection, query) == query


@pytest.mark.parametrize("asked", ["reunification of children and families", "how is staff training paid for"])
def test_the_rarer_words_choose_and_every_word_ranks(
    grown: Library, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = " OR ".join(map(words.quote_term, asked.split()))
    with grown.connect() as connection:
        whole = dict(words.find(connection, query, CHUNKS))
        monkeypatch.setattr(rarer, "RANKED", 200)
        monkeypatch.setattr(rarer, "ENOUGH", 1)
        assert rarer.narrowed(connection, query) != query
        found = words.find(connection, query, CHUNKS)
    assert 0 < len(found) < len(whole)
    assert found[0][0] == next(iter(whole))
    best = found[0][1] / whole[found[0][0]]
    assert all(score / whole[chunk] == pytest.approx(best) for chunk, score in found)


def test_where_every_word_is_common_several_together_choose(grown: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    query = " OR ".join(map(words.quote_term, ("families", "children", "council")))
    with grown.connect() as connection:
        whole = [chunk for chunk, _ in words.find(connection, query, 10)]
        monkeypatch.setattr(rarer, "RANKED", 100)
        narrowed = rarer.narrowed(connection, query)
        found = words.find(connection, query, 10)
    assert " AND " in narrowed
    assert found
    assert {chunk for chunk, _ in found} & set(whole)


@pytest.mark.parametrize(("few", "held"), [(10, 100_000), (10, 100), (CHUNKS, 100), (CHUNKS, 100_000)])
def test_documents_asked_for_among_many_are_searched_alone(
    grown: Library, monkeypatch: pytest.MonkeyPatch, few: int, held: int
) -> None:
    """Through the index, from vectors kept in memory, and from vectors read in parts."""
    monkeypatch.setattr("ingest.nearest.FEW", few)
    monkeypatch.setattr("ingest.nearest.HELD", held)
    monkeypatch.setattr("ingest.exact.AT_ONCE", 150)
    monkeypatch.setattr("ingest.nearest.MOST_LEFT_OUT", 10)
    wanted = frozenset(record.id for record in grown.documents() if record.format == "markdown")
    vector = grown.embed(["How many children went home?"])[0]
    found = grown.find_nearest(vector, 10, wanted)
    exact = [hit for hit in grown.find_nearest(vector, CHUNKS) if grown.chunks([hit[0]])[0].document_id in wanted]
    assert [chunk for chunk, _ in found] == [chunk for chunk, _ in exact[:10]]
