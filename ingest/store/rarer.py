"""A question's words in a large library: the rarer ones choose the chunks, the common ones only help to rank them.

BM25 reads every row that holds any of the words. In a library of a million chunks «children» and «family» stand in
half of them, tell none from the others, and would cost a second. So of more than RANKED rows only those are ranked that
hold one of the rarer words or, where there is none, several common ones together (the idea of MaxScore: Turtle & Flood
1995). Of these rows the score is that of all words: in the expression each word stands twice, so that the condition
weighs as much as the rest. Words that stand in more rows than can be counted, COUNTED in all, are left out.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, text

from ingest.stems import stem, words_of

RANKED = 10_000  # rows: 15 ms
COUNTED = 400_000  # rows of all words together, which BM25 counts to know how rare each is: 15 ms
ENOUGH = 1_000  # rows that the rarer words must be good for
TOGETHER = 3  # times as often as by chance two words of a question stand in one chunk
_TERM = re.compile(r'"(?:[^"]|"")*"')
_ANY = re.compile(rf"{_TERM.pattern}(?: OR {_TERM.pattern})+")
_COUNTS = "SELECT term, sum(chunks) FROM terms WHERE kind = 'stem' AND term IN ({}) GROUP BY term"
_TOTAL = "SELECT sum(chunks) FROM terms WHERE kind = 'chunk'"


@dataclass(slots=True)
class _Choice:
    """Which terms choose the rows, each alone or in a group of which all must be there, and which only rank."""

    groups: list[list[str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    @property
    def expression(self) -> str:
        choosing = " OR ".join(f"({' AND '.join(group)})" for group in self.groups)
        if not self.others:
            return choosing
        ranking = [term for group in self.groups for term in group] + 2 * self.others
        return f"({choosing}) AND ({' OR '.join(ranking)})"


def narrowed(connection: Connection, query: str) -> str:
    """The query as it is to be put to FTS5: itself, while it ranks few rows enough."""
    if not _ANY.fullmatch(query):
        return query
    terms = _TERM.findall(query)
    rows = _rows(connection, terms)
    if sum(rows.values()) <= RANKED:
        return query
    total = int(connection.execute(text(_TOTAL)).scalar() or 0)
    return query if total <= RANKED else _choose(rows, total).expression


def _choose(rows: Mapping[str, int], total: int) -> _Choice:
    choice, ranked = _Choice(), 0
    rest = sorted(rows, key=lambda term: (rows[term], term))
    while rest and ranked + rows[rest[0]] <= RANKED:
        ranked += rows[rest[0]]
        choice.groups.append([rest.pop(0)])
    if rest and ranked < ENOUGH:
        group = [rest.pop(0)]
        expected = float(rows[group[0]])
        while rest and expected > RANKED:
            expected *= TOGETHER * rows[rest[0]] / total
            group.append(rest.pop(0))
        choice.groups.append(group)
    counted = sum(rows[term] for group in choice.groups for term in group)
    for term in rest:
        counted += rows[term]
        if 2 * counted > COUNTED:
            break
        choice.others.append(term)
    return choice


def _rows(connection: Connection, terms: Sequence[str]) -> dict[str, int]:
    """In about how many rows each term stands: as many as the rarest of its words. None where nobody has counted."""
    stems = {term: [stem(word) for word in words_of(term)] for term in terms}
    asked = sorted({one for found in stems.values() for one in found})
    if not connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'terms'")).first():
        return {}
    names = {f"t{number}": one for number, one in enumerate(asked)}
    statement = text(_COUNTS.format(", ".join(f":{name}" for name in names)))
    counts = {term: int(chunks) for term, chunks in connection.execute(statement, names)}
    return {term: min((counts.get(one, 0) for one in found), default=0) for term, found in stems.items()}
