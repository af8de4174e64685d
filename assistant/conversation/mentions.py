"""What a question names: councils, their services and projects, models, people, issues, dates, other names."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.editions import MONTHS
from assistant.lexicon import words_of
from assistant.wordlists import STOP
from ingest.names import pattern_of
from ingest.programme import Entity, Programme


class Kind(StrEnum):
    COUNCIL = "council"
    SERVICE = "service"  # what a council calls its version of a model
    PROJECT = "project"
    MODEL = "model"
    PERSON = "person"
    PARTNER = "partner"
    PROGRAMME = "programme"
    ISSUE = "issue"
    DATE = "date"
    NAME = "name"  # anything else in capitals


@dataclass(frozen=True, slots=True)
class Mention:
    """`text` is as the programme spells it, else as typed; `id` is the council's for a service or a project."""

    kind: Kind
    id: str
    text: str
    start: int
    end: int


_MONTH = "|".join(MONTHS)
_DATE = re.compile(rf"\b(?:(?:\d{{1,2}}\s+)?(?:{_MONTH})(?:\s+(?:19|20)\d\d)?|(?:19|20)\d\d)\b")
_ISSUE = re.compile(r"\bissues?\s+\d+\b", re.I)
_CAPITALS = re.compile(r"\b[A-Z][\w’']*(?:\s+(?:(?:of|in|for|the)\s+)?[A-Z][\w’']*)*")
_OPENING = re.compile(r"[.?!:]\s*$|^\W*$")
PLACES = (Kind.COUNCIL, Kind.SERVICE, Kind.PROJECT)


def mentions_of(text: str, programme: Programme) -> tuple[Mention, ...]:
    """In the order of the text; of two that overlap the longer one counts."""
    found = [m for kind, id_, name, names in _known(programme) for m in _places(text, kind, id_, name, names)]
    found += [Mention(Kind.DATE, m.group().lower(), m.group(), m.start(), m.end()) for m in _DATE.finditer(text)]
    found += [Mention(Kind.ISSUE, m.group().lower(), m.group(), m.start(), m.end()) for m in _ISSUE.finditer(text)]
    found += _other_names(text)
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.kind is Kind.NAME, m.start - m.end)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.start))


def of_kinds(mentions: tuple[Mention, ...], *kinds: Kind) -> tuple[Mention, ...]:
    return tuple(mention for mention in mentions if mention.kind in kinds)


def council_of(mention: Mention, programme: Programme) -> Entity | None:
    """The council a place belongs to; None for what is no place."""
    if mention.kind not in PLACES:
        return None
    return next((entity for entity in programme.councils if entity.id == mention.id), None)


def says_more(text: str, mentions: tuple[Mention, ...]) -> bool:
    """Whether anything telling is left of the text beside its mentions."""
    left = text
    for mention in reversed(mentions):
        left = f"{left[: mention.start]} {left[mention.end :]}"
    return any(word not in STOP and word != "s" for word in words_of(left))


def _places(text: str, kind: Kind, id_: str, name: str | None, names: tuple[str, ...]) -> list[Mention]:
    spelt = {other.lower(): other for other in names}
    return [
        Mention(kind, id_, name or spelt.get(m.group().lower(), m.group()), m.start(), m.end())
        for m in pattern_of(names).finditer(text)
    ]


def _other_names(text: str) -> list[Mention]:
    """Names in capitals; the word that opens a sentence is none."""
    found = []
    for match in _CAPITALS.finditer(text):
        start, name = match.start(), match.group()
        if _OPENING.search(text[:start]):
            first, _, rest = name.partition(" ")
            if words_of(first) and words_of(first)[0] not in STOP:
                continue
            start, name = start + len(first) + 1, rest
        name = re.sub(r"[’']s?$", "", name.strip())
        if name and name != "I" and any(word not in STOP for word in words_of(name)):
            found.append(Mention(Kind.NAME, name.lower(), name, start, start + len(name)))
    return found


_Known = tuple[tuple[Kind, str, str | None, tuple[str, ...]], ...]
_cache: dict[int, tuple[Programme, _Known]] = {}


def _known(programme: Programme) -> _Known:
    """Every name that the programme lists: its kind, id, the name to show (None: as spelt there), its spellings."""
    held = _cache.get(id(programme))
    if held is None or held[0] is not programme:
        _cache[id(programme)] = held = (programme, _listed(programme))
    return held[1]


def _listed(programme: Programme) -> _Known:
    rows: list[tuple[Kind, str, str | None, tuple[str, ...]]] = []
    rows += [(Kind.COUNCIL, e.id, e.name, e.names) for e in programme.councils]
    rows += [(Kind.SERVICE, e.id, None, e.local_names) for e in programme.councils if e.local_names]
    rows += [(Kind.MODEL, e.id, e.name, e.names) for e in programme.models]
    projects = {row["id"]: tuple(row.get("projects", ())) for row in programme.raw.get("adopters", [])}
    rows += [(Kind.PROJECT, id_, None, names) for id_, names in projects.items() if names]
    rows += [(Kind.PERSON, person, person, (person,)) for person in programme.people]
    councils = {name for e in programme.councils for name in e.names}
    rows += [(Kind.PARTNER, e.id, None, names) for e in programme.partners if (names := _but(e.names, councils))]
    rows += [(Kind.PROGRAMME, programme.name, None, programme.names)]
    return tuple(rows)


def _but(names: tuple[str, ...], taken: set[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in taken)
