"""Parts of a document that are made from programme.toml, so that a fact stands once.

A source asks for one with a line of its own: `{{ glossary }}`.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from corpus.errors import SourceError

Programme = dict[str, Any]
INSERT = re.compile(r"^\{\{ *([a-z_]+) *\}\}$", re.MULTILINE)


def expand(markdown: str, programme: Programme) -> str:
    """`markdown` with every insert written out; raises SourceError for an unknown one."""

    def write(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in INSERTS:
            raise SourceError(f"{{{{ {name} }}}} is unknown: use one of {', '.join(INSERTS)}.")
        return INSERTS[name](programme)

    return INSERT.sub(write, markdown)


def _glossary(programme: Programme) -> str:
    terms = sorted(programme["glossary"], key=lambda entry: str(entry["term"]).lower())
    return "\n\n".join(f"**{entry['term']}**{_also(entry)}. {entry['definition']}" for entry in terms)


def _also(entry: dict[str, Any]) -> str:
    """Other names of a term, without those that the term or its definition shows already."""
    shown = (entry["term"].lower(), entry["definition"].lower())
    names = [alias for alias in entry["aliases"] if not any(text.startswith(alias.lower()) for text in shown)]
    return f" (also: {', '.join(names)})" if names else ""


def _adopters_table(programme: Programme) -> str:
    models = {model["id"]: model["name"] for model in programme["models"]}
    rows = [
        (adopter["council"], models[adopter["model"]], adopter["role"], ", ".join(adopter["local_names"]) or "–")
        for adopter in programme["adopters"]
    ]
    return _table(("Council", "Model", "Part in the evaluation", "Local name in the sources"), rows)


def _people(programme: Programme) -> str:
    people = sorted(programme["people"], key=lambda person: str(person["name"]).split()[-1])
    rows = [(person["name"], person["organisation"], person["role"], person["source"]) for person in people]
    return _table(("Name", "Organisation", "Role as stated", "Source"), rows)


def _reading_paths(programme: Programme) -> str:
    names = {document["file"]: document["short"] for document in programme["documents"]}
    parts: list[str] = []
    for path in programme["reading_paths"]:
        minutes = sum(step["minutes"] for step in path["steps"])
        parts.append(f"## {path['role']}: {path['title'][0].lower()}{path['title'][1:]}")
        parts.append(
            f"The reading path for a {path['role'].lower()} has {len(path['steps'])} steps, about {minutes} minutes."
        )
        rows = [
            (str(number), step["section"], names[step["document"]], step["why"], f"{step['minutes']} min")
            for number, step in enumerate(path["steps"], 1)
        ]
        parts.append(_table(("Step", "Section to read", "Document", "Why", "Time"), rows))
    return "\n\n".join(parts)


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


INSERTS: dict[str, Callable[[Programme], str]] = {
    "glossary": _glossary,
    "adopters_table": _adopters_table,
    "people": _people,
    "reading_paths": _reading_paths,
}
