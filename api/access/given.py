"""The keys of the environment: `KEY`, or `name:role:KEY`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from api.access.person import ROLES, Person
from api.access.secrets import same, sealed
from ingest.store.people import NOBODY

_NAMED = re.compile(rf"([\w.@-]{{1,80}}):({'|'.join(ROLES)}):(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Given:
    """A key and whose it is. Keys without a name are one person's, who also has what was kept before keys were set."""

    key: str
    person: Person

    @classmethod
    def of(cls, written: str) -> "Given":
        if match := _NAMED.fullmatch(written):
            name, role, key = match.groups()
            return cls(key, Person(f"key:env-{name}", name, role, None, "key"))  # type: ignore[arg-type]
        return cls(written, Person(NOBODY, "Access key", "steward", None, "key"))


class GivenKeys:
    def __init__(self, written: Iterable[str]) -> None:
        self._keys = tuple(Given.of(one) for one in written)

    def __bool__(self) -> bool:
        return bool(self._keys)

    def find(self, secret: str) -> Given | None:
        """All of them are compared, whichever it is."""
        found = [given for given in self._keys if same(secret, given.key)]
        return found[0] if found else None

    def behind(self, seal: str, token: str) -> Given | None:
        """The key that this session was opened with, as long as the environment still has it."""
        found = [given for given in self._keys if same(seal, sealed(given.key, token))]
        return found[0] if found else None
