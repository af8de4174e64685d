"""Requests and responses about who may come in: keys, people, the audit trail, oneself."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from api.access.person import Role

Collections = Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=500)]


class KeyIn(BaseModel):
    """`collections` beside the open documents; with `sees_all` every one. Without `days` it does not expire."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    role: Role = "reader"
    collections: Collections = []
    sees_all: bool | None = None
    days: Annotated[float | None, Field(gt=0, le=3650)] = None


class KeyOut(BaseModel):
    """`collections` null: it sees all."""

    id: str
    name: str
    role: Role
    collections: list[str] | None
    state: Literal["valid", "expired", "revoked"]
    created_at: str
    created_by: str
    used_at: str | None
    expires_at: str | None
    revoked_at: str | None


class MadeKeyOut(KeyOut):
    """`key` is shown this once, and never again."""

    key: str


class KeysOut(BaseModel):
    keys: list[KeyOut]


class PersonOut(BaseModel):
    """`collections` null: they see all."""

    id: str
    name: str
    email: str | None
    role: Role
    collections: list[str] | None
    created_at: str
    seen_at: str | None
    disabled_at: str | None


class PeopleOut(BaseModel):
    people: list[PersonOut]


class PersonChange(BaseModel):
    """What is left out stays as it is."""

    role: Role | None = None
    collections: Collections | None = None
    sees_all: bool | None = None
    disabled: bool | None = None


class EntryOut(BaseModel):
    number: int
    at: str
    person_id: str
    person_name: str
    action: str
    target: str | None
    outcome: str
    detail: dict[str, Any] | None


class EntriesOut(BaseModel):
    entries: list[EntryOut]
    next: int | None


class MeOut(BaseModel):
    """`via` says how they came in; `kept` counts what the library keeps of them."""

    id: str
    name: str
    role: Role
    collections: list[str] | None
    via: Literal["local", "key", "sign-in", "nobody"]
    kept: dict[str, int]


class GoneOut(BaseModel):
    """How much of each kind was deleted, or how many sessions were closed."""

    gone: dict[str, int]
