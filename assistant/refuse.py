"""Whether the documents answer at all. Silence is worth more than the nearest sentence that does not."""

import re
from collections.abc import Sequence

from assistant.question import Kind, Query
from assistant.rank import Candidate, holds

MEANING = 0.40  # cosine below which the best sentence is about something else
COVERED = 0.55  # share of the question's telling words that must stand in or around the best sentences


def has_evidence(query: Query, ranked: Sequence[Candidate]) -> bool:
    if not ranked or query.small_talk or not query.terms:
        return False
    best = ranked[:3]
    telling = [t for t in query.terms if not t.generic] or list(query.terms)
    total = sum(t.weight for t in telling) or 1.0
    covered = max(_covered(query, c) for c in best)
    return covered >= COVERED and best[0].meaning >= MEANING and total > 0 and _is_about(query, best)


def _covered(query: Query, candidate: Candidate) -> float:
    return candidate.covered


def _is_about(query: Query, best: Sequence[Candidate]) -> bool:
    """A question about a council is answered only from passages about that council."""
    if not query.named.councils:
        return True
    asked = set(query.named.councils)
    return any(asked & set(c.stored.chunk.adopters) for c in best)


__all__ = ["Kind", "has_evidence", "holds", "re"]
