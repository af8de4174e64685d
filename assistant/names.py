"""Authors as references name them: «Surname, A.» for people, organisations as they are written."""

import re
from collections.abc import Collection
from dataclasses import dataclass

_SMALL = "de del der den di du la le van von bin ibn al el ter ten da dos"
_PARTICLES = frozenset(_SMALL.split())
_ORGANISED = frozenset(
    word
    for line in (
        "the of for and & a department council unit ventures centre center service services university institute",
        "team partnership trust foundation foundations office agency group association committee ministry authority",
        "programme commission ltd limited society network editors school college hospital board union press",
        "consulting consultancy works research government nhs national county borough city",
    )
    for word in line.split()
)


@dataclass(frozen=True, slots=True)
class Author:
    """`given` is empty for an organisation, or for somebody of whom one name is known."""

    surname: str
    given: str = ""

    @property
    def short(self) -> str:
        """«Bedford, H.»; initials keep their hyphen: «Martin, J.-P.»."""
        words = [_initial(word) for word in self.given.split()]
        return f"{self.surname}, {' '.join(words)}" if words else self.surname

    @property
    def whole(self) -> str:
        return f"{self.surname}, {self.given}" if self.given else self.surname


def read_author(name: str, organisations: Collection[str] = ()) -> Author:
    """`organisations` are names that are known to be no person's."""
    name = " ".join(name.split())
    if name in organisations:
        return Author(name)
    surname, comma, given = name.partition(",")
    if comma and given.strip() and not _is_organised(name):
        return Author(surname.strip(), given.strip())
    words = name.split()
    if not 2 <= len(words) <= 5 or _is_organised(name):
        return Author(name)
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    return Author(" ".join(words[at:]), " ".join(words[:at]))


def join_names(names: list[str]) -> str:
    """«A», «A and B», «A, B and C»."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _is_organised(name: str) -> bool:
    words = [word.strip(".,()").lower() for word in name.split()]
    plain = re.sub(r"[^\w\s]", "", name)
    shouted = any(len(word) > 2 and word.isupper() for word in plain.split()) and not plain.isupper()
    return any(word in _ORGANISED for word in words) or any(c.isdigit() for c in name) or shouted


def _initial(word: str) -> str:
    return "-".join(f"{part[0].upper()}." for part in word.split("-") if part[:1].isalpha())
