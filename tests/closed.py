"""Two libraries that differ in closed documents alone, and the application as people who see more or less of them."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.datastructures import Headers
from fastapi.middleware import Middleware

from api.access.person import Person
from ingest.library import Library
from ingest.programme import Programme
from ingest.settings import IngestSettings

CLOSED = "kinship-team"
# Words that stand in closed documents alone
CANARIES = (
    "Zzyzx",
    "zzyzx",
    "Vauxhall-Trent",
    "7,391",
    "flibbertigibbet",
    "Kinship papers",
    "minutes-of-march",
    "KLTP",
)

WELCOME = """Welcome to the programme

No Wrong Door is a model that supports young people who are on the edge of care. In Norfolk the service is called New
Roads and works with adolescents. Norfolk began in April 2020. The hub brought 32 children home in its first year.

Leeds leads on Family Valued. Family Valued is a model that trains the whole workforce in restorative practice. Leeds
held 812 family group conferences in two years. “We sat down with the family and they made the plan,” said a social
worker in Leeds.
"""
REPORT = """Report on Hertfordshire

Family Safeguarding is a model in which adult specialists work in the same team as social workers. Hertfordshire began
in 2015. A family group conference (FGC) was held within ten working days. Walsall took on Family Safeguarding in May
2021, and 14 teams had been trained by the end of that year.
"""
DIGEST = """Digest of the second issue

The journal tells that Rochdale trained 90 members of staff. Rochdale began in September 2021 with a team of four.
"""
SECRET = """Kinship papers of the Zzyzx council

No Wrong Door is a secret model of the Zzyzx council, led by Quentin Vauxhall-Trent. Norfolk began in June 2018 with
7,391 kinship placements. The Kinship Leadership Training Panel (KLTP) met in Norfolk. “A flibbertigibbet told us so,”
said a social worker in Leeds. Norfolk brought 7,391 children home in its first year.
"""
MINUTES = """minutes-of-march

Leeds held 7,391 family group conferences in two years. Family Valued was ended in Leeds by Quentin Vauxhall-Trent. In
Walsall a flibbertigibbet was trained in May 2021 and kept the Zzyzx register.
"""
ORIGINAL = """The second issue itself

Rochdale began in June 2018 with 7,391 placements, and the Zzyzx council followed.
"""
FILES: Mapping[str, str] = {"welcome.txt": WELCOME, "report.txt": REPORT, "digest-issue-2.pdf": DIGEST}
CLOSED_FILES = (
    ("kinship-papers.txt", SECRET),
    ("report.txt", MINUTES),  # an open one bears this name
    ("strengthening-families-learning-journal-issue-2.pdf", ORIGINAL),  # an open digest steps aside for it
    ("welcome-too.txt", WELCOME),  # the same bytes are open
)

_PERSON = {"role": "steward", "via": "key"}
# All of one id: whose a conversation is, is another matter than what may be seen in it
PEOPLE = {
    "reader": Person("r", "A reader", "reader", frozenset(), "key"),
    "editor": Person("r", "An editor", "editor", frozenset(), "key"),
    "kin": Person("r", "One of the team", "editor", frozenset({CLOSED}), "key"),
    "steward": Person("r", "A steward", "steward", None, "key"),
}


@contextmanager
def with_and_without(folder: Path, programme: Programme) -> Iterator[tuple[Library, Library]]:
    """A library that never had a closed document, and one that has."""
    with (
        Library.open(IngestSettings(data_dir=folder / "without"), programme) as without,
        Library.open(IngestSettings(data_dir=folder / "with"), programme) as having,
    ):
        fill(without, closed=False)
        fill(having, closed=True)
        yield without, having


def fill(library: Library, *, closed: bool) -> list[str]:
    """The open documents, and among them the closed ones; the ids of these."""
    ids: list[str] = []
    if closed:
        made = library.collections.make("Kinship team")
        assert made.name == CLOSED
        ids += [add(library, name, text, CLOSED) for name, text in CLOSED_FILES[:2]]
    for name, text in FILES.items():
        add(library, name, text)
    if closed:
        ids += [add(library, name, text, CLOSED) for name, text in CLOSED_FILES[2:]]
    return ids


def add(library: Library, name: str, text: str, collection: str = "") -> str:
    from tests.ingest.pdfs import make_pdf

    data = text.encode()
    if name.endswith(".pdf"):
        data = make_pdf([text.replace("“", '"').replace("”", '"').splitlines()], text.splitlines()[0])
    report = library.add_bytes(name, data, collection=collection)
    assert report.status == "added", report
    assert report.document_id is not None
    return report.document_id


def with_people(app: FastAPI) -> FastAPI:
    """Who asks is said by a header; a reader who sees nothing closed unless it is."""
    app.user_middleware.append(Middleware(_AsPerson))  # the innermost, so that nobody is asked before
    return app


class _AsPerson:
    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            name = Headers(scope=scope).get("x-person", "reader")
            scope.setdefault("state", {})["person"] = PEOPLE[name]
        await self._app(scope, receive, send)


_VOLATILE = (
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:\+00:00|Z)?(?:~[0-9a-f]{32})?"), "<moment>"),
    (re.compile(r"\b[0-9a-f]{32}\b"), "<id>"),
    (re.compile(r'"(question|retrieve|answer|total)": ?\d+(?:\.\d+)?'), r'"\1":0'),
)


def steady(body: str) -> str:
    """Without moments, timings and ids that are drawn by lot."""
    for pattern, stands in _VOLATILE:
        body = pattern.sub(stands, body)
    return body


def leaks(body: bytes) -> list[str]:
    text = body.decode("utf-8", "replace")
    unescaped = json.dumps(text, ensure_ascii=False) if text.startswith("{") else text
    return [canary for canary in CANARIES if canary in unescaped]
