"""The answers to a question's parts made into one: each part under its heading, its share of the words, its silence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from assistant.agreement import agreeing
from assistant.cite import Citations
from assistant.compose import compose
from assistant.features import holds
from assistant.kinds import Kind
from assistant.lexicon import stems_of
from assistant.parts import Part
from assistant.present import state
from assistant.question import Query
from assistant.rank import Candidate
from assistant.refuse import ABOUT, evidence
from assistant.retrieve import Hit, has_unheard_name
from assistant.shelf import Shelf
from assistant.times import Calendar, in_time
from assistant.types import Filters, Passage, Statement
from ingest.names import find_names

WORDS_EACH = 45  # of a part, where there are several
ON_TOPIC = 0.4  # share of what is compared, by weight, that a sentence and its heading must hold


@dataclass(frozen=True, slots=True)
class Look:
    """What was found for one part of a question."""

    part: Part
    query: Query
    hits: Sequence[Hit]
    ranked: Sequence[Candidate]


def limited(filters: Filters, part: Part) -> Filters:
    """The question's filters, and the documents that its part is limited to."""
    if not part.documents:
        return filters
    both = tuple(one for one in part.documents if not filters.documents or one in filters.documents)
    return replace(filters, documents=both or ("",))


def answer_parts(
    looks: Sequence[Look], shelf: Shelf, calendar: Calendar, citations: Citations
) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """The statements and, for each part that the documents don't answer, a note that says so.

    A statement that an earlier part shows already is not shown again. Without statements there are no notes either.
    """
    made: list[Statement] = []
    notes: list[str] = []
    shown: set[tuple[int, ...]] = set()
    for look in looks:
        heading, found = look.part.heading, False
        for statement in _statements(look, shelf, calendar, citations, len(looks)):
            found = True
            if statement.citations in shown:
                continue
            shown.add(statement.citations)
            made.append(replace(statement, heading=heading) if heading else statement)
            heading = None
        if not found and look.part.silence:
            notes.append(look.part.silence)
    return tuple(made), tuple(notes) if made else ()


def _statements(look: Look, shelf: Shelf, calendar: Calendar, citations: Citations, parts: int) -> Iterator[Statement]:
    query, ranked = look.query, look.ranked
    found = [] if has_unheard_name(query, shelf) else evidence(query, ranked)
    if look.part.is_side:
        found = [candidate for candidate in found if _is_of_side(candidate, query, shelf)]
    choices = compose(query, found, ranked, words=None if parts == 1 else WORDS_EACH)
    for told in in_time(query, choices, found, calendar):
        statement = state(told.choice, citations)
        if statement is not None:
            also = agreeing(told.choice, ranked, citations)
            yield replace(statement, heading=told.heading, as_of=told.as_of, agreeing=also)


def _is_of_side(candidate: Candidate, query: Query, shelf: Shelf) -> bool:
    """On what is compared, and not of another side alone: the other sides' answers must not fill a silence."""
    unit = candidate.unit
    said = f"{unit.own} {unit.heading} {unit.before}"
    models = set(find_names(unit.text, shelf.knowledge.programme).models)
    if models and query.named.models and not models & set(query.named.models):
        return False
    if query.named.councils and candidate.features["about"] < ABOUT:
        return False
    if query.named.councils and query.named.models and not set(query.named.models) & set(candidate.stored.chunk.models):
        return False
    if query.kinds & {Kind.WHEN, Kind.NUMBER, Kind.WHO}:
        return True  # the evidence has been held to the date, figure or person asked for
    topic = [term for term in query.terms if not term.named and not term.generic]
    held = sum(term.weight for term in topic if holds(term, stems_of(said)))
    return held >= ON_TOPIC * sum(term.weight for term in topic)


def alternate(found: Sequence[tuple[Passage, ...]], limit: int) -> tuple[Passage, ...]:
    """The best passages of every part, in turn, each once."""
    if len(found) < 2:
        return found[0] if found else ()
    distinct: dict[tuple[str, int, int], Passage] = {}
    for row in zip_longest(*found):
        for passage in row:
            if passage is not None:
                citation = passage.citation
                distinct.setdefault((citation.document_id, citation.page, citation.start), passage)
    kept = list(distinct.values())[:limit]
    return tuple(replace(one, citation=replace(one.citation, number=n)) for n, one in enumerate(kept, 1))
