"""What the pipeline is measured against, over the same texts in the same run: plain vectors and plain word search."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.field.files import FieldFilesError
from ingest.embedding import Vectors
from ingest.library import Library
from ingest.store.words import quote_term

POOL = 300  # chunks taken from a ranking before each page or text counts once

# A question's words → keys of what was found (a text, a page), best first, each once or more
Search = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a baseline ranks: texts, and the key of the page or abstract that each is a part of."""

    texts: tuple[str, ...]
    keys: tuple[str, ...]


def cache_beside(data_dir: Path | None) -> Path | None:
    """Where the vectors of a kept library's baselines lie: not inside, the library's folder is the library's."""
    return data_dir.with_name(f"{data_dir.name}-baselines") if data_dir else None


def plain_vectors(pieces: Pieces, library: Library, cache: Path | None) -> Search:
    """Cosine of the shipped model's vectors, nothing else; the vectors are kept in the folder `cache`."""
    matrix = embedded(pieces.texts, library, cache)

    def search(question: str) -> Sequence[str]:
        scores = matrix @ library.embed([question])[0]
        return [pieces.keys[row] for row in np.argsort(-scores, kind="stable")[:POOL]]

    return search


def embedded(texts: Sequence[str], library: Library, cache: Path | None) -> Vectors:
    if cache is None:
        return library.embed(texts)
    digest = hashlib.sha256("\0".join((library.embedder.identity.sha256, *texts)).encode()).hexdigest()
    kept = cache / f"vectors-{digest[:16]}.npy"
    if kept.is_file():
        found: Vectors = np.load(kept)
        return found
    cache.mkdir(parents=True, exist_ok=True)
    vectors = library.embed(texts)
    np.save(kept, vectors)
    return vectors


def bm25(pieces: Pieces, k1: float = 0.9, b: float = 0.4) -> Search:
    """bm25s with the English Snowball stemmer; k1 and b as Anserini sets them for BEIR."""
    try:
        import bm25s
    except ImportError as error:
        raise FieldFilesError('bm25s is not installed: run `make setup`, or `pip install -e ".[dev]"`.') from error
    from snowballstemmer import stemmer

    stem = stemmer("english").stemWords

    def words(texts: Sequence[str]) -> list[list[str]]:
        found: list[list[str]] = bm25s.tokenize(
            list(texts), stemmer=stem, return_ids=False, show_progress=False, token_pattern=r"(?u)\b\w+\b"
        )
        return found

    index = bm25s.BM25(k1=k1, b=b)
    index.index(words(pieces.texts), show_progress=False)

    def search(question: str) -> Sequence[str]:
        asked = words([question])
        if not asked[0]:
            return []
        rows, scores = index.retrieve(asked, k=min(POOL, len(pieces.texts)), show_progress=False)
        return [pieces.keys[int(row)] for row, score in zip(rows[0], scores[0], strict=True) if score > 0]

    return search


def chunk_vectors(library: Library, key_of: Callable[[str, int], str]) -> Search:
    """The library's own chunks by their vectors alone."""

    def search(question: str) -> Sequence[str]:
        return _keys(library, library.find_nearest(library.embed([question])[0], POOL), key_of)

    return search


def chunk_words(library: Library, key_of: Callable[[str, int], str]) -> Search:
    """The library's own chunks by FTS5's BM25 alone, any word of the question."""

    def search(question: str) -> Sequence[str]:
        words = dict.fromkeys("".join(c if c.isalnum() else " " for c in question).split())
        expression = " OR ".join(quote_term(word) for word in words)
        return _keys(library, library.find_words(expression, POOL) if expression else [], key_of)

    return search


def _keys(library: Library, found: Sequence[tuple[int, float]], key_of: Callable[[str, int], str]) -> list[str]:
    stored = library.chunks([chunk_id for chunk_id, _ in found])
    return [key_of(one.document_id, one.chunk.page) for one in stored]
