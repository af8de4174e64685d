"""What answers can be limited to: the models, councils, documents and years that the library really has."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.types import Filters
from ingest.programme import Programme
from ingest.records import OPEN_NAME
from ingest.view import LibraryView

DIMENSIONS = ("models", "adopters", "documents", "years", "collections")


@dataclass(frozen=True, slots=True)
class Option:
    """`passages` is how many there would be with this one and what is chosen in the other dimensions."""

    id: str
    name: str
    passages: int


@dataclass(frozen=True, slots=True)
class Facets:
    models: tuple[Option, ...]
    adopters: tuple[Option, ...]
    documents: tuple[Option, ...]
    years: tuple[Option, ...]
    collections: tuple[Option, ...]  # none where all that is seen stands in one


@dataclass(frozen=True, slots=True)
class _Row:
    """So many passages that have the same values, by dimension."""

    values: tuple[tuple[str, ...], ...]
    passages: int


class FacetCounter:
    """Counts of one generation of the library."""

    def __init__(self, library: LibraryView, programme: Programme, titles: Mapping[str, str]) -> None:
        """`titles` of the collections that may be seen, by name."""
        records = {record.id: record for record in library.documents() if not record.stands_aside}
        years = {i: (record.published or "")[:4] for i, record in records.items()}
        self._rows = tuple(
            _Row(
                (
                    tuple(models),
                    tuple(adopters),
                    (document,),
                    (years[document],) if years[document] else (),
                    (records[document].collection or OPEN_NAME,),
                ),
                count,
            )
            for document, models, adopters, count in library.chunk_names()
            if document in records
        )
        self._names = (
            {model.id: model.name for model in programme.models},
            dict(sorted(((c.id, c.name) for c in programme.councils), key=lambda pair: pair[1])),
            {i: record.title for i, record in records.items()},
            {year: year for year in sorted(set(years.values()), reverse=True) if year},
            titles if len({record.collection for record in records.values()}) > 1 else {},
        )

    def count(self, filters: Filters) -> Facets:
        chosen = tuple(frozenset(getattr(filters, name)) for name in DIMENSIONS)
        return Facets(*(self._options(at, chosen) for at in range(len(DIMENSIONS))))

    def _options(self, at: int, chosen: tuple[frozenset[str], ...]) -> tuple[Option, ...]:
        """Every value of a dimension that any passage has, also where what is chosen leaves none."""
        fitting = _counted((row for row in self._rows if _fits(row, chosen, at)), at)
        held = _counted(self._rows, at)
        return tuple(Option(i, name, fitting[i]) for i, name in self._names[at].items() if held[i])


def _counted(rows: Iterable[_Row], at: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in rows:
        for value in row.values[at]:
            counts[value] += row.passages
    return counts


def _fits(row: _Row, chosen: tuple[frozenset[str], ...], but: int) -> bool:
    """Whether a row has what is chosen in every dimension but this one."""
    return all(
        at == but or not wanted or wanted & set(values)
        for at, (wanted, values) in enumerate(zip(chosen, row.values, strict=True))
    )
