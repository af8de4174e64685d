"""How near a question is to a place in a chunk, from the stored vectors of its sentences."""

import numpy as np
import pytest

from assistant.meanings import Meanings
from ingest.embedding import Vectors
from ingest.library import Library
from ingest.records import StoredChunk
from ingest.types import Span


@pytest.fixture
def stored(corpus_library: Library) -> StoredChunk:
    """A chunk of several sentences."""
    chunks = [c for record in corpus_library.documents() for c in corpus_library.chunks_of(record.id)]
    found = corpus_library.sentences([chunk.id for chunk in chunks])
    return next(chunk for chunk in chunks if chunk.id in found and len(found[chunk.id].spans) > 3)


@pytest.fixture
def vector(corpus_library: Library) -> Vectors:
    vectors = corpus_library.embed(["How many children were supported?"])
    return np.asarray(vectors[0], dtype=np.float32)


def test_a_sentence_is_as_near_as_its_vector(corpus_library: Library, stored: StoredChunk, vector: Vectors) -> None:
    sentences = corpus_library.sentences([stored.id])[stored.id]
    meanings = Meanings(corpus_library, vector, [stored])
    for row, (page, start, end) in zip(sentences.vectors, sentences.spans.tolist(), strict=True):
        assert meanings.of(stored, [Span(page, start, end)]) == pytest.approx(float(row @ vector), abs=1e-6)


def test_several_sentences_count_by_their_length(corpus_library: Library, stored: StoredChunk, vector: Vectors) -> None:
    sentences = corpus_library.sentences([stored.id])[stored.id]
    places = [Span(*place) for place in sentences.spans.tolist()[:2]]
    mean = sum(row * (p.end - p.start) for row, p in zip(sentences.vectors[:2], places, strict=True))
    wanted = float(mean @ vector / np.linalg.norm(mean))
    meanings = Meanings(corpus_library, vector, [stored])
    assert meanings.of(stored, places) == pytest.approx(wanted, abs=1e-6)
    assert meanings.of(stored, [Span(places[0].page, places[0].start, places[1].end)]) == pytest.approx(wanted)


def test_where_there_is_no_sentence_there_is_no_meaning(
    corpus_library: Library, stored: StoredChunk, vector: Vectors
) -> None:
    meanings = Meanings(corpus_library, vector, [stored])
    assert meanings.of(stored, []) is None
    assert meanings.of(stored, [Span(10_000, 0, 50)]) is None
    assert Meanings(corpus_library, vector, []).of(stored, stored.chunk.spans) is None


def test_the_sentence_that_says_it_is_nearer_than_the_others(corpus_library: Library, stored: StoredChunk) -> None:
    places = [Span(*place) for place in corpus_library.sentences([stored.id])[stored.id].spans.tolist()]
    page = corpus_library.page(stored.document_id, stored.chunk.page).text
    for asked in places:
        vector = corpus_library.embed([page[asked.start : asked.end]])[0]
        meanings = Meanings(corpus_library, vector, [stored])
        ordered = sorted(places, key=lambda place: -(meanings.of(stored, [place]) or 0.0))
        assert asked in ordered[:2]
