"""Programme knowledge, read from `programme.toml`: data here, never code."""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


@dataclass(frozen=True, slots=True)
class Entity:
    """A model, innovator, adopter or partner, and every name it goes by.

    `model` is the id of the model an innovator or adopter belongs to.
    """

    id: str
    name: str
    names: tuple[str, ...]
    model: str | None = None
    local_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """Which document a starter document is the digest of."""

    file: str
    original_file: str
    original_title: str
    original_sha256: str


@dataclass(frozen=True, slots=True)
class Programme:
    name: str
    names: tuple[str, ...]
    models: tuple[Entity, ...]
    innovators: tuple[Entity, ...]
    adopters: tuple[Entity, ...]
    partners: tuple[Entity, ...]
    people: tuple[str, ...]
    synonyms: tuple[tuple[str, ...], ...]
    glossary: Mapping[str, tuple[str, ...]]
    digests: tuple[Digest, ...]
    raw: Mapping[str, Any]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that is known, as hexadecimal digits: what is derived from it is made anew when it changes."""
        known = json.dumps(self.raw, sort_keys=True, default=str)
        return hashlib.sha256(known.encode()).hexdigest()

    @property
    def councils(self) -> tuple[Entity, ...]:
        return self.innovators + self.adopters


def load_programme(folder: Path = CORPUS) -> Programme:
    """The programme in `folder`; raises OSError or tomllib.TOMLDecodeError when the file is not to be read."""
    raw = tomllib.loads((folder / "programme.toml").read_text("utf-8"))
    head = raw["programme"]
    return Programme(
        name=head["name"],
        names=_unique([head["name"], head["short"], *head.get("aliases", [])]),
        models=_entities(raw.get("models", [])),
        innovators=_entities(raw.get("innovators", [])),
        adopters=_entities(raw.get("adopters", [])),
        partners=_entities(raw.get("partners", [])),
        people=tuple(person["name"] for person in raw.get("people", [])),
        synonyms=tuple(tuple(group["words"]) for group in raw.get("synonyms", [])),
        glossary={entry["term"]: tuple(entry.get("aliases", [])) for entry in raw.get("glossary", [])},
        digests=tuple(_digest(row) for row in raw.get("documents", []) if "digest_of" in row),
        raw=raw,
    )


def _entities(rows: Iterable[Mapping[str, Any]]) -> tuple[Entity, ...]:
    return tuple(
        Entity(
            id=row["id"],
            name=row["name"],
            names=_unique([row["name"], row.get("council", row["name"]), *row.get("aliases", [])]),
            model=row.get("model"),
            local_names=tuple(row.get("local_names", [])),
        )
        for row in rows
    )


def _digest(row: Mapping[str, Any]) -> Digest:
    original = row["digest_of"]
    return Digest(row["file"], original["file_name"], original["title"], original["sha256"])


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
