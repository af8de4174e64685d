"""Further documents, made of the pages of those that were read: quicker by far, and the rows are of the same kind.

A document takes its pages from many others, and every name and figure on them, and some words, give way to others of
the same length: what stands where on a page, and in a chunk, stays as it was read. The vectors are those of the pages,
each with a share of another and some noise.
"""

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import numpy as np

from evals.multiplied import INVENTED, OTHER_WORD, is_telling, made_up_name
from ingest.embedding import Vectors
from ingest.pooling import normalised
from ingest.store.codec import pack_layout
from ingest.store.sentences import PackedSentences
from ingest.types import Article, BlockKind, Chunk, Format, Page, ParsedDocument

NOISE = 0.01  # of each of a vector's components, which are 0.05 long in the mean
OTHERS = 0.25  # what another vector adds to one
PAGES = (45, 95)  # of a document
NAMES = 20_000  # of the made-up names, the commonest are known by their length
_CHANGED = re.compile(r"\b(?:[A-Z][a-z]{3,}|\d+|[a-z]{5,})\b")


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was made, and what was read of it."""

    path: Path
    sha256: str
    parsed: ParsedDocument
    chunks: Sequence[Chunk]
    vectors: Vectors
    sentences: Sequence[PackedSentences]
    names: frozenset[str] = frozenset()  # made-up ones


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page as it was read, and its chunks; `title` is that of its document."""

    page: Page
    layout: bytes
    title: str
    chunks: tuple[Chunk, ...]
    vectors: Vectors
    sentences: tuple[PackedSentences, ...]


@dataclass
class PagePool:
    leaves: list[_Leaf] = field(default_factory=list)
    openings: list[_Leaf] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    words: dict[str, list[str]] = field(default_factory=dict)  # telling ones by length and ending
    _names: dict[int, list[str]] = field(default_factory=dict)  # by length, the commonest first

    def take(self, written: Written) -> None:
        """The pages of a document that was read."""
        self.names |= written.names
        for chunk in written.chunks:
            for word in filter(is_telling, chunk.text.split()):
                self.words.setdefault(f"{len(word)}{word[-2:]}", []).append(word)
        for page in written.parsed.pages:
            rows = [n for n, chunk in enumerate(written.chunks) if chunk.page == page.number]
            leaf = _Leaf(
                replace(page, words=()),
                pack_layout(page),
                written.parsed.articles[0].title,
                tuple(written.chunks[n] for n in rows),
                written.vectors[rows],
                tuple(written.sentences[n] for n in rows),
            )
            (self.leaves if page.number > 1 else self.openings).append(leaf)

    def make(self, number: int, most: int, folder: Path) -> Written:
        """A document of at most so many chunks. The same number makes the same, of the same pages."""
        rng = random.Random(number)
        taken = list(_fitting([rng.choice(self.openings), *rng.sample(self.leaves, rng.randint(*PAGES))], most))
        renamer = _Renamer(self, self._by_length(), rng)
        title = renamer.change(taken[0].title)
        pages = [_changed(leaf.page, place, renamer) for place, leaf in enumerate(taken, 1)]
        parsed = ParsedDocument(
            title,
            (),
            f"{rng.randint(2000, 2025)}-{rng.randint(1, 12):02}",
            tuple(pages),
            (Article(1, title, 1, len(pages)),),
            Format.MARKDOWN,
            tuple(leaf.layout for leaf in taken),
        )
        path = folder / f"report {number:06}, {parsed.published}.md"
        data = "\n\n".join([f"# {title}", *map(_marked_up, pages)]).encode()
        path.write_bytes(data)
        chunks = list(_chunks(taken, pages, title, renamer))
        own = np.concatenate([leaf.vectors for leaf in taken])
        vectors = noisy(own, range(len(own)), np.random.default_rng(number))
        sentences = [_on_page(one, place) for place, leaf in enumerate(taken, 1) for one in leaf.sentences]
        return Written(path, hashlib.sha256(data).hexdigest(), parsed, chunks, vectors, sentences)

    def _by_length(self) -> dict[int, list[str]]:
        if not self._names:
            for number in range(NAMES):
                name = made_up_name(int(INVENTED ** (number / NAMES)))
                self._names.setdefault(len(name), []).append(name)
        return self._names


@dataclass(slots=True)
class _Renamer:
    """Of one document: made-up names and figures give way to others of their length."""

    pool: PagePool
    new: dict[int, list[str]]
    rng: random.Random
    known: dict[str, str] = field(default_factory=dict)

    def change(self, text: str) -> str:
        return _CHANGED.sub(self._change, text)

    def _change(self, match: re.Match[str]) -> str:
        word = match.group()
        if word.isdigit():
            return self._figure(word)
        if word.islower():
            alike = self.pool.words.get(f"{len(word)}{word[-2:]}")
            return self.rng.choice(alike) if alike and self.rng.random() < OTHER_WORD / 2 else word
        if word not in self.pool.names:
            return word
        if word not in self.known:
            self.known[word] = self.rng.choice(self.new.get(len(word), [word]))
        return self.known[word]

    def _figure(self, figure: str) -> str:
        if len(figure) == 4 and figure[:2] in ("19", "20"):
            return str(self.rng.randint(1998, 2026))
        return self.rng.choice("123456789") + "".join(self.rng.choice("0123456789") for _ in figure[1:])


def _fitting(leaves: Sequence[_Leaf], most: int) -> Iterator[_Leaf]:
    for leaf in leaves:
        if len(leaf.chunks) <= most:
            most -= len(leaf.chunks)
            yield leaf


def _changed(page: Page, number: int, renamer: _Renamer) -> Page:
    label = renamer.change(page.label) if page.label else None
    return replace(page, number=number, label=label, text=renamer.change(page.text))


def _chunks(leaves: Sequence[_Leaf], pages: Sequence[Page], title: str, renamer: _Renamer) -> Iterator[Chunk]:
    ordinals = count()
    for leaf, page in zip(leaves, pages, strict=True):
        for chunk in leaf.chunks:
            spans = tuple(replace(span, page=page.number) for span in chunk.spans)
            section = renamer.change(chunk.section) if chunk.section else None
            yield replace(
                chunk,
                ordinal=next(ordinals),
                article=0,
                section=section,
                spans=spans,
                text="\n".join(page.text[span.start : span.end] for span in spans),
                context=title + renamer.change(chunk.context.removeprefix(leaf.title)),
            )


def _on_page(packed: PackedSentences, page: int) -> PackedSentences:
    places = np.frombuffer(packed.spans, dtype="<i4").reshape(-1, 3).copy()
    places[:, 0] = page
    return replace(packed, spans=places.tobytes())


def _marked_up(page: Page) -> str:
    """Its blocks as Markdown."""
    heads = {BlockKind.HEADING: "## "}
    return "\n\n".join(heads.get(one.kind, "") + page.text[one.start : one.end] for one in page.blocks)


def noisy(known: Vectors, rows: Sequence[int], rng: np.random.Generator) -> Vectors:
    """These rows, each with a share of another row and some noise. Noise alone would make stars around each row, whose
    points an approximate index does not reach."""
    mixed = known[rows] + OTHERS * known[rng.integers(len(known), size=len(rows))]
    noise = rng.normal(0, NOISE, mixed.shape)
    return normalised(np.asarray(mixed + noise, dtype=np.float32))
