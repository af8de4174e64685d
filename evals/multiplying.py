"""A library of any number of chunks: the starter documents as they are, and beside them documents made of them.

Each made document is a file, kept as an upload is, read by the real reader and cut by the real chunker, and it goes
through the store's own writing: the rows are those of any other document. Only its vectors are not made by the model,
which would take days: a sentence's vector is that of the sentence that it was made of, with noise, and a chunk's is the
mean of its sentences' by their length (the model's own pooling), with noise, of length 1.
"""

import hashlib
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from evals.multiplied import (
    PASSING,
    Made,
    Section,
    Sentence,
    Source,
    key_of,
    make_document,
    make_source,
    strip_sources,
)
from evals.questions import STARTER, read_questions
from ingest.chunks import chunk_document
from ingest.embedding import Vectors
from ingest.formats.read import read_flow
from ingest.library import Library
from ingest.pooling import normalised
from ingest.programme import CORPUS, Programme
from ingest.sentences import sentence_spans
from ingest.store import reads, writes
from ingest.store.sentences import PackedSentences, insert_sentences, pack
from ingest.store.vocabulary import lists_pages
from ingest.store.writes import NewDocument
from ingest.types import Chunk, Format, ParsedDocument, Span

PARAGRAPHS = 140  # of a document: about as many chunks
NOISE = 0.01  # of each of a vector's components, which are 0.05 long in the mean
AT_ONCE = 20  # documents a transaction
AHEAD = 8  # documents that each worker has made before they are asked for
MOST = 400  # chunks, more than a document has
SHORTEST = 6  # words of a sentence that is taken
OnDocuments = Callable[[int, int], None]
_maker: "Maker"  # of a worker


@dataclass(frozen=True, slots=True)
class Maker:
    """What documents are made of, and the vectors of its sentences."""

    source: Source
    vectors: Vectors
    programme: Programme
    folder: Path

    def make(self, number: int, paragraphs: int = PARAGRAPHS) -> "Written":
        made = make_document(number, self.source, paragraphs)
        path = self.folder / made.name
        data = made.text.encode()
        path.write_bytes(data)
        parsed = read_flow(path, Format.MARKDOWN, made.name)
        chunks = chunk_document(parsed, self.programme)
        vectors, packed = self._vectors(made, chunks, np.random.default_rng(number))
        return Written(path, hashlib.sha256(data).hexdigest(), parsed, chunks, vectors, packed)

    def _vectors(
        self, made: Made, chunks: Sequence[Chunk], rng: np.random.Generator
    ) -> tuple[Vectors, list[PackedSentences]]:
        found = np.zeros((len(chunks), self.vectors.shape[1]), dtype=np.float32)
        packed: list[PackedSentences] = []
        row = 0  # a heading has the vector of the sentence before it: it has none of its own
        for number, chunk in enumerate(chunks):
            places = list(_places(chunk))
            rows: list[int] = []
            for text, _ in places:
                row = made.rows.get(key_of(text), row)
                rows.append(row)
            sentences = _noisy(self.vectors[rows], rng)
            weights = np.array([len(text) for text, _ in places], dtype=np.float32)
            found[number] = _noisy((weights @ sentences).reshape(1, -1) / weights.sum(), rng)[0]
            packed.append(pack([span for _, span in places], sentences))
        return found, packed


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was made and read."""

    path: Path
    sha256: str
    parsed: ParsedDocument
    chunks: Sequence[Chunk]
    vectors: Vectors
    sentences: Sequence[PackedSentences]


def multiply(
    library: Library, chunks: int, progress: OnDocuments = lambda done, wanted: None, workers: int = 1
) -> None:
    """Adds the starter documents, and then others until the library holds nearly so many chunks, never more.

    `workers` processes make documents; this one writes them, as an ingest does: the truth first, then Chroma.
    """
    library.add(sorted(CORPUS.glob("*.pdf")))
    with TemporaryDirectory(dir=library.files.folder, prefix=".staging-") as folder:
        maker = read_maker(library, Path(folder))
        documents, held = library.counts()
        with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (maker,)) as pool:
            numbers = iter(count(documents))
            waiting = deque(pool.submit(_make, next(numbers)) for _ in range(workers * AHEAD))
            batch: list[Written] = []
            while held + sum(len(one.chunks) for one in batch) < chunks - MOST:
                batch.append(waiting.popleft().result())
                waiting.append(pool.submit(_make, next(numbers)))
                if len(batch) == AT_ONCE:
                    held += _write(library, batch)
                    batch = []
                    progress(held, chunks)
            pool.shutdown(cancel_futures=True)
        held += _write(library, batch)
        _write(library, list(_last(maker, held + documents, chunks - held)))
        progress(library.counts()[1], chunks)


def _begin(maker: Maker) -> None:
    global _maker
    _maker = maker


def _make(number: int) -> "Written":
    return _maker.make(number)


def _last(maker: Maker, number: int, missing: int) -> Iterator["Written"]:
    """What is left, in documents that fit: the last is the longest that still does."""
    paragraphs = PARAGRAPHS
    while missing > 0 and paragraphs > 0:
        written = maker.make(number, paragraphs)
        if len(written.chunks) <= missing:
            missing -= len(written.chunks)
            number += 1
            yield written
        else:
            paragraphs = min(paragraphs - 1, paragraphs * missing // len(written.chunks))


def _write(library: Library, batch: Sequence["Written"]) -> int:
    """How many chunks that were."""
    for one in batch:
        library.files.keep(one.path, one.sha256)
    with library.changing():
        with library.begin() as connection:
            generation = writes.next_generation(connection)
            added: list[int] = []
            for one in batch:
                at = "2026-01-01T00:00:00.000+00:00"
                new = NewDocument(one.sha256, one.path.name, at, generation, one.parsed, one.chunks, one.vectors)
                writes.insert_document(connection, new)
                insert_sentences(connection, new.id, one.sentences)
                added += reads.chunk_ids(connection, new.id)
        library.nearest.follow(generation, added)
    return len(added)


def read_maker(library: Library, folder: Path) -> Maker:
    """From the starter documents of a library that holds them."""
    golden = " ¶ ".join(key_of(quote.text) for one in read_questions(STARTER) for quote in one.quotes)
    vectors: list[Vectors] = []
    by_heading: dict[str, list[Sentence]] = {}
    for heading, text, vector in _sentences(library):
        said = strip_sources(text)
        if len(said.split()) >= SHORTEST and said[-1] in ".?!”" and key_of(text) not in golden:
            by_heading.setdefault(heading, []).append(Sentence(said, len(vectors)))
            vectors.append(vector)
    passing = [Sentence(text, len(vectors) + number) for number, text in enumerate(PASSING)]
    vectors += list(library.embed([re.sub(r"\{\w+\}", "the council", text) for text in PASSING]))
    sections = [Section(heading, tuple(told)) for heading, told in by_heading.items()]
    return Maker(make_source(sections, passing, library.programme), np.stack(vectors), library.programme, folder)


def _sentences(library: Library) -> Iterator[tuple[str, str, Vectors]]:
    """Heading, text and vector of each sentence of the starter documents, contents pages and tables left out."""
    starters = {file.name for file in CORPUS.glob("*.pdf")}
    for record in library.documents():
        for stored in library.chunks_of(record.id) if record.file_name in starters else ():
            chunk, held = stored.chunk, library.sentences([stored.id]).get(stored.id)
            if held is None or lists_pages(chunk.context) or "|" in chunk.text:
                continue
            for (page, start, end), vector in zip(held.spans.tolist(), held.vectors, strict=True):
                yield chunk.section or chunk.context, library.page(record.id, page).text[start:end], vector


def _places(chunk: Chunk) -> Iterator[tuple[str, Span]]:
    """Each sentence of a chunk, and where it stands; a block's end ends it."""
    at = 0
    for span in chunk.spans:
        text = chunk.text[at : at + span.end - span.start]
        for start, end in sentence_spans(text):
            yield text[start:end], Span(span.page, span.start + start, span.start + end)
        at += len(text) + 1


def _noisy(vectors: Vectors, rng: np.random.Generator) -> Vectors:
    return normalised(vectors + rng.normal(0, NOISE, vectors.shape).astype(np.float32))
