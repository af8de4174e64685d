"""The article or section of the library that treats a topic, found by its heading, and how long it takes to read."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.cite import place
from assistant.shelf import Shelf
from ingest.records import StoredChunk
from ingest.store.words import quote_term

WORDS_A_MINUTE = 230
LOOKED_AT = 80  # chunks that hold all words of a heading, best first


@dataclass(frozen=True, slots=True)
class Reading:
    """An article, or one section of it."""

    title: str
    document_id: str
    document_title: str
    page: int
    place: str
    url: str
    words: int

    @property
    def minutes(self) -> int:
        return max(1, math.ceil(self.words / WORDS_A_MINUTE))


def find_heading(heading: str, shelf: Shelf, preferred: str = "") -> Reading | None:
    """The article or section of this heading, or of a longer one that begins so: in the preferred file, else newest."""
    wanted = plain(heading)
    found: list[tuple[tuple[bool, int, bool, str], StoredChunk]] = []
    for stored in _holding(heading, shelf):
        article = shelf.article_of(stored)
        if article is not None and plain(article.title) == "contents":
            continue
        record = shelf.documents[stored.document_id]
        for title, whole in ((article.title if article else "", True), (stored.chunk.section or "", False)):
            fit = 2 if plain(title) == wanted else 1 if plain(title).startswith(wanted) else 0
            if fit:
                rank = (whole, fit, record.file_name == preferred, shelf.date_of(record.id) or "")
                found.append((rank, stored))
    if not found:
        return None
    rank, stored = max(found, key=lambda row: (row[0], -row[1].id))
    return reading_of(stored, shelf, whole=rank[0])


def reading_of(stored: StoredChunk, shelf: Shelf, whole: bool) -> Reading:
    """The whole article of a chunk, or only its section."""
    article = shelf.article_of(stored)
    record = shelf.documents[stored.document_id]
    chunks = [
        one
        for one in shelf.chunks.of(stored.document_id)
        if one.chunk.article == stored.chunk.article and (whole or one.chunk.section == stored.chunk.section)
    ] or [stored]
    first = shelf.page(record.id, chunks[0].chunk.page)
    title = (article.title if article else record.title) if whole else stored.chunk.section or record.title
    number = chunks[0].chunk.page
    return Reading(
        title=title,
        document_id=record.id,
        document_title=record.title,
        page=number,
        place=place(record.format, number, first.label if first else None),
        url=f"/documents/{record.id}?page={number}",
        words=_count(chunks),
    )


def _count(chunks: Iterable[StoredChunk]) -> int:
    """Words, those only once that two chunks share."""
    seen: set[tuple[int, int, int]] = set()
    total = 0
    for stored in chunks:
        spans = [(span.page, span.start, span.end) for span in stored.chunk.spans]
        if not seen.issuperset(spans):
            total += len(stored.chunk.text.split())
        seen.update(spans)
    return total


def _holding(heading: str, shelf: Shelf) -> Sequence[StoredChunk]:
    terms = re.findall(r"[^\W_]+(?:['’][^\W_]+)?", heading)
    if not terms:
        return ()
    query = " AND ".join(quote_term(term) for term in terms)
    found = shelf.library.find_words(query, LOOKED_AT, frozenset(shelf.documents))
    return tuple(shelf.chunks.fetch([chunk for chunk, _ in found]).values())


def plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.lower().replace("’", "").replace("'", "")))
