"""How many chunks each document has, counted once a generation: who searches need not ask for it each time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from ingest.store import reads, words

SETS_KEPT = 100
MOST_LEFT_OUT = 1000  # chunks; while fewer are not wanted, so many more are searched for, and those dropped


@dataclass(frozen=True, slots=True)
class Holdings:
    generation: str
    chunks: Mapping[str, int]
    total: int
    _counted: dict[int, tuple[frozenset[str], int]] = field(default_factory=dict)  # by the set itself

    def count_wanted(self, documents: Collection[str] | None) -> int:
        """Chunks of these documents; of all of them when there is None. A frozen set is counted once."""
        if documents is None:
            return self.total
        known = self._counted.get(id(documents))
        if known is not None and known[0] is documents:
            return known[1]
        count = sum(self.chunks.get(one, 0) for one in set(documents))
        if isinstance(documents, frozenset):
            if len(self._counted) >= SETS_KEPT:
                self._counted.clear()
            self._counted[id(documents)] = documents, count
        return count


class HoldingsKeeper:
    """Safe to share between threads: at worst two count at the same time."""

    def __init__(self) -> None:
        self._kept: Holdings | None = None

    def read(self, connection: Connection, generation: str) -> Holdings:
        kept = self._kept
        if kept is None or kept.generation != generation:
            chunks = reads.told_counts(connection)
            kept = self._kept = Holdings(generation, chunks, sum(chunks.values()))
        return kept


def find_in(
    connection: Connection, holdings: Holdings, query: str, limit: int, documents: Collection[str] | None
) -> list[tuple[int, float]]:
    """Chunk ids and BM25 of the word index that `connection` has, among these documents."""
    wanted = holdings.count_wanted(documents)
    if limit < 1 or not wanted:
        return []
    if (others := holdings.total - wanted) > MOST_LEFT_OUT:
        return words.find(connection, query, limit, documents)
    found = words.find(connection, query, limit + others)
    return keep_known(connection, found, documents)[:limit] if others else found


def keep_known(
    connection: Connection, found: Sequence[tuple[int, float]], documents: Collection[str] | None
) -> list[tuple[int, float]]:
    """Without chunks that are not in the truth, or not of these documents."""
    home = reads.documents_of(connection, [chunk for chunk, _ in found])
    return [hit for hit in found if hit[0] in home and (documents is None or home[hit[0]] in documents)]
