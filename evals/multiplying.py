"""A library of any number of chunks: the starter documents as they are, and beside them documents made of them.

Each made document is a file, kept as an upload is, read by the real reader and cut by the real chunker, and it goes
through the store's own writing: the rows are those of any other document. Only its vectors are not made by the model,
which would take days: a sentence's vector is that of the sentence that it was made of, with noise, and a chunk's is the
mean of its sentences' by their length (the model's own pooling), with noise, of length 1.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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
from evals.repaging import PagePool, Written, noisy
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
from ingest.types import Chunk, Format, Span

SLACK = 5  # chunks that may be missing in the end
PARAGRAPHS = 140  # of a document: about as many chunks
AT_ONCE = 20  # documents a transaction
READ = 120  # documents are made of sentences and read; from then on documents are made of their pages
SHORTEST = 6  # words of a sentence that is taken
OnDocuments = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Maker:
    """What documents are made of, and the vectors of its sentences."""

    source: Source
    vectors: Vectors
    programme: Programme
    folder: Path

    def make(self, number: int, paragraphs: int = PARAGRAPHS) -> Written:
        made = make_document(number, self.source, paragraphs)
        path = self.folder / made.name
        data = made.text.encode()
        path.write_bytes(data)
        parsed = read_flow(path, Format.MARKDOWN, made.name)
        chunks = chunk_document(parsed, self.programme)
        vectors, packed = self._vectors(made, chunks, np.random.default_rng(number))
        return Written(path, hashlib.sha256(data).hexdigest(), parsed, chunks, vectors, packed, made.names)

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
            sentences = noisy(self.vectors, rows, rng)
            weights = np.array([len(text) for text, _ in places], dtype=np.float32)
            found[number] = normalised((weights @ sentences).reshape(1, -1))[0]
            packed.append(pack([span for _, span in places], sentences))
        return found, packed


def multiply(library: Library, chunks: int, progress: OnDocuments = lambda done, wanted: None) -> None:
    """Adds the starter documents, and then others until the library holds so many chunks, or a few less.

    As an ingest does: the truth first, then Chroma.
    """
    library.add(sorted(CORPUS.glob("*.pdf")))
    with TemporaryDirectory(dir=library.files.folder, prefix=".staging-") as folder:
        maker = read_maker(library, Path(folder))
        pages, batch = PagePool(), list[Written]()
        held, number = library.counts()[1], 0
        while chunks - held > SLACK:
            one = _next(maker, pages, number, chunks - held)
            batch.append(one)
            number, held = number + 1, held + len(one.chunks)
            if len(batch) == AT_ONCE or chunks - held <= SLACK:
                _write(library, batch)
                batch = []
                progress(held, chunks)


def _next(maker: Maker, pages: PagePool, number: int, missing: int) -> Written:
    """The next document, of as many chunks as are missing at most."""
    if number >= READ:
        return pages.make(number, missing, maker.folder)
    paragraphs = PARAGRAPHS
    written = maker.make(number, paragraphs)
    while len(written.chunks) > missing:
        paragraphs = max(1, min(paragraphs - 1, paragraphs * missing // len(written.chunks)))
        written = maker.make(number, paragraphs)
    pages.take(written)
    return written


def _write(library: Library, batch: Sequence[Written]) -> None:
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
