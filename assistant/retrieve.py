"""Which chunks: vectors and words together, then the programme's names.

Rank fusion (Cormack et al. 2009, k = 60) of MiniLM and BM25; figures on each set in docs/decisions/0005.
"""

from dataclasses import dataclass

import numpy as np

from assistant.question import Query
from assistant.shelf import Shelf
from assistant.types import Filters
from ingest.records import StoredChunk
from ingest.store.words import quote_term

POOL = 60  # chunks taken from each ranking
RANK_CONSTANT = 60
NAME_FACTORS = {"same": 1.3, "none": 0.85, "other": 0.6}  # the asked council in the chunk, no council, only others
MODEL_FACTORS = {"same": 1.1, "none": 1.0, "other": 0.75}


@dataclass(frozen=True, slots=True)
class Hit:
    """`score` is 1 for a chunk first in both rankings and about the asked council; `similarity` is the cosine."""

    stored: StoredChunk
    score: float
    similarity: float


def retrieve(query: Query, vector: "np.ndarray", shelf: Shelf, filters: Filters, limit: int) -> list[Hit]:
    """The best chunks, best first; a vector hit whose chunk is not in the truth is dropped."""
    wide = POOL if filters == Filters() else 10 * POOL
    documents = frozenset(shelf.documents)
    near = [(i, s) for i, s in shelf.library.find_nearest(vector, wide, documents) if _fits(i, shelf, filters)]
    expression = match_expression(query)
    found = shelf.library.find_words(expression, wide, documents) if expression else []
    words = [(i, s) for i, s in found if _fits(i, shelf, filters)]
    scores: dict[int, float] = {}
    rankings = [near[:POOL], words[:POOL]]
    if query.wants_councils:
        rankings.append(_councils_ranking(query, shelf, filters))
    for ranking in rankings:
        for rank, (chunk_id, _) in enumerate(ranking):
            scores[chunk_id] = scores.get(chunk_id, 0.0) + (RANK_CONSTANT + 1) / (RANK_CONSTANT + 1 + rank) / 2
    similarity = dict(near)
    hits = [
        Hit(shelf.chunks[i], score * _factor(query, shelf.chunks[i]), float(similarity.get(i, 0.0)))
        for i, score in scores.items()
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.stored.id))[:limit]


def _councils_ranking(query: Query, shelf: Shelf, filters: Filters) -> list[tuple[int, float]]:
    """For «which councils …»: the chunks that name most of the model's councils, as the programme lists them."""
    programme = shelf.knowledge.programme
    asked = set(query.named.models)
    wanted = {a.id for a in programme.adopters if not asked or a.model in asked}
    found = [(i, len(wanted & set(s.chunk.adopters))) for i, s in shelf.chunks.items() if shelf.admits(s, filters)]
    best = sorted((row for row in found if row[1] > 2), key=lambda row: (-row[1], row[0]))
    return [(chunk_id, float(count)) for chunk_id, count in best[:10]]


def has_unheard_name(query: Query, shelf: Shelf) -> bool:
    """Whether the question names something, in capitals, that no document names."""
    programme = shelf.knowledge.programme
    known = [name.lower() for entity in (*programme.models, *programme.councils) for name in entity.names]
    rest = [t for t in query.titles if not any(t.lower() in name or name in t.lower() for name in known)]
    return any(not shelf.library.find_words(quote_term(title), 1) for title in rest)


def match_expression(query: Query) -> str:
    """Every term and synonym as a quoted FTS5 phrase, any of which may match; generic words only when alone."""
    telling = [t for t in query.terms if not t.generic] or list(query.terms)
    phrases = {" ".join(alternative) for term in telling for alternative in term.alternatives}
    phrases |= {term.text for term in telling}
    return " OR ".join(quote_term(phrase) for phrase in sorted(phrases))


def _fits(chunk_id: int, shelf: Shelf, filters: Filters) -> bool:
    return chunk_id in shelf.chunks and shelf.admits(shelf.chunks[chunk_id], filters)


def _factor(query: Query, stored: StoredChunk) -> float:
    return (NAME_FACTORS[_relation(query.named.councils, stored.chunk.adopters)] if query.named.councils else 1.0) * (
        MODEL_FACTORS[_relation(query.named.models, stored.chunk.models)] if query.named.models else 1.0
    )


def _relation(asked: tuple[str, ...], held: tuple[str, ...]) -> str:
    return "same" if set(asked) & set(held) else "other" if held else "none"
