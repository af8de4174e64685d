"""Who stands behind a request."""

from dataclasses import dataclass
from typing import Literal, get_args

from assistant.types import Sight
from ingest.store.people import NOBODY

Role = Literal["reader", "editor", "steward"]
ROLES: tuple[Role, ...] = get_args(Role)  # each may do what those before it may


@dataclass(frozen=True, slots=True)
class Person:
    """`id` owns what the person keeps; `collections` are those seen beside the open one, None sees all.

    `via` says how they came in: "local" where nobody is asked, "key" or "sign-in"; "nobody" is not in yet.
    """

    id: str
    name: str
    role: Role
    collections: Sight
    via: Literal["local", "key", "sign-in", "nobody"]

    def may(self, role: Role) -> bool:
        """Whether they have this role, or one that may do more."""
        return ROLES.index(self.role) >= ROLES.index(role)


LOCAL = Person(NOBODY, "This computer", "steward", None, "local")  # on loopback, without keys
