"""Finding the programme's models and councils by any of their names, in a passage or in a question."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ingest.programme import Entity, Programme


@dataclass(frozen=True, slots=True)
class Named:
    """Ids of the models and of the councils (adopters and innovators) that a text names."""

    models: tuple[str, ...] = ()
    councils: tuple[str, ...] = ()


def find_names(text: str, programme: Programme) -> Named:
    """A service's local name counts for its council and for the model it carries out."""
    models = [e.id for e in programme.models if _mentions(text, e.names)]
    councils = [e.id for e in programme.councils if _mentions(text, e.names + e.local_names)]
    models += [e.model for e in programme.adopters if e.model and e.local_names and _mentions(text, e.local_names)]
    return Named(tuple(dict.fromkeys(models)), tuple(dict.fromkeys(councils)))


class CouncilFinder:
    """The councils that texts name, as `find_names` finds them, for many texts: one look at each."""

    def __init__(self, programme: Programme) -> None:
        names = (name for council in programme.councils for name in council.names + council.local_names)
        self._any = pattern_of(tuple(names))
        self._programme = programme
        self._order = {council.id: place for place, council in enumerate(programme.councils)}
        self._said: dict[str, tuple[str, ...]] = {}

    def find(self, text: str) -> tuple[str, ...]:
        """Their ids, in the programme's order."""
        found = {council for match in self._any.finditer(text) for council in self._of(match.group())}
        return tuple(sorted(found, key=self._order.__getitem__))

    def _of(self, said: str) -> tuple[str, ...]:
        if said not in self._said:
            self._said[said] = find_names(said, self._programme).councils
        return self._said[said]


def entity_of(programme: Programme, council: str) -> Entity:
    """The council of this id; raises KeyError when the programme has none."""
    return {entity.id: entity for entity in programme.councils}[council]


def _mentions(text: str, names: Iterable[str]) -> bool:
    return pattern_of(tuple(names)).search(text) is not None


@lru_cache(maxsize=1024)
def pattern_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names as whole words; short all-capital ones («FS», «MI») only in capitals."""
    parts = [f"(?-i:{_loose(name)})" if name.isupper() and len(name) <= 4 else _loose(name) for name in names]
    return re.compile(r"(?<![\w])(?:" + "|".join(sorted(parts, key=len, reverse=True)) + r")(?![\w])", re.I)


def _loose(name: str) -> str:
    """«Redcar & Cleveland» is also «Redcar and Cleveland»; white space and apostrophes vary."""
    escaped = re.sub("['’]", "['’]", re.escape(name).replace(r"\ ", r"\s+"))
    return escaped.replace(r"\&", "(?:&|and)").replace(r"\s+and\s+", r"\s+(?:&|and)\s+")
