"""Which chunks: vectors and words together, the documents that the question names, then the programme's names."""

import re
from dataclasses import dataclass

import numpy as np

from assistant.fusion import MEANING, Ranking, fuse
from assistant.lexicon import words_of
from assistant.question import Query
from assistant.routing import Route, find_route
from assistant.shelf import Shelf
from assistant.types import Filters
from ingest.embedding import Vectors
from ingest.errors import VectorsAwayError
from ingest.records import StoredChunk
from ingest.store.words import quote_term

NEAR_POOL = 60  # chunks taken from the vectors
WORDS_POOL = 300  # and from the words, where more cost next to nothing
WIDER = 4  # times as many chunks as asked for are read, because names and documents reorder them
NAME_FACTORS = {"same": 1.3, "none": 0.85, "other": 0.6}  # the asked council in the chunk, no council, only others
MODEL_FACTORS = {"same": 1.1, "none": 1.0, "other": 0.75}
MEANING_INSIDE = 0.75  # in place of MEANING inside a named document: its pages share their words
OTHER_DOCUMENT = 0.6  # what a chunk counts that is not of a document the question names
LISTS_COUNCILS = 0.5  # what it adds to name the most of the councils asked for

_MIXED = re.compile(
    r"(?=[^\W_]*\d)(?=\d*[^\W\d_])[^\W_]+"
)  # «CCL19» and «3M»: one word of the index, two of the lexicon


@dataclass(frozen=True, slots=True)
class Hit:
    """`score` is 1 for a chunk first in both rankings and about the asked council; `similarity` is the cosine.

    `by_words` says that only the words were searched, because the vectors were away.
    """

    stored: StoredChunk
    score: float
    similarity: float
    by_words: bool = False


def retrieve(query: Query, vector: Vectors, shelf: Shelf, filters: Filters, limit: int) -> list[Hit]:
    """The best chunks, best first; a vector hit whose chunk is not in the truth is dropped."""
    route = find_route(query.text, shelf.documents, shelf.document_names())
    if route is not None:
        vector = _towards(vector, route.rest, shelf)
    words = _words(query, route, shelf, filters)
    try:
        near, by_words = _near(vector, route, shelf, filters), False
    except VectorsAwayError:
        near, by_words = shelf.library.compare(vector, [chunk for chunk, _ in words])[:NEAR_POOL], True
    scores = fuse(near, words, NEAR_POOL, WORDS_POOL, MEANING if route is None else MEANING_INSIDE)
    if query.wants_councils:
        for chunk_id, share in _councils_ranking(query, shelf, filters):
            scores[chunk_id] = scores.get(chunk_id, 0.0) + LISTS_COUNCILS * share
    similarity = dict(near)
    farthest = min(similarity.values(), default=0.0)
    best = sorted(scores, key=lambda i: -scores[i])[: WIDER * limit]
    hits = [
        Hit(stored, scores[i] * _factor(query, route, stored), float(similarity.get(i, farthest)), by_words)
        for i, stored in shelf.chunks.fetch(best).items()
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.stored.id))[:limit]


def _towards(vector: Vectors, rest: str, shelf: Shelf) -> Vectors:
    """Halfway to the question without the document's name, which all of that document is near to."""
    found = vector + shelf.library.embed([rest])[0]
    return np.asarray(found / np.linalg.norm(found), dtype=np.float32)


def _near(vector: Vectors, route: Route | None, shelf: Shelf, filters: Filters) -> Ranking:
    find = shelf.library.find_nearest
    wide = NEAR_POOL if filters == Filters() else 10 * NEAR_POOL
    found = dict(find(vector, wide, shelf.searched_for(filters)))
    if route is not None:
        found |= dict(find(vector, NEAR_POOL, route.documents))
    return _fitting(sorted(found.items(), key=lambda row: -row[1]), shelf, filters)


def _words(query: Query, route: Route | None, shelf: Shelf, filters: Filters) -> Ranking:
    expression = match_expression(query, None if route is None else route.rest)
    wide = WORDS_POOL if filters == Filters() else 10 * WORDS_POOL
    found = shelf.library.find_words(expression, wide, shelf.searched_for(filters)) if expression else []
    return _fitting(found, shelf, filters)


def _fitting(ranking: Ranking, shelf: Shelf, filters: Filters) -> Ranking:
    if filters == Filters():
        return ranking
    chunks = shelf.chunks.fetch([chunk_id for chunk_id, _ in ranking])
    return [row for row in ranking if row[0] in chunks and shelf.admits(chunks[row[0]], filters)]


def _councils_ranking(query: Query, shelf: Shelf, filters: Filters) -> Ranking:
    """For «which councils …»: the chunks that name most of the model's councils, as shares of the most."""
    programme = shelf.knowledge.programme
    asked = set(query.named.models)
    wanted = {a.id for a in programme.adopters if not asked or a.model in asked}
    found = shelf.naming_most(wanted, filters)
    return [(chunk_id, count / found[0][1]) for chunk_id, count in found]


def has_unheard_name(query: Query, shelf: Shelf) -> bool:
    """Whether the question names something, in capitals, that no document names."""
    programme = shelf.knowledge.programme
    known = [name.lower() for entity in (*programme.models, *programme.councils) for name in entity.names]
    rest = [t for t in query.titles if not any(t.lower() in name or name in t.lower() for name in known)]
    return any(not shelf.library.find_words(quote_term(title), 1) for title in rest)


def match_expression(query: Query, rest: str | None = None) -> str:
    """Every term and synonym as a quoted FTS5 phrase, any of which may match; generic words only when alone.

    `rest`, when given, is the part of the question whose words count.
    """
    text = (query.text if rest is None else rest).lower()
    within = set(words_of(text))
    kept = [t for t in query.terms if rest is None or set(words_of(t.text)) & within] or list(query.terms)
    mixed = set(_MIXED.findall(text))
    parts = set(words_of(" ".join(mixed))) - set(words_of(_MIXED.sub(" ", text)))
    terms = [t for t in kept if t.text not in parts]
    telling = [t for t in terms if not t.generic] or ([] if mixed else terms)
    phrases = {" ".join(alternative) for term in telling for alternative in term.alternatives}
    phrases |= {term.text for term in telling} | mixed
    return " OR ".join(quote_term(phrase) for phrase in sorted(phrases))


def _factor(query: Query, route: Route | None, stored: StoredChunk) -> float:
    factor = NAME_FACTORS[_relation(query.named.councils, stored.chunk.adopters)] if query.named.councils else 1.0
    if query.named.models:
        factor *= MODEL_FACTORS[_relation(query.named.models, stored.chunk.models)]
    return factor if route is None or stored.document_id in route.documents else factor * OTHER_DOCUMENT


def _relation(asked: tuple[str, ...], held: tuple[str, ...]) -> str:
    return "same" if set(asked) & set(held) else "other" if held else "none"
