"""Which examples a person asks for: filters, counts beside each choice, and the next page of the list."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields

from sqlalchemy import Connection, func, select

from assistant.examples.kept import searchable
from ingest.records import Sight
from ingest.store.schema import ExaminedRow, ExampleRow
from ingest.store.sight import of_seen

FACETS = ("kind", "model", "adopter", "theme", "document")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Any of the choices within a facet, and all facets together; no choice is no limit. `q`: all its words."""

    kind: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    adopter: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    q: str = ""

    @property
    def is_open(self) -> bool:
        return not any(getattr(self, one.name) for one in fields(self))


@dataclass(frozen=True, slots=True)
class Light:
    """What filters need of an example; the texts stay in the table."""

    id: int
    values: tuple[tuple[str, ...], ...]  # in the order of FACETS


@dataclass(frozen=True, slots=True)
class Listed:
    """Ids in their order, and how many examples each choice would show, by facet."""

    ids: tuple[int, ...]
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def read_lights(connection: Connection, documents: Sequence[str], sight: Sight = None) -> list[Light]:
    """The examples of these documents, in the order of the documents, each in reading order."""
    row, place = ExampleRow, {document: at for at, document in enumerate(documents)}
    wanted = select(row.id, row.document_id, row.kind, row.models, row.adopters, row.themes, row.page, row.start)
    seen = wanted.where(of_seen(row.document_id, sight))
    found = [one for one in connection.execute(seen) if one.document_id in place]
    found.sort(key=lambda one: (place[one.document_id], one.page, one.start, one.id))
    return [
        Light(
            one.id,
            ((one.kind,), tuple(one.models), tuple(one.adopters), tuple(one.themes), (one.document_id,)),
        )
        for one in found
    ]


def state_of(connection: Connection, sight: Sight = None) -> tuple[str, ...]:
    """Changes whenever what is seen of the table does."""
    example, examined = ExampleRow, ExaminedRow
    highest = select(func.max(example.id)).where(of_seen(example.document_id, sight))
    count = select(func.count()).select_from(examined).where(of_seen(examined.document_id, sight))
    return str(connection.scalar(highest)), str(connection.scalar(count))


def holding_words(connection: Connection, q: str, sight: Sight = None) -> set[int] | None:
    """The examples in which every word of `q` stands; None where nothing is looked for."""
    words = searchable(q).split()[:20]
    if not words:
        return None
    wanted = select(ExampleRow.id).where(of_seen(ExampleRow.document_id, sight))
    for word in words:
        wanted = wanted.where(ExampleRow.words.contains(word, autoescape=True))
    return set(connection.execute(wanted).scalars())


def list_examples(lights: Sequence[Light], wanted: Wanted, holding: Collection[int] | None) -> Listed:
    """A choice is counted as if its own facet had no limit: so a person sees what another choice would bring."""
    limits = [frozenset(getattr(wanted, facet)) for facet in FACETS]
    counts: list[Counter[str]] = [Counter() for _ in FACETS]
    ids: list[int] = []
    for light in lights:
        if holding is not None and light.id not in holding:
            continue
        failed = [at for at, limit in enumerate(limits) if limit and limit.isdisjoint(light.values[at])]
        if not failed:
            ids.append(light.id)
        for at in range(len(FACETS)) if not failed else failed if len(failed) == 1 else ():
            counts[at].update(light.values[at])
    return Listed(tuple(ids), {facet: dict(count) for facet, count in zip(FACETS, counts, strict=True)})
