"""A library of any number of chunks, made in minutes: through the store's own writing, without embedding its texts.

It holds the starter documents as they are, and beside them documents of 100 chunks. Each chunk is one sentence of the
starter documents among sentences of words drawn as language draws them (Zipf–Mandelbrot: the starter documents' words
first, then made-up ones), so that the word index is as large and as uneven as that of real texts. Its vector is a mean
of three chunks' vectors, that of its sentence most of all, with a little noise, of length 1, and its sentences' vectors
are made of it. Noise around one vector alone would make stars, whose points an approximate index does not reach.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from ingest.embedding import Vectors
from ingest.library import Library
from ingest.pooling import normalised
from ingest.programme import CORPUS
from ingest.sentences import sentence_spans
from ingest.store import stored_vectors, writes
from ingest.store.codec import pack_layout
from ingest.store.sentences import PackedSentences, insert_sentences, pack
from ingest.store.writes import NewDocument
from ingest.types import Article, Block, BlockKind, Chunk, Page, PageHealth, ParsedDocument, Span, Word

CHUNKS_A_DOCUMENT = 100
CHUNKS_A_PAGE = 3
SENTENCES_A_CHUNK = 5
WORDS_A_SENTENCE = 19
INVENTED = 150_000  # words
NOISE = 0.01  # of each of a vector's components, which are 0.05 long in the mean
SHARES = (0.5, 0.3, 0.2)  # of the three vectors
AT_ONCE = 20  # documents a transaction
_SYLLABLES = [first + vowel for first in ("br", "ch", "st", "tr", *"bcdfghlmnprstvw") for vowel in "aeiou"]


@dataclass(frozen=True, slots=True)
class Source:
    """Sentences of the starter documents, with the chunk that each stands in and that chunk's vector."""

    sentences: tuple[tuple[str, Chunk], ...]
    vectors: Vectors
    words: tuple[str, ...]
    weights: tuple[float, ...]  # cumulated


def fill(library: Library, chunks: int) -> None:
    """Adds the starter documents, and then others until the library holds so many chunks."""
    library.add(sorted(CORPUS.glob("*.pdf")))
    source = _read_source(library)
    rng = random.Random(0)
    missing = chunks - library.counts()[1]
    sizes = [min(CHUNKS_A_DOCUMENT, missing - start) for start in range(0, missing, CHUNKS_A_DOCUMENT)]
    for first in range(0, len(sizes), AT_ONCE):
        with library.changing(), library.begin() as connection:
            generation = writes.next_generation(connection)
            for number, size in enumerate(sizes[first : first + AT_ONCE], first):
                document = _document(number, size, generation, source, rng)
                noise = np.random.default_rng(number)
                writes.insert_document(connection, document)
                rows = zip(document.chunks, document.vectors, strict=True)
                insert_sentences(connection, document.id, [_pack(chunk, vector, noise) for chunk, vector in rows])
    library.nearest.rebuild()


def _read_source(library: Library) -> Source:
    rng = random.Random(1)
    sentences: list[tuple[str, Chunk]] = []
    rows: list[int] = []
    with library.connect() as connection:
        ids, _, matrix = stored_vectors.read(connection)
    words: Counter[str] = Counter()
    for row, stored in enumerate(library.chunks(ids)):
        words.update(stored.chunk.text.split())
        for start, end in sentence_spans(stored.chunk.text):
            sentences.append((" ".join(stored.chunk.text[start:end].split()), stored.chunk))
            rows.append(row)
    ranked = [word for word, _ in words.most_common()] + [_invent(rng) for _ in range(INVENTED)]
    weights = accumulate(1 / (rank + 2.7) for rank in range(len(ranked)))
    return Source(tuple(sentences), matrix[rows], tuple(ranked), tuple(weights))


def _invent(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))) + rng.choice(("", "n", "s", "ing", "ed", "ment"))


def _document(number: int, size: int, generation: int, source: Source, rng: random.Random) -> NewDocument:
    taken = rng.choices(range(len(source.sentences)), k=size)
    pages = [
        _page(page, [_paragraph(source, index, rng) for index in taken[start : start + CHUNKS_A_PAGE]])
        for page, start in enumerate(range(0, size, CHUNKS_A_PAGE), 1)
    ]
    title = f"Report {number}"
    chunks = [
        replace(
            source.sentences[index][1],
            ordinal=ordinal,
            article=0,
            section=None,
            spans=(span,),
            text=text,
            context=title,
        )
        for ordinal, (index, (span, text)) in enumerate(zip(taken, _paragraphs(pages), strict=True))
    ]
    vectors = _mixed(source.vectors, taken, np.random.default_rng(number))
    parsed = ParsedDocument(
        title,
        (),
        str(2000 + number % 26),
        tuple(replace(page, words=()) for page in pages),
        (Article(0, title, 1, len(pages)),),
        layouts=tuple(map(pack_layout, pages)),
    )
    sha256 = hashlib.sha256(f"{number}".encode()).hexdigest()
    return NewDocument(sha256, f"report-{number}.pdf", "2026-01-01T00:00:00", generation, parsed, chunks, vectors)


def _mixed(known: Vectors, taken: Sequence[int], rng: np.random.Generator) -> Vectors:
    rows = [np.array(taken), *(rng.integers(len(known), size=len(taken)) for _ in SHARES[1:])]
    mixed = sum((share * known[row] for share, row in zip(SHARES, rows, strict=True)), start=np.zeros(1))
    return normalised((mixed + rng.normal(0, NOISE, mixed.shape)).astype(np.float32))


def _pack(chunk: Chunk, vector: Vectors, rng: np.random.Generator) -> PackedSentences:
    [span] = chunk.spans
    spans = [Span(span.page, span.start + start, span.start + end) for start, end in sentence_spans(chunk.text)]
    return pack(spans, normalised(vector + rng.normal(0, NOISE, (len(spans), len(vector))).astype(np.float32)))


def _paragraphs(pages: Sequence[Page]) -> Iterator[tuple[Span, str]]:
    for page in pages:
        for block in page.blocks:
            yield Span(page.number, block.start, block.end), page.text[block.start : block.end]


def _paragraph(source: Source, index: int, rng: random.Random) -> str:
    words = rng.choices(source.words, cum_weights=source.weights, k=(SENTENCES_A_CHUNK - 1) * WORDS_A_SENTENCE)
    made = [
        " ".join(words[start : start + WORDS_A_SENTENCE]).strip(".,").capitalize() + "."
        for start in range(0, len(words), WORDS_A_SENTENCE)
    ]
    made.insert(rng.randrange(SENTENCES_A_CHUNK), source.sentences[index][0])
    return " ".join(made)


def _page(number: int, paragraphs: Sequence[str]) -> Page:
    text = "\n".join(paragraphs)
    starts = list(accumulate((len(paragraph) + 1 for paragraph in paragraphs), initial=0))
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, start, start + len(paragraph))
        for start, paragraph in zip(starts, paragraphs, strict=False)
    )
    words: list[Word] = []
    at, x, y = 0, 60.0, 60.0
    for word in text.split():
        at = text.index(word, at)
        if x + 5.0 * len(word) > 540.0:
            x, y = 60.0, y + 14.0
        words.append(Word(at, at + len(word), x, y, x + 5.0 * len(word), y + 11.0))
        at, x = at + len(word), x + 5.0 * (len(word) + 1)
    return Page(number, str(number), text, 595.0, 842.0, PageHealth.READ, words=tuple(words), blocks=blocks)
