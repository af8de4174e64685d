"""docs/settings.md, written from the settings' own code: `python -m api.settings_page docs/settings.md`."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from api.access.settings import AccessSettings
from api.settings import Settings
from api.telemetry.log_settings import LogSettings
from assistant.settings import AssistantSettings
from ingest.settings import IngestSettings

HEAD = """# Settings

Environment variables, or lines in a file `.env` in the folder where you start the program; the environment wins. What
cannot be used is refused at the start, with a sentence. This page is written from the code: `make settings`.
"""
GROUPS: dict[type[IngestSettings], str] = {
    IngestSettings: "The library, and how files are read",
    AssistantSettings: "A language model, where you have one",
    AccessSettings: "Who may come in, and what is kept of them",
    LogSettings: "The log",
    Settings: "The service",
}
BOUNDS = (("ge", "from"), ("gt", "over"), ("le", "up to"))
WORDS = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "`true` or `false`",
    Path: "path",
    SecretStr: "secret",
}


def settings_page() -> str:
    parts = [HEAD]
    seen: set[str] = set()
    for group, title in GROUPS.items():
        own = {name: info for name, info in group.model_fields.items() if name not in seen}
        seen |= own.keys()
        rows = [
            f"| `{variable(name)}` | {_type(info)} | {_default(info)} | {_line(info)} |" for name, info in own.items()
        ]
        parts.append(f"## {title}\n\n| setting | type | default | what it sets |\n| --- | --- | --- | --- |")
        parts[-1] += "\n" + "\n".join(rows) + "\n"
    return "\n".join(parts)


def variable(name: str) -> str:
    return f"{Settings.model_config['env_prefix']}{name.upper()}"


def default(info: FieldInfo) -> str:
    """As it would be written in `.env`; empty where there is none."""
    value = info.default
    if value is None or value in ((), {}):
        return ""
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _default(info: FieldInfo) -> str:
    return f"`{default(info)}`" if default(info) else "none"


def _line(info: FieldInfo) -> str:
    return (info.description or "").replace("|", "\\|")


def _type(info: FieldInfo) -> str:
    said = ", ".join(dict.fromkeys(_words(info.annotation)))
    bounds = [f"{word} {getattr(one, kind)}" for one in info.metadata for kind, word in BOUNDS if hasattr(one, kind)]
    return f"{said} ({', '.join(bounds)})" if bounds else said


def _words(kind: Any) -> Iterator[str]:
    if get_origin(kind) is Literal:
        yield from (f"`{one}`" for one in get_args(kind))
    elif get_origin(kind) in (dict, Mapping):
        yield "pairs, with commas"
    elif get_origin(kind) in (tuple, frozenset, list):
        yield "list, with commas"
    elif get_args(kind):
        for one in get_args(kind):
            yield from _words(one)
    elif kind is not type(None):
        yield WORDS.get(kind, getattr(kind, "__name__", str(kind)))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(settings_page(), "utf-8")
