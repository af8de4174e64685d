"""The vectors of sentences: made with the chunk's own, stored and removed with it, made anew by a rebuild."""

from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import func, select, text

from ingest.chunk_vectors import embed_chunks
from ingest.doctor import examine
from ingest.embedding import Embedder, embedded_text
from ingest.library import Library
from ingest.programme import Programme
from ingest.rebuild import rebuild_indexes
from ingest.records import StoredChunk
from ingest.settings import IngestSettings
from ingest.store.schema import SentenceRow
from ingest.store.sentences import pack
from ingest.types import Chunk, Span
from tests.ingest.conftest import Open
from tests.ingest.old import become
from tests.ingest.pdfs import report

TEXTS = [
    "The service opened in May. It has two teams. Children are seen at home.",
    "Heading\nOne short line.",
    "",
    "word " * 400 + "A sentence that the model never reads.",
]
SPANS = [[(0, 26), (27, 44), (45, 71)], [(8, 23)], [], [(0, 4), (2000, 2038)]]


@pytest.fixture(scope="module")
def embedder(corpus_library: Library) -> Embedder:
    return corpus_library.embedder


def _sentence_rows(library: Library) -> int:
    with library.connect() as connection:
        return connection.execute(select(func.count()).select_from(SentenceRow)).scalar_one()


def _stored(library: Library) -> list[StoredChunk]:
    return [stored for record in library.documents() for stored in library.chunks_of(record.id)]


def test_vectors_of_texts_are_those_that_embed_makes(embedder: Embedder) -> None:
    told: list[tuple[int, int]] = []
    vectors, _ = embedder.embed_with_sentences(TEXTS, SPANS, lambda done, total: told.append((done, total)))
    np.testing.assert_allclose(vectors, embedder.embed(TEXTS), atol=1e-5)
    assert told == [(1, 4), (4, 4)]  # the longest alone


def test_each_span_has_a_vector_and_what_is_not_read_one_of_zeros(embedder: Embedder) -> None:
    _, sentences = embedder.embed_with_sentences(TEXTS, SPANS)
    assert [rows.shape for rows in sentences] == [(3, 384), (1, 384), (0, 384), (2, 384)]
    lengths = [float(length) for rows in sentences for length in np.linalg.norm(rows, axis=1)]
    assert lengths == pytest.approx([1, 1, 1, 1, 1, 0])


def test_the_whole_text_as_one_span_is_near_the_text_itself(embedder: Embedder) -> None:
    vectors, sentences = embedder.embed_with_sentences(TEXTS[:1], [[(0, len(TEXTS[0]))]])
    assert float(vectors[0] @ sentences[0][0]) > 0.98  # but for the two tokens that stand for no word


def test_a_sentence_is_nearest_to_what_it_says(embedder: Embedder) -> None:
    _, sentences = embedder.embed_with_sentences(TEXTS[:1], SPANS[:1])
    questions = embedder.embed(["When did it open?", "How many teams are there?", "Where are children seen?"])
    assert (questions @ sentences[0].T).argmax(axis=1).tolist() == [0, 1, 2]


def test_a_model_whose_tokens_cannot_be_told_apart_has_no_sentences() -> None:
    embedder = Embedder()
    embedder._model = _without_offsets(embedder)
    vectors, sentences = embedder.embed_with_sentences(TEXTS, SPANS)
    np.testing.assert_allclose(vectors, embedder.embed(TEXTS), atol=1e-5)
    assert [len(rows) for rows in sentences] == [3, 1, 0, 2]
    assert not any(rows.any() for rows in sentences)


def _without_offsets(embedder: Embedder) -> object:
    """The model as it would be with its vector taken from the first token."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling

    transformer, pooling, *_ = list(embedder._model)
    return SentenceTransformer(modules=[transformer, Pooling(pooling.embedding_dimension, "cls")], device="cpu")


def test_sentences_are_packed_finely_enough() -> None:
    vectors = np.random.default_rng(4).normal(size=(3, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors[1] = 0
    packed = pack([Span(1, 0, 5), Span(1, 6, 9), Span(2, 0, 7)], vectors)
    assert np.frombuffer(packed.spans, "<i4").tolist() == [1, 0, 5, 2, 0, 7]
    read = np.frombuffer(packed.vectors, "<i1").reshape(2, -1).astype(np.float32)
    read /= np.linalg.norm(read, axis=1, keepdims=True)
    assert (read * vectors[[0, 2]]).sum(axis=1).min() > 0.9999


def test_a_chunk_without_a_sentence_is_packed_as_nothing() -> None:
    packed = pack([], np.zeros((0, 384), dtype=np.float32))
    assert (packed.spans, packed.vectors) == (b"", b"")


def test_sentences_stand_where_their_chunk_says(corpus_library: Library) -> None:
    for stored in _stored(corpus_library)[:100]:
        spans = corpus_library.sentences([stored.id])[stored.id].spans.tolist()
        page = corpus_library.page(stored.document_id, stored.chunk.page).text
        assert spans == sorted(spans)
        for number, start, end in spans:
            assert page[start:end] == page[start:end].strip() != ""
            assert page[start:end] in stored.chunk.text
            assert any(s.page == number and s.start <= start and end <= s.end for s in stored.chunk.spans)


def test_what_is_stored_is_what_the_model_makes(corpus_library: Library) -> None:
    stored = _stored(corpus_library)[:8]
    found = corpus_library.sentences([one.id for one in stored])
    vectors, _ = embed_chunks(corpus_library.embedder, [one.chunk for one in stored])
    np.testing.assert_allclose(vectors, corpus_library.embed([embedded_text(one.chunk) for one in stored]), atol=1e-5)
    for one, vector in zip(stored, vectors, strict=True):
        sentences = found[one.id]
        assert len(sentences.spans) == len(sentences.vectors) > 0
        assert np.linalg.norm(sentences.vectors, axis=1) == pytest.approx(1, abs=1e-5)
        assert float((sentences.vectors @ vector).max()) > 0.5


def test_chunks_of_more_than_one_batch_keep_their_order(embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.chunk_vectors.AT_ONCE", 2)
    chunks = [
        Chunk(number, None, None, (Span(1, 0, len(text)),), text, "") for number, text in enumerate(TEXTS[:2] * 2)
    ]
    told: list[tuple[int, int]] = []
    vectors, packed = embed_chunks(embedder, chunks, lambda done, total: told.append((done, total)))
    np.testing.assert_allclose(vectors, embedder.embed(TEXTS[:2] * 2), atol=1e-5)
    assert [len(one.spans) // 12 for one in packed] == [3, 1, 3, 1]
    assert told == [(2, 4), (4, 4)]


def test_sentences_go_with_their_chunks(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    old = [one.id for one in library.chunks_of(library.documents()[1].id)]
    assert library.sentences(old).keys() == set(old)
    library.add_bytes("night duty.pdf", report("day duty"))
    assert library.sentences(old) == {}
    assert _sentence_rows(library) == library.counts()[1]
    for record in library.documents():
        library.remove(record.id)
    assert _sentence_rows(library) == 0


@pytest.mark.parametrize(
    "fault", ["DELETE FROM sentences WHERE chunk_id > 1", "UPDATE sentences SET vectors = x'01' WHERE chunk_id > 1"]
)
def test_missing_sentences_are_told_and_made_by_a_rebuild(
    open_library: Open, data_dir: Path, programme: Programme, fault: str
) -> None:
    library = open_library(data_dir)
    ids = [one.id for one in _stored(library)]
    before = library.sentences(ids)
    with library.begin() as connection:
        connection.execute(text(fault))
    (finding,) = examine(IngestSettings(data_dir=data_dir), programme)
    assert (finding.severity, "sentences" in finding.what) == ("warning", True)
    assert "assistant rebuild" in finding.mend
    rebuild_indexes(library)
    after = library.sentences(ids)
    assert all(np.array_equal(after[one].spans, before[one].spans) for one in ids)
    assert all(np.allclose(after[one].vectors, before[one].vectors, atol=0.02) for one in ids)
    assert examine(IngestSettings(data_dir=data_dir), programme) == []


def test_another_model_makes_sentences_anew(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    ids = [one.id for one in _stored(library)]
    with library.begin() as connection:
        connection.execute(text("UPDATE meta SET value = 'another' WHERE key = 'model_sha256'"))
        connection.execute(text("UPDATE sentences SET vectors = zeroblob(length(vectors))"))
    rebuild_indexes(library)
    assert all(found.vectors.any(axis=1).all() for found in library.sentences(ids).values())


def test_a_library_of_before_gets_the_table_and_answers_without_it(open_library: Open, data_dir: Path) -> None:
    library = open_library(data_dir)
    ids = [one.id for one in _stored(library)]
    with library.begin() as connection:
        connection.execute(text("DROP TABLE sentences"))
        connection.execute(text("DROP TABLE terms"))
        become(connection, "2")
    library.close()
    library = open_library(data_dir)
    assert library.sentences(ids) == {}
    assert library.find_nearest(library.embed(["night duty"])[0], 1)
