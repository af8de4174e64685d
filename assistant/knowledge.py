"""What the assistant knows before it is asked: the programme's names, their synonyms, and the library's words."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.lexicon import Lexicon, stems_of
from ingest.programme import Programme

Alternatives = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`groups`: names and words that mean the same, as stems, with whether they are names; names come first."""

    programme: Programme
    lexicon: Lexicon
    groups: tuple[tuple[Alternatives, bool], ...]
    name_words: frozenset[str]
    acronyms: frozenset[str]


def build_knowledge(programme: Programme, lexicon: Lexicon) -> Knowledge:
    entities = programme.models + programme.councils
    partners = programme.partners
    named = [(_stems(e.names), True) for e in entities + partners]
    named += [(_stems((local,)), True) for e in programme.adopters for local in e.local_names]
    named += [(_stems(programme.names), True)]
    spoken = [(_stems(group), False) for group in programme.synonyms]
    groups = sorted(named + spoken, key=lambda group: (not group[1], -max(len(a) for a in group[0])))
    names = [name for e in entities for name in e.names + e.local_names]
    words = frozenset(word for name in names for word in name.lower().replace("&", " ").split())
    spellings = [*names, *programme.names, *(word for group in programme.synonyms for word in group)]
    acronyms = frozenset(s for s in spellings if s.isalpha() and s.isupper() and len(s) >= 3)
    return Knowledge(programme, lexicon, tuple(groups), words, acronyms)


def _stems(names: Iterable[str]) -> Alternatives:
    return tuple(dict.fromkeys(stems for name in names if (stems := stems_of(name))))
